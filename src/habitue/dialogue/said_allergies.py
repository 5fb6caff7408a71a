"""What harms whoever eats it, and whom: said by the word allergy, or by what it does to the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from habitue.dialogue.model import Proposal, What
from habitue.dialogue.said_forms import ALLERGY_WORDS, NOTHING, THING, compiled, named_in, segment
from habitue.dialogue.said_whose import FOR_ANOTHER, OF_ANOTHER, OF_SOMEBODY, OTHERS, PEOPLE, is_told_of_her, whose_of
from habitue.dialogue.sentences import Named, Sentence
from habitue.words.vocabulary import Strength

NOUNS = ("allergie", "allergy", "intolerance")
NO_ALLERGY = tuple(map(compiled, ALLERGY_WORDS["none"]))
SIGNS, SUFFERS = (tuple(compiled(rf"(?<![\w@]){each}") for each in ALLERGY_WORDS[name]) for name in ("signs", "suffers"))
ALLERGIC, ALLERGIC_TO, ALLERGIC_DIRECTLY, ALLERGEN_BEFORE, HAS_ONE, ALONE, ALONE_AFTER, ALSO, UNHARMED, NOBODY_HAS_IT, ITS_BODY, OF_BODY = (
    compiled(ALLERGY_WORDS[name])
    for name in ("trigger", "to", "direct", "before", "has", "alone", "alone_after", "also", "never", "nobody", "its_body", "of_body")
)
ALLERGEN = compiled(r"\b{allergens}\b")
SUFFERER = PEOPLE | OTHERS | {"me", "m", "us", "nous", "my", "mon", "ma", "leur"}
BOTH = frozenset(ALLERGY_WORDS["both"])
FIGURATIVE = frozenset(ALLERGY_WORDS["figurative"])


def allergies_in(sentence: Sentence, previous: Sentence | None) -> Iterator[Proposal]:
    """Whoever is allergic, and to what: the thing behind the word or before it, else the only one of the sentence, or of the one before."""
    text = sentence.text
    for match in ALLERGIC.finditer(text):
        start, end = segment(text, match.start(), match.end())
        if any(each.search(text[start:end]) for each in NO_ALLERGY):
            continue
        told = (
            ALLERGIC_TO.match(text, match.start(), end)
            or ALLERGIC_DIRECTLY.match(text, match.start(), end)
            or ALLERGEN_BEFORE.search(text, start, match.start())
        )
        if told and told["object"] in FIGURATIVE:
            continue
        is_both = bool(told and told["object"] in BOTH)
        told = None if is_both or (told and told["object"] in NOTHING) else told
        if not told and match[0].startswith(NOUNS) and not HAS_ONE.search(text, start, match.start()) and not _stands_alone(sentence, start, match):
            continue
        named, quote = [*named_in(sentence, told), *_also(sentence, told.end("object"), end)] if told else _only_one(sentence), sentence.quote
        if is_both:
            named = _all_before(sentence, match.start())
        elif not told and _gluten(match[0]):
            named = [Named("gluten", "")]
        if not named and not (gluten := _gluten(match[0])) and previous and (named := _only_one(previous)):
            if any(named[0].about == one.about for one in (*allergies_in(previous, None), *sufferings_in(previous))):
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


def sufferings_in(sentence: Sentence) -> Iterator[Proposal]:
    """What harms whoever eats it, where no word of allergy is said: “prawns bring me out in hives”."""
    text = sentence.text
    if sentence.is_question:
        return
    for form in (*SIGNS, *SUFFERS):
        for match in form.finditer(text):
            start, _ = segment(text, match.start(), match.end())
            before, said, after = text[start : match.start()], match[0], text[match.end() :]
            if (form in SIGNS and UNHARMED.search(said)) or NOBODY_HAS_IT.search(before):
                continue
            if form is SIGNS[0] and SUFFERER.isdisjoint(said.split()) and not OF_BODY.match(after):
                continue
            is_hers = _is_suffered_by_her(before, said, after)
            for each in (*named_in(sentence, match), *_also(sentence, match.end("object"), len(text))):
                yield Proposal(What.ALLERGY, sentence.quote, "she_names_an_allergy", each.about, each.thing, -1, Strength.STRONG, is_hers=is_hers)


def illnesses_in(sentence: Sentence, previous: Sentence | None) -> Iterator[Proposal]:
    """Every allergy of a sentence and of the one before it."""
    for each in (sentence, previous):
        if each:
            yield from (*allergies_in(each, None), *sufferings_in(each))


def _stands_alone(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
    """Whether “allergy” stands by itself beside the only thing of its sentence."""
    return bool(_only_one(sentence) and ALONE.search(sentence.text[start : match.start()]) and ALONE_AFTER.match(sentence.text[match.end() :]))


def _all_before(sentence: Sentence, end: int) -> list[Named]:
    """Whatever stands before of the catalogue, or of what people are allergic to."""
    before = sentence.text[:end]
    things = [sentence.named[int(number)] for number in THING.findall(before)]
    return things + [Named(sentence.part(*each.span()), "") for each in ALLERGEN.finditer(before)]


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


def _is_suffered_by_her(before: str, said: str, after: str) -> bool:
    words = said.split()
    whose = whose_of([*before.split(), *words])
    if not PEOPLE.union(OTHERS).isdisjoint(words) or whose is False or OF_ANOTHER.match(after) or ITS_BODY.search(f"{before}{said}"):
        return False
    return is_told_of_her(before) and not (whose is None and OF_SOMEBODY.search(before))


def _gluten(word: str) -> str:
    return "gluten" if "eliac" in word or "eliaq" in word else ""


def _is_her_allergy(text: str, start: int, match: re.Match[str], told: re.Match[str] | None) -> bool:
    if FOR_ANOTHER.match(text[match.end() :]) or OF_ANOTHER.match(text[told.end() if told and told.end() > match.end() else match.end() :]):
        return False
    return is_told_of_her(text[start : match.start()])
