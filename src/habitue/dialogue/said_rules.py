"""What she says in an answer becomes proposals: what she likes, refuses, cannot eat, when she is away or was born, that she thanks, asks, complains.

Her own words are looked at sentence by sentence, by the expressions of `said_words.toml`. A plain refusal of hers of a thing that we know, and a complaint,
bind at once; whatever can be read in two ways waits for a person, and what touches health is kept only with her leave (`memory/health.py`). Whether she wants
no more of our words at all is for `consent/stop_rules.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from habitue.consent.stop_rules import Verdict, stop_said
from habitue.dialogue.model import Doubt, Proposal, What
from habitue.dialogue.said_days import absence_in, birthday_in
from habitue.dialogue.sentences import Named, Sentence, Things, sentences_in
from habitue.memory.health import touches_health
from habitue.words.vocabulary import Strength

_TOLD = tomllib.loads((files("habitue.dialogue") / "said_words.toml").read_text(encoding="utf-8"))
_PARTS, _SAID, _WHOSE, _ALLERGY, _OTHERS = (_TOLD[name] for name in ("parts", "said", "whose", "allergy", "others"))
BUT = re.compile(r"(?:^| )(?:mais|but|par contre|en revanche|however|alors que|whereas|tandis que|although|though|because|parce que|car) ")
PARTS = re.compile(r" ?, ?| (?:mais|but|car|et|and|so|donc|parce que|because) ")
OF_HERS = ("jaime", "nor i", "nor do i", "nor we", "nor do we", "ni moi", "ni nous", "neither of us")
"""How a rule begins that names herself."""
NOUNS = ("allergie", "allergy", "intolerance")
COMMA = re.compile(r" ?, ?")
THING = re.compile(r"@(\d+)")
IS = re.compile(r"^ (?:is|was|are|were|c|est|sont|etait|etaient)\b", re.ASCII)
NEAR_WORDS = 10
"""Words between a thing and the “it” that is plainly said of it, at most."""


def _compiled(text: str, of: str = "list") -> re.Pattern[str]:
    other = rf"(?:(?!{_SAID['no_kind']})[a-z]{{3,}}+ (?:ni|nor|ou|or) (?:(?:d|de|du|des|le|la|les|l|any|the) )?)?"
    narrow = rf"{other}(?:(?!{_SAID['no_kind']})(?P<narrow>[a-z]{{3,}}+) )?" if of == "list" else ""
    text = (
        text.replace("{sign}", _ALLERGY["sign"])
        .replace("{shock}", _ALLERGY["shock"])
        .replace("{body}", _ALLERGY["body"])
        .replace("{troubled}", _ALLERGY["troubled"])
        .replace("{object}", f"{narrow}(?P<object>{{{of}}})")
        .replace("{allergens}", _ALLERGY["allergens"])
        .replace("{many}", _ALLERGY["many"])
    )
    for name, meaning in reversed(_PARTS.items()):
        text = text.replace(f"{{{name}}}", meaning)
    return re.compile(text, re.ASCII)


@dataclass(frozen=True)
class Rule:
    """How one thing is said: `form` with things of the catalogue, `any_form` with any word; for the rest see the head of `said_words.toml`."""

    what: What
    reason: str
    strength: Strength
    doubt: Doubt
    needs_whose: bool
    is_bare: bool
    form: re.Pattern[str]
    any_form: re.Pattern[str] | None


def _rules(what: What) -> Iterator[Rule]:
    for each in _TOLD[what.value]:
        front = f"(?P<object>{{first}})(?P<kind>{_SAID['kind']})?" if each.get("is_first") else ""
        for words in each["words"]:
            text = rf"(?<![\w@]){front}(?:{words})"
            doubt = Doubt.ALWAYS if what == What.LIKE else Doubt(each.get("doubt", ""))
            open_form = _compiled(text, "word") if each.get("any_word") else None
            yield Rule(
                what, each["reason"], Strength(each["strength"]), doubt, bool(each.get("needs_whose")), bool(each.get("is_bare")), _compiled(text), open_form
            )


RULES = (*_rules(What.REFUSAL), *_rules(What.LIKE))
NOT_MEANT, NO_ALLERGY = (tuple(map(_compiled, each)) for each in (_SAID["not_meant"], _ALLERGY["none"]))
SIGNS, SUFFERS = (tuple(_compiled(rf"(?<![\w@]){each}") for each in _ALLERGY[name]) for name in ("signs", "suffers"))
SURE_BACK, WAITING_BACK = (tuple(_compiled(rf"(?<![\w@]){each}") for each in _TOLD["back"][name]) for name in ("sure", "waits"))
FOR_NOW, NARROWER, DEICTIC, NO_MORE, PLEASE, MORE, UNCLEAR, EMPTY_SHELF, COMPARING, GIFT, NEGATED, STRONG, SLIGHT = (
    _compiled(_SAID[name])
    for name in ("for_now", "narrower", "deictic", "no_more", "please", "more", "unclear", "empty_shelf", "comparing", "gift", "negated", "strong", "slight")
)
BEHIND, ONCE, COMING, FOR_GOOD, KIND_BEFORE, AT_TIMES, TIRELESS = (
    _compiled(_SAID[name]) for name in ("behind", "once", "coming", "for_good", "kind_before", "at_times", "tireless")
)
ALLERGIC, ALLERGIC_TO, ALLERGIC_DIRECTLY, ALLERGEN_BEFORE, HAS_ONE, ALONE, ALONE_AFTER, ALSO, UNHARMED, NOBODY_HAS_IT, ITS_BODY, OF_BODY = (
    _compiled(_ALLERGY[name]) for name in ("trigger", "to", "direct", "before", "has", "alone", "alone_after", "also", "never", "nobody", "its_body", "of_body")
)
THANKS, NO_THANKS, POLITE, COMPLAINT, NO_COMPLAINT, ASKS, REQUEST, THING_ALONE, VERDICT = (
    _compiled(_OTHERS[name]) for name in ("thanks", "no_thanks", "polite", "complaint", "no_complaint", "asks", "request", "thing_alone", "verdict")
)
HERS, OTHERS, PEOPLE, NOBODY, BETWEEN, THIRD, OPENERS, BARE_OPENERS, NOTHING, FIGURATIVE = (
    frozenset(each)
    for each in (
        *(_WHOSE[name] for name in ("hers", "others", "people", "nobody", "between", "third", "openers", "bare_openers")),
        _SAID["nothing"],
        _ALLERGY["figurative"],
    )
)
ALLERGEN = _compiled(r"\b{allergens}\b")
SUFFERER = PEOPLE | OTHERS | {"me", "m", "us", "nous", "my", "mon", "ma", "leur"}
AT = frozenset(("chez", "avec", "with", "pour", "for", "from", "entre", "between"))
NAMING = HERS | OTHERS | PEOPLE | NOBODY
WE_TWO = re.compile(r"\b(?:moi|me|i) (?:et|and) (?:mon|ma|mes|my)$", re.ASCII)
OF_SOMEBODY = re.compile(r"\b(?:my|our|mon|ma|mes|notre|nos) \S+ (?:\S+ )?$", re.ASCII)
_PERSON = rf"(?:{'|'.join(_WHOSE['owners'])})(?: (?:{_WHOSE['qualities']}))? (?:{'|'.join(_WHOSE['people'])}|(?:petit|grand|dernier|derniere)(?= [,)]|$))"
FOR_ANOTHER = re.compile(rf"^(?: \S+){{0,2}} (?:pour|chez|de|for|of|aux?|to)(?: both| all| tous| toutes)? {_PERSON}\b", re.ASCII)
_BY_ANOTHER = rf"(?:pour|chez|for)(?: both| all| tous| toutes)? (?:{_PERSON}|lui|elle|eux|elles|him|her|them)|(?:aux?|a|to|de|of|in) {_PERSON}"
OF_ANOTHER = re.compile(rf"^(?: (?!je |j |i |moi )[^ @]+){{0,3}} (?:(?:{_BY_ANOTHER})\b|(?:[(,] {_PERSON}(?: [a-z]+)?|{_PERSON})(?= [)]|$))", re.ASCII)
THIRD_PERSON = _compiled(_WHOSE["third_person"])


def proposals_in(words: str, things: Things, mail_on: date) -> tuple[Proposal, ...]:
    """What an answer proposes to remember, in her order; `words` are her own, without what she quoted, and `mail_on` the day of her mail."""
    sentences = list(_joined(sentences_in(words, things)))
    found = [each for place, sentence in enumerate(sentences) for each in _of(sentence, mail_on, sentences[place - 1] if place else None)]
    thanks = [sentence.quote for sentence in sentences if THANKS.search(sentence.text) and not NO_THANKS.search(sentence.text)]
    if not found and thanks and all(sentence.quote in thanks or POLITE.match(sentence.text) for sentence in sentences):
        found.append(Proposal(What.THANKS, thanks[0], "she_thanks"))
    return tuple(dict.fromkeys(found))


def _joined(sentences: list[Sentence]) -> Iterator[Sentence]:
    """The sentences, where “Tripe? No.” is one: a thing alone that she asks herself about, and her verdict."""
    place = 0
    while place < len(sentences):
        one, after = sentences[place], sentences[place + 1] if place + 1 < len(sentences) else None
        if after and THING_ALONE.fullmatch(one.text) and VERDICT.match(after.text) and not after.named:
            both = one.followed_by(after)
            one, place = (both, place + 1) if any(_tastes(both, is_asked=False)) else (one, place)
        yield one
        place += 1


def _of(sentence: Sentence, mail_on: date, before: Sentence | None) -> Iterator[Proposal]:
    is_asked = sentence.is_question or bool(ASKS.search(sentence.text))
    is_request = is_asked and bool(REQUEST.search(sentence.text))
    allergies = list(dict.fromkeys((*_allergies(sentence, before), *_sufferings(sentence))))
    tastes = list(_tastes(sentence, is_asked and not is_request, before))
    is_asked = is_asked and not (is_request and tastes)
    told = [each for each in tastes if each.doubt == Doubt.NONE or not any(each.about == one.about and each.is_hers == one.is_hers for one in allergies)]
    told += allergies
    if day := birthday_in(sentence.text):
        told.append(Proposal(What.BIRTHDAY, sentence.quote, "her_birthday", birthday=day, is_hers=PEOPLE.union(OTHERS).isdisjoint(sentence.text.split())))
    if not is_asked and (away := absence_in(sentence.text, mail_on)):
        told.append(Proposal(What.ABSENCE, sentence.quote, "she_is_away", from_on=away[0], until_on=away[1]))
    if COMPLAINT.search(sentence.text) and not NO_COMPLAINT.search(sentence.text):
        told.append(Proposal(What.COMPLAINT, sentence.quote, "she_complains", feeling=-1, doubt=Doubt.NONE))
    if is_asked:
        told.append(Proposal(What.QUESTION, sentence.quote, "she_asks"))
    return (replace(each, is_about_health=each.what == What.ALLERGY or touches_health(each.quote)) for each in told)


def _tastes(sentence: Sentence, is_asked: bool, previous: Sentence | None = None) -> Iterator[Proposal]:
    """Her likes and refusals; each thing has the first that is read of it."""
    text, read = sentence.text, set[str]()
    is_stop = stop_said(sentence.quote).verdict != Verdict.NOTHING
    for rule, form in [(rule, rule.form) for rule in RULES] + [(rule, rule.any_form) for rule in RULES if rule.any_form and not is_stop]:
        for match in form.finditer(text):
            named = [each for each in _named(sentence, match) if each.about not in read]
            start, end = _segment(text, match.start(), match.end())
            read |= {each.about for each in named}
            whose = _whose_taste(rule, text, start, match)
            if whose is None or not named or (not THING.search(match["object"]) and match["object"] in NOTHING):
                continue
            denied = TIRELESS.search(text) if rule.what == What.REFUSAL else NEGATED.search(text[start : match.start()])
            if denied or any(each.search(text[start:end]) for each in NOT_MEANT):
                continue
            doubt = _doubt(rule, text[start:end], match, whose, is_asked)
            if doubt is not None:
                for each in named:
                    yield _taste(rule, sentence, match, each, whose, doubt)
    if not is_asked:
        yield from _said_back(sentence, None if is_stop else previous, read)


def _said_back(sentence: Sentence, previous: Sentence | None, read: set[str]) -> Iterator[Proposal]:
    """What she refuses as “it”: the only thing that the sentence has named before, else the only one of the sentence before, which waits."""
    text = sentence.text
    for form in (*SURE_BACK, *WAITING_BACK):
        match = form.search(text)
        if match is None or any(each.search(text) for each in NOT_MEANT):
            continue
        quote, doubt, between = sentence.quote, Doubt.MAY_MEAN_MORE, text[: match.start()].partition("@0")[2]
        if len(sentence.named) == 1 and "@0" in text[: match.start()]:
            named = sentence.named[0]
            is_near = len(between.split()) <= NEAR_WORDS and SUFFERER.isdisjoint(between.split())
            is_plain = (
                form in SURE_BACK and is_near and bool(BEHIND.match(between) or IS.match(between)) and not FOR_NOW.search(text) and not DEICTIC.search(text)
            )
            doubt = Doubt.NONE if is_plain else doubt
        elif not sentence.named and previous and len(previous.named) == 1 and not any(True for _ in _tastes(previous, is_asked=False)):
            named, quote = previous.named[0], f"{previous.quote} {quote}"
        else:
            continue
        is_illness = any(named.about == one.about for one in _illnesses(sentence, previous))
        if named.about not in read and not is_illness:
            yield Proposal(What.REFUSAL, quote, "she_dislikes", named.about, named.thing, -1, Strength.PLAIN, doubt)
        return


def _illnesses(sentence: Sentence, previous: Sentence | None) -> Iterator[Proposal]:
    for each in (sentence, previous):
        if each:
            yield from (*_allergies(each, None), *_sufferings(each))


def _taste(rule: Rule, sentence: Sentence, match: re.Match[str], named: Named, whose: bool, doubt: Doubt) -> Proposal:
    text, feeling = sentence.text, -1 if rule.what == What.REFUSAL else 1
    start, end = _segment(text, match.start(), match.end(), PARTS)
    part = sentence.part(start, end)
    quote = part if touches_health(sentence.quote) and not touches_health(part) else sentence.quote
    strength = Strength.SLIGHT if SLIGHT.search(match[0]) else Strength.STRONG if STRONG.search(match[0]) else rule.strength
    doubt = Doubt.UNKNOWN_THING if doubt == Doubt.NONE and not named.thing else doubt
    return Proposal(rule.what, quote, rule.reason, named.about, named.thing, feeling, strength, doubt, whose)


def _named(sentence: Sentence, match: re.Match[str]) -> list[Named]:
    """The things of a match, or the word that no catalogue knows."""
    return [sentence.named[int(number)] for number in THING.findall(match["object"])] or [Named(sentence.part(*match.span("object")), "")]


def _segment(text: str, start: int, end: int, by: re.Pattern[str] = BUT) -> tuple[int, int]:
    """From where to where a part of the sentence goes that no “but” divides, or nothing else that divides it."""
    marks = [(each.start(), each.end()) for each in by.finditer(text)]
    return max((last for _, last in marks if last <= start + 1), default=0), min((first for first, _ in marks if first >= end), default=len(text))


def _whose_taste(rule: Rule, text: str, start: int, match: re.Match[str]) -> bool | None:
    """Whether a taste is hers; none where nobody knows whose it is."""
    before = text[start : match.start()].split()
    if FOR_ANOTHER.match(text[match.end() :]):
        return False
    if rule.is_bare and (before[-1] if before else "") not in OPENERS | BARE_OPENERS:
        return None
    if not rule.needs_whose:
        since = before[len(before) - before[::-1].index(",") :] if "," in before else before
        return not any(word in PEOPLE or word in OTHERS for word in since) or bool(HERS.intersection(since))
    if match[0].startswith(OF_HERS):
        return True
    whose, last = _whose(before), before[-1] if before else ""
    if whose is None:
        return True if last in OPENERS else None
    is_near = last in HERS or last in BETWEEN or last in PEOPLE
    return None if whose and (not is_near or (match[0].split()[0] in THIRD and "on" not in before[-2:])) else whose


def _whose(before: list[str]) -> bool | None:
    """Whose the words are that follow: hers, another's (false), by the nearest that names anybody; none where nothing does, or “you”."""
    found = _nearest(before)
    if found is None or before[found] in NOBODY:
        return None
    return before[found] in HERS or (before[found] in PEOPLE and bool(WE_TWO.search(" ".join(before[:found]))))


