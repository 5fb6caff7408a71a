"""Whether somebody who answers us wants no more, in French or English, and by which ways; in doubt a person reads it.

Her own words are looked at sentence by sentence. What is no message of ours (“no more salmon”, “stop by the shop”) is no way out, and a stop with
an end or an exception (“not this week”, “except recipes”) is for a person.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from itertools import pairwise

from habitue.words.vocabulary import Channel

LONGEST = 4_000
"""Letters of a sentence that are read at once."""
MOST_READ = 40_000
"""Letters of a mail that are read, half from its beginning and half from its end."""
FEW_WORDS = 4
"""A line of no more words that begins as an exception is one: “Sauf les recettes”, and not “Sauf erreur de ma part, …”."""
SIGNATURE_WORDS = 3
"""What has no more words, numbers apart, greets, or is a name or an address below."""
ENDS, LINE = ".!?;:…", "\n"
"""Signs behind which a line is no broken sentence, and what stands between two lines."""
LOOKED_BACK = 80
"""Letters before a line's end that tell whether a sentence goes on."""


class Verdict(Enum):
    """What she wants, as far as words tell it."""

    STOP = "stop"
    ASK = "ask"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Stop:
    """`channels` are those that she named; `is_everything` where she wants to hear from us by none.

    `is_doubtful` where, beside a stop, she says something that may be one: it counts, and a person reads the rest.
    """

    verdict: Verdict
    channels: tuple[Channel, ...] = ()
    is_everything: bool = False
    is_doubtful: bool = False


_TOLD = tomllib.loads((files("habitue.consent") / "stop_words.toml").read_text(encoding="utf-8"))
_NAMED = {"{mail}": _TOLD["mail"], "{any}": _TOLD["any"], "{write}": _TOLD["write"], "{done}": _TOLD["done"], "{excepts}": _TOLD["excepts"]}


def _compiled(text: str) -> re.Pattern[str]:
    for name, meaning in {"{ours}": _TOLD["ours"], **_NAMED}.items():
        text = text.replace(name, meaning)
    return re.compile(text, re.ASCII)


BARE, GREETINGS, BUT, EVERYTHING, AFTER = (_compiled(_TOLD[name]) for name in ("bare", "greetings", "but", "everything", "after"))
OPEN, GOES_ON, EXCEPTS, NAMES, POLITE = (_compiled(_TOLD[name]) for name in ("open", "goes_on", "excepts", "names", "polite"))
STOPS, NOT_MEANT, DOUBTS = (tuple(map(_compiled, _TOLD[name])) for name in ("stops", "not_meant", "doubts"))
WELCOME, WRITTEN, VERBS, EXPLAINS, ASKS_MORE, AGAIN = (_compiled(_TOLD[name]) for name in ("welcome", "written", "verbs", "explains", "asks_more", "again"))
THANKS = re.compile(r"\b(?:remerci\w+|thank(?:s|ing)?|grateful|comprehension|understanding|salutations|sentiments)\b")
"""What else ends a letter politely."""
REASON = re.compile(r", (?:je|j'|i|i'm|i've|we|on)\b")
"""How a clause begins that says why."""
JOINS, LISTED = frozenset(_TOLD["joins"].split()), frozenset(_TOLD["listed"].split())
WAYS = tuple((Channel[name.upper()], _compiled(text)) for name, text in _TOLD["ways"].items())


def stop_said(words: str) -> Stop:
    """What her own words say, without what she quoted.

    Source: Regulation (EU) 2016/679, article 7(3): to withdraw is as easy as to give; CPCE, article L.34-5.
    """
    joined, by_line = (_stop_in(_sentences(_without_addresses(words), is_by_line)) for is_by_line in (False, True))
    if by_line.verdict == joined.verdict == Verdict.STOP:
        return Stop(Verdict.STOP, _all_of(joined, by_line), joined.is_everything or by_line.is_everything, joined.is_doubtful or by_line.is_doubtful)
    return by_line if joined.verdict == Verdict.NOTHING else joined


def says_more(words: str) -> bool:
    """Whether something is said beside a stop that is more than a greeting, thanks or a signature: a matter of hers, or why she goes."""
    told = [each for each in said_in(words) if len(re.sub(r"\d+|'", " ", GREETINGS.sub("", folded(each))).split()) > SIGNATURE_WORDS]
    return any(stop_said(each).verdict == Verdict.NOTHING and not THANKS.search(folded(each)) for each in told)


