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
"""Letters that are read: whoever writes more has said so before, or is for a person."""
ENDS, LINE = ".!?;:,…", "\n"
"""Signs behind which a line is no broken sentence, and what stands between two lines."""
ENDS_NOTHING = frozenset(
    (
        "a",
        "the",
        "to",
        "you",
        "not",
        "don't",
        "dont",
        "never",
        "my",
        "our",
        "all",
        "any",
        "of",
        "from",
        "your",
        "be",
        "have",
        "been",
        "and",
        "or",
        "for",
        "with",
    )
    + ("personal", "de", "du", "des", "la", "le", "les", "un", "une", "mon", "ma", "mes", "vos", "votre", "vous", "que", "ne", "et", "ou", "pour", "en")
    + ("toutes", "tous", "bien")
)
"""Words after which a sentence goes on, so that a line's end there is none of the sentence."""


class Verdict(Enum):
    """What she wants, as far as words tell it."""

    STOP = "stop"
    ASK = "ask"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Stop:
    """`channels` are those that she named; `is_everything` where she wants to hear from us by none."""

    verdict: Verdict
    channels: tuple[Channel, ...] = ()
    is_everything: bool = False


_TOLD = tomllib.loads((files("habitue.consent") / "stop_words.toml").read_text(encoding="utf-8"))
_NAMED = {"{mail}": _TOLD["mail"], "{any}": _TOLD["any"], "{write}": _TOLD["write"], "{done}": _TOLD["done"]}


def _compiled(text: str) -> re.Pattern[str]:
    for name, meaning in {"{ours}": _TOLD["ours"], **_NAMED}.items():
        text = text.replace(name, meaning)
    return re.compile(text, re.ASCII)


BARE, GREETINGS, BUT, EVERYTHING = (_compiled(_TOLD[name]) for name in ("bare", "greetings", "but", "everything"))
STOPS, NOT_MEANT, DOUBTS = (tuple(map(_compiled, _TOLD[name])) for name in ("stops", "not_meant", "doubts"))
WAYS = tuple((Channel[name.upper()], _compiled(text)) for name, text in _TOLD["ways"].items())


def stop_said(words: str) -> Stop:
    """What her own words say, without what she quoted.

    Source: Regulation (EU) 2016/679, article 7(3): to withdraw is as easy as to give; CPCE, article L.34-5.
    """
    joined, by_line = (_stop_in(sentences_of(words, is_by_line)) for is_by_line in (False, True))
    return by_line if by_line.verdict == Verdict.STOP != joined.verdict or joined.verdict == Verdict.NOTHING else joined


def _stop_in(sentences: list[str]) -> Stop:
    """What one reading says: with lines joined that carry a sentence on, or, as a telephone writes, each line for itself."""
    said = [each for each in sentences if GREETINGS.sub("", each).strip(" ,'")]
    verdicts = [_of(sentence, len(said)) for sentence in said]
    if Verdict.STOP in verdicts:
        meant = " ".join(sentence for sentence, verdict in zip(said, verdicts, strict=True) if verdict == Verdict.STOP)
        return Stop(Verdict.STOP, tuple(channel for channel, named in WAYS if named.search(meant)), bool(EVERYTHING.search(meant)))
    return Stop(Verdict.ASK if Verdict.ASK in verdicts else Verdict.NOTHING)


def _of(sentence: str, sentences: int) -> Verdict:
    """What one sentence says; a lone word counts as a stop where little else is said with it."""
    if any(each.search(sentence) for each in NOT_MEANT):
        return Verdict.NOTHING
    if _is_bare(sentence):
        return Verdict.STOP if sentences <= 2 else Verdict.ASK
    if any(each.search(sentence) for each in STOPS):
        return Verdict.ASK if BUT.search(sentence) else Verdict.STOP
    return Verdict.ASK if any(each.search(sentence) for each in DOUBTS) else Verdict.NOTHING


def sentences_of(words: str, is_by_line: bool = False) -> list[str]:
    """Her words sentence by sentence, each folded."""
    return [folded(each) for each in said_in(words, is_by_line)]


def said_in(words: str, is_by_line: bool = False) -> list[str]:
    """Her words sentence by sentence, as she wrote them; a line that a mail program broke is one with the next.

    `is_by_line` takes each line for a sentence, as telephones write, but where its last word cannot end one.
    """
    return [" ".join(each.split()) for each in re.split(r"[.!?;:\n…]+|\s[-–—]\s", _unwrapped(words[:LONGEST], is_by_line))]


def _unwrapped(words: str, is_by_line: bool) -> str:
    """Lines that carry a sentence on are joined: the next begins small, and neither is a lone stop."""
    lines = [line.strip() for line in words.split("\n")]
    joined = lines[:1]
    for before, line in pairwise(lines):
        is_carried_on = line[:1].islower() and before and before[-1] not in ENDS and " " in before and not _is_bare(line) and not _is_bare(before)
        last = folded(before).split()[-2:]
        is_carried_on = is_carried_on and (not is_by_line or not ENDS_NOTHING.isdisjoint(last[-1:]) or last in (["ne", "pas"], ["surtout", "pas"]))
        joined.append(f"{' ' if is_carried_on else LINE}{line}")
    return "".join(joined)


def _is_bare(sentence: str) -> bool:
    """Whether it is a lone word that says stop, greetings apart."""
    return bool(BARE.fullmatch(" ".join(GREETINGS.sub(" ", folded(sentence)).replace(",", " ").split())))


def folded(text: str) -> str:
    """A sentence in small letters without accents, each apostrophe alike, hyphens as spaces, so that it reads the same however it was typed."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("’", "'").replace("`", "'").replace("´", "'"))
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = " ".join(re.sub(r"[^a-z0-9', ]+", " ", plain).split())
    return re.sub(r"\b([mndjl]) (?=[aeiou])", r"\1'", plain)