def _nearest(before: list[str]) -> int | None:
    """Where the nearest word stands that names anybody who may do something: “chez nous” and “with us” tell where it is done."""
    places = (place for place in reversed(range(len(before))) if before[place] in NAMING and not _is_english_on(before, place))
    return next((place for place in places if not (place and before[place - 1] in AT and before[place] in HERS)), None)


def _is_english_on(before: list[str], place: int) -> bool:
    """Whether “on” is no French “we”: a day stands behind it, or whatever else is no part of a verb."""
    return before[place] == "on" and place + 1 < len(before) and before[place + 1] not in BETWEEN | THIRD


def _doubt(rule: Rule, part: str, match: re.Match[str], is_hers: bool, is_asked: bool) -> Doubt | None:
    """Why a taste waits; nothing where it is none after all."""
    after = match.string[match.end() :]
    if is_asked and (not rule.needs_whose or "," not in after):
        return None
    if rule.is_bare and (
        EMPTY_SHELF.search(match.string, *_segment(match.string, match.start(), match.end(), COMMA))
        or COMPARING.match(after)
        or (match[0].startswith("plus") and MORE.search(part))
    ):
        return None
    if rule.reason == "not_for_her" and GIFT.search(after):
        return None
    if not is_hers:
        return Doubt.ANOTHERS
    if is_asked:
        return Doubt.ASKED
    if rule.doubt != Doubt.NONE:
        return rule.doubt
    is_more = match[0].startswith("plus")
    if rule.is_bare and ((not NO_MORE.search(part) and (is_more or not PLEASE.search(part))) or (is_more and PLEASE.search(part)) or UNCLEAR.search(part)):
        return Doubt.MAY_MEAN_MORE
    told = match.groupdict()
    if told.get("narrow") or told.get("kind") or NARROWER.match(after) or DEICTIC.search(match.string, match.start(), match.end("object")):
        return Doubt.NARROWER
    if KIND_BEFORE.search(match.string[: match.start("object")]):
        return Doubt.NARROWER
    if rule.reason == "she_asks_not_to_be_offered_it" and (ONCE.match(match[0]) or COMING.search(after)) and not FOR_GOOD.search(part):
        return Doubt.FOR_NOW
    is_last = match.end("object") == match.end() and not match.groupdict().get("word")
    is_at_times = FOR_NOW.search(part) or AT_TIMES.search(after)
    return Doubt.FOR_NOW if is_at_times else Doubt.NARROWER if is_last and not BEHIND.match(after) else Doubt.NONE