def _all_of(*stops: Stop) -> tuple[Channel, ...]:
    """The ways that these name together; one that names none means the way by which she wrote."""
    if not any(stop.channels for stop in stops):
        return ()
    named = {way for stop in stops for way in stop.channels or (Channel.EMAIL,)}
    return tuple(way for way, _ in WAYS if way in named)


def _without_addresses(words: str) -> str:
    """“Unsubscribe zoe@example.org” says unsubscribe."""
    return re.sub(r"\S+", lambda word: "" if "@" in word[0] else word[0], words)


def _stop_in(sentences: list[str]) -> Stop:
    """What one reading says: with lines joined that carry a sentence on, or, as a telephone writes, each line for itself."""
    said = [each for each in sentences if _says(folded(each))]
    told = sum(len(re.sub(r"\d+", "", folded(each)).split()) > SIGNATURE_WORDS for each in said if not _is_bare(each))
    parts = [Stop(Verdict.ASK) if _is_bare(each) and _names(after) else _of(each, told) for each, after in pairwise([*said, ""])]
    is_asked = any(part.verdict == Verdict.ASK or part.is_doubtful for part in parts)
    if stops := [part for part in parts if part.verdict == Verdict.STOP]:
        return Stop(Verdict.STOP, _all_of(*stops), any(part.is_everything for part in stops), is_asked)
    return Stop(Verdict.ASK if is_asked else Verdict.NOTHING)


def _names(line: str) -> bool:
    """Whether a line says what a lone “stop” before it is about, “stop / the delivery”, or what not: “STOP / SAUF LES RECETTES”."""
    start = folded(line)
    is_exception = bool(EXCEPTS.match(start)) and (line.isupper() or len(start.split()) <= FEW_WORDS)
    return is_exception or (line[:1].islower() and bool(NAMES.match(start) or GOES_ON.match(start)))


def _of(said: str, told: int) -> Stop:
    """What one sentence says; a lone word counts as a stop where little else is `told` with it."""
    sentence = folded(said)
    meant = without(sentence, NOT_MEANT)
    is_asked = said.endswith("?") and not POLITE.search(sentence)
    stops = [found for each in STOPS for found in each.finditer(meant)]
    ends = [found.end() for found in stops]
    if _is_bare(said) and (told <= 1 or not ends):
        return _stop_by(sentence, 0) if told <= 1 and not is_asked else Stop(Verdict.ASK)
    if meant != sentence:
        return Stop(Verdict.ASK if ends else Verdict.NOTHING)
    if ends:
        is_plain = not BUT.search(sentence) and any(AFTER.match(sentence, end) for end in ends) and not is_asked
        return _stop_by(sentence, min(found.start() for found in stops)) if is_plain else Stop(Verdict.ASK)
    return Stop(Verdict.ASK if any(each.search(sentence) for each in DOUBTS) else Verdict.NOTHING)


def _stop_by(sentence: str, start: int) -> Stop:
    """By which ways a sentence says stop that does so from `start` on; in doubt where it also names a way that may not be meant.

    “No calls nor mails” is both, “no mails, I told you on the phone” mails, “no calls, mails are welcome” for a person. A word for whatever is written
    (“messages”) that is listed with a way is a way, too: the one by which she wrote.
    """
    every = sorted((found.start(), found.end(), way) for way, name in WAYS for found in name.finditer(sentence))
    meant = [each for each in every if each[0] >= start] or every
    words = [(found.start(), found.end(), Channel.EMAIL) for found in WRITTEN.finditer(sentence, start)]
    named = sorted([*meant, *(word for word in words if meant and not any(begin < word[1] and word[0] < end for begin, end, _ in meant))])
    taken, is_joined = named[:1], False
    for at, end, way in named[1:]:
        gap = re.findall(r"[a-z0-9]+(?:'t\b|')?|,", AGAIN.sub(" plus ", sentence[taken[-1][1] : at]))
        if way != taken[-1][2] and not LISTED.issuperset(gap):
            if EXPLAINS.match(sentence, taken[-1][1]) and not ASKS_MORE.search(sentence, taken[-1][1]):
                break  # what follows says why, and names a way in passing
            return Stop(Verdict.ASK)
        is_a_list = not JOINS.isdisjoint(gap) or "," in gap
        if (at, end, way) in words and not is_a_list:
            continue  # “SMS offers” are text messages
        if taken[-1] in words and not is_a_list:
            taken.pop()  # “write by SMS”
        is_joined = is_joined or not gap or not JOINS.isdisjoint(gap) or len(taken) > 1
        taken.append((at, end, way))
    ways = {way for *_, way in taken}
    last = taken[-1] if taken else (0, 0, None)
    if len(ways) > 1 and (
        (not is_joined and VERBS.fullmatch(sentence[last[0] : last[1]])) or not AFTER.match(sentence, last[1]) or WELCOME.match(sentence, last[1])
    ):
        return Stop(Verdict.ASK)
    before = {way for begin, _, way in every if begin < start} | {Channel.EMAIL for _ in WRITTEN.finditer(sentence, 0, start) if ways}
    why = REASON.search(sentence, start)
    is_everything = bool(EVERYTHING.search(sentence, 0, why.start() if why else len(sentence)))
    return Stop(Verdict.STOP, tuple(way for way, _ in WAYS if way in ways), is_everything, is_doubtful=bool(before - ways))