def _allergies(sentence: Sentence, previous: Sentence | None) -> Iterator[Proposal]:
    """Whoever is allergic, and to what: the thing behind the word or before it, else the only one of the sentence, or of the one before."""
    text = sentence.text
    for match in ALLERGIC.finditer(text):
        start, end = _segment(text, match.start(), match.end())
        if any(each.search(text[start:end]) for each in NO_ALLERGY):
            continue
        told = (
            ALLERGIC_TO.match(text, match.start(), end)
            or ALLERGIC_DIRECTLY.match(text, match.start(), end)
            or ALLERGEN_BEFORE.search(text, start, match.start())
        )
        if told and told["object"] in FIGURATIVE:
            continue
        told = None if told and told["object"] in NOTHING else told
        if not told and match[0].startswith(NOUNS) and not HAS_ONE.search(text, start, match.start()) and not _stands_alone(sentence, start, match):
            continue
        named, quote = [*_named(sentence, told), *_also(sentence, told.end("object"), end)] if told else _only_one(sentence), sentence.quote
        if not named and not (gluten := _gluten(match[0])) and previous and (named := _only_one(previous)):
            if any(named[0].about == one.about for one in (*_allergies(previous, None), *_sufferings(previous))):
                continue
            quote = f"{previous.quote} {quote}"
        elif not named and match[0].startswith("anaphyla"):
            continue
        elif not named:
            named = [Named(gluten, "")]
        for each in named:
            yield Proposal(
                What.ALLERGY, quote, "she_names_an_allergy", each.about, each.thing, -1, Strength.STRONG, is_hers=_is_her_allergy(text, start, match, told)
            )