def without(sentence: str, others: tuple[re.Pattern[str], ...]) -> str:
    """A sentence with a stroke in the place of what is plainly not meant in it."""
    for other in others:
        sentence = other.sub(" | ", sentence)
    return sentence


def said_in(words: str, is_by_line: bool = False) -> list[str]:
    """Her words sentence by sentence, as she wrote them; a line that a mail program broke is one with the next.

    `is_by_line` takes each line for a sentence, as telephones write, but where it cannot end, or the next begin, one.
    """
    return [each.rstrip(" ?") for each in _sentences(words, is_by_line)]


def _sentences(words: str, is_by_line: bool) -> list[str]:
    """The same; a question keeps its mark."""
    read = words if len(words) <= MOST_READ else f"{words[: MOST_READ // 2]}\n{words[-MOST_READ // 2 :]}"
    split = re.split(r"[.!;:\n…]+|(?<=\?)|\s[-–—]\s", unwrapped(read, is_by_line))
    return [" ".join(each[at : at + LONGEST].split()) for each in split for at in range(0, len(each), LONGEST)]


def unwrapped(words: str, is_by_line: bool) -> str:
    """Lines that carry a sentence on are joined: the next begins small, and neither is a lone stop or a greeting, or one of them is half a sentence."""
    lines = [line.strip() for line in words.split("\n")]
    joined, so_far = lines[:1], lines[0]
    for line in lines[1:]:
        is_one = bool(so_far and line) and so_far[-1] not in ENDS and _is_carried_on(so_far, line, is_by_line)
        joined.append(f"{' ' if is_one else LINE}{line}")
        so_far = f"{so_far} {line}"[-LOOKED_BACK:] if is_one else line
    return "".join(joined)


def _is_carried_on(before: str, line: str, is_by_line: bool) -> bool:
    before = re.split(f"[{ENDS}]", before)[-1]
    start, end, is_small = folded(line), folded(before), line[:1].islower() or line[:2].isupper()
    goes_on, is_open = is_small and bool(GOES_ON.match(start)) and not _is_bare(before), bool(OPEN.search(end)) and (is_small or not _is_bare(line))
    if goes_on or (is_open and _says(start)):
        return True
    if not is_small or is_by_line or not _says(start) or not _says(end):
        return False
    return _names(line) if _is_bare(before) else not _is_bare(line)


def _says(sentence: str) -> bool:
    """Whether more is said than a greeting or thanks."""
    return bool(GREETINGS.sub("", sentence).strip(" ,'"))


def _is_bare(sentence: str) -> bool:
    """Whether it is a lone word that says stop, greetings apart."""
    return bool(BARE.fullmatch(" ".join(GREETINGS.sub(" ", folded(sentence)).replace(",", " ").split())))


def folded(text: str) -> str:
    """A sentence in small letters without accents, each apostrophe alike, hyphens as spaces, so that it reads the same however it was typed."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("’", "'").replace("`", "'").replace("´", "'"))
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = " ".join(re.sub(r"[^a-z0-9', ]+", " ", plain).split())
    return re.sub(r"\b([mndjl]) (?=[aeiou])", r"\1'", plain)