def _stands_alone(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
    """Whether “allergy” stands by itself beside the only thing of its sentence."""
    return bool(_only_one(sentence) and ALONE.search(sentence.text[start : match.start()]) and ALONE_AFTER.match(sentence.text[match.end() :]))


def _only_one(sentence: Sentence) -> list[Named]:
    """The one thing that a sentence names, of the catalogue or among what people are allergic to; nothing where it names several or none."""
    if sentence.named:
        return list(sentence.named) if len(sentence.named) == 1 else []
    found = [Named(sentence.part(*each.span()), "") for each in ALLERGEN.finditer(sentence.text)]
    return found if len(found) == 1 else []


def _also(sentence: Sentence, start: int, end: int) -> Iterator[Named]:
    """What else stands in a list behind the first: “… et à la moutarde”, “… n milk”."""
    while more := ALSO.match(sentence.text, start, end):
        name = "object" if more["object"] else "word"
        start = more.end(name)
        if more[name] in FIGURATIVE or more[name] in NOTHING:
            return
        yield sentence.named[int(more[name][1:])] if more[name].startswith("@") else Named(sentence.part(*more.span(name)), "")


def _sufferings(sentence: Sentence) -> Iterator[Proposal]:
    """What harms whoever eats it, where no word of allergy is said: “prawns bring me out in hives”."""
    text = sentence.text
    if sentence.is_question:
        return
    for form in (*SIGNS, *SUFFERS):
        for match in form.finditer(text):
            start, _ = _segment(text, match.start(), match.end())
            before, said, after = text[start : match.start()], match[0], text[match.end() :]
            if (form in SIGNS and UNHARMED.search(said)) or NOBODY_HAS_IT.search(before):
                continue
            if form is SIGNS[0] and SUFFERER.isdisjoint(said.split()) and not OF_BODY.match(after):
                continue
            is_hers = _is_suffered_by_her(before, said, after)
            for each in (*_named(sentence, match), *_also(sentence, match.end("object"), len(text))):
                yield Proposal(What.ALLERGY, sentence.quote, "she_names_an_allergy", each.about, each.thing, -1, Strength.STRONG, is_hers=is_hers)


def _is_suffered_by_her(before: str, said: str, after: str) -> bool:
    words = said.split()
    whose = _whose([*before.split(), *words])
    if not PEOPLE.union(OTHERS).isdisjoint(words) or whose is False or OF_ANOTHER.match(after) or ITS_BODY.search(f"{before}{said}"):
        return False
    return _is_told_of_her(before) and not (whose is None and OF_SOMEBODY.search(before))


def _gluten(word: str) -> str:
    return "gluten" if "eliac" in word or "eliaq" in word else ""


def _is_her_allergy(text: str, start: int, match: re.Match[str], told: re.Match[str] | None) -> bool:
    if FOR_ANOTHER.match(text[match.end() :]) or OF_ANOTHER.match(text[told.end() if told and told.end() > match.end() else match.end() :]):
        return False
    return _is_told_of_her(text[start : match.start()])


def _is_told_of_her(before: str) -> bool:
    """Whether what stands before a trouble tells it of herself, or of nobody; not of a third person, even one whom no list of ours knows."""
    words = before.split()
    found, verb = _nearest(words), THIRD_PERSON.search(before)
    between = words[0 if found is None else found + 1 : len(before[: verb.start()].split())] if verb else []
    if verb and (found is None or any(word not in BETWEEN for word in between)):
        return False
    return _whose(words) is not False
