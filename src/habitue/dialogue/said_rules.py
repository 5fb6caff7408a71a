"""What she says in an answer becomes proposals: what she likes, refuses, cannot eat, when she is away or was born, that she thanks, asks, complains.

Her own words are looked at sentence by sentence, by the expressions of `said_words.toml`. A plain refusal of hers of a thing that we know, and a complaint,
bind at once; whatever can be read in two ways waits for a person, and what touches health is kept only with her leave (`memory/health.py`). Whether she wants
no more of our words at all is for `consent/stop_rules.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from habitue.consent.stop_rules import Verdict, stop_said
from habitue.dialogue.model import Doubt, Proposal, What
from habitue.dialogue.said_allergies import SUFFERER, allergies_in, illnesses_in, sufferings_in
from habitue.dialogue.said_days import absence_in, birthday_in
from habitue.dialogue.said_forms import NOTHING, OTHERS_WORDS, PARTS, SAID_WORDS, THING, TOLD, WHOSE_WORDS, compiled, named_in, segment
from habitue.dialogue.said_whose import BETWEEN, FOR_ANOTHER, HERS, OTHERS, PEOPLE, THIRD, whose_of
from habitue.dialogue.sentences import Named, Sentence, Things, sentences_in
from habitue.memory.health import touches_health
from habitue.words.vocabulary import Strength

OF_HERS = ("jaime", "nor i", "nor do i", "nor we", "nor do we", "ni moi", "ni nous", "neither of us")
"""How a rule begins that names herself."""
COMMA = re.compile(r" ?, ?")
IS = re.compile(r"^ (?:is|was|are|were|c|est|sont|etait|etaient)\b", re.ASCII)
BORNE = re.compile(r"\b(?:diger|support|digest)", re.ASCII)
NEAR_WORDS = 10
"""Words between a thing and the “it” that is plainly said of it, at most."""


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
    for each in TOLD[what.value]:
        front = f"(?P<object>{{first}})(?P<kind>{SAID_WORDS['kind']})?" if each.get("is_first") else ""
        for words in each["words"]:
            text = rf"(?<![\w@]){front}(?:{words})"
            doubt = Doubt.ALWAYS if what == What.LIKE else Doubt(each.get("doubt", ""))
            open_form = compiled(text, "word") if each.get("any_word") else None
            yield Rule(
                what, each["reason"], Strength(each["strength"]), doubt, bool(each.get("needs_whose")), bool(each.get("is_bare")), compiled(text), open_form
            )


RULES = (*_rules(What.REFUSAL), *_rules(What.LIKE))
NOT_MEANT = tuple(map(compiled, SAID_WORDS["not_meant"]))
OPENERS, BARE_OPENERS = (frozenset(WHOSE_WORDS[name]) for name in ("openers", "bare_openers"))
SURE_BACK, WAITING_BACK = (tuple(compiled(rf"(?<![\w@]){each}") for each in TOLD["back"][name]) for name in ("sure", "waits"))
FOR_NOW, NARROWER, DEICTIC, NO_MORE, PLEASE, MORE, UNCLEAR, EMPTY_SHELF, COMPARING, GIFT, NEGATED, STRONG, SLIGHT = (
    compiled(SAID_WORDS[name])
    for name in ("for_now", "narrower", "deictic", "no_more", "please", "more", "unclear", "empty_shelf", "comparing", "gift", "negated", "strong", "slight")
)
BEHIND, ONCE, COMING, FOR_GOOD, KIND_BEFORE, AT_TIMES, TIRELESS, SWAP = (
    compiled(SAID_WORDS[name]) for name in ("behind", "once", "coming", "for_good", "kind_before", "at_times", "tireless", "swap")
)
THANKS, NO_THANKS, POLITE, COMPLAINT, NO_COMPLAINT, ASKS, REQUEST, THING_ALONE, VERDICT = (
    compiled(OTHERS_WORDS[name]) for name in ("thanks", "no_thanks", "polite", "complaint", "no_complaint", "asks", "request", "thing_alone", "verdict")
)


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
    allergies = list(dict.fromkeys((*allergies_in(sentence, before), *sufferings_in(sentence))))
    tastes = list(_tastes(sentence, is_asked and not is_request, before))
    is_asked = is_asked and not (is_request and tastes)
    is_borne = bool(BORNE.search(sentence.text))
    told = [
        each
        for each in tastes
        if (each.doubt == Doubt.NONE and not is_borne) or not any(each.about == one.about and each.is_hers == one.is_hers for one in allergies)
    ]
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
            named = [each for each in named_in(sentence, match) if each.about not in read]
            start, end = segment(text, match.start(), match.end())
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
        is_illness = any(named.about == one.about for one in illnesses_in(sentence, previous))
        if named.about not in read and not is_illness:
            yield Proposal(What.REFUSAL, quote, "she_dislikes", named.about, named.thing, -1, Strength.PLAIN, doubt)
        return


def _taste(rule: Rule, sentence: Sentence, match: re.Match[str], named: Named, whose: bool, doubt: Doubt) -> Proposal:
    text, feeling = sentence.text, -1 if rule.what == What.REFUSAL else 1
    start, end = segment(text, match.start(), match.end(), PARTS)
    part = sentence.part(start, end)
    quote = part if touches_health(sentence.quote) and not touches_health(part) else sentence.quote
    strength = Strength.SLIGHT if SLIGHT.search(match[0]) else Strength.STRONG if STRONG.search(match[0]) else rule.strength
    doubt = Doubt.UNKNOWN_THING if doubt == Doubt.NONE and not named.thing else doubt
    return Proposal(rule.what, quote, rule.reason, named.about, named.thing, feeling, strength, doubt, whose)


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
    whose, last = whose_of(before), before[-1] if before else ""
    if whose is None:
        return True if last in OPENERS else None
    is_near = last in HERS or last in BETWEEN or last in PEOPLE
    return None if whose and (not is_near or (match[0].split()[0] in THIRD and "on" not in before[-2:])) else whose


def _doubt(rule: Rule, part: str, match: re.Match[str], is_hers: bool, is_asked: bool) -> Doubt | None:
    """Why a taste waits; nothing where it is none after all."""
    after = match.string[match.end() :]
    if is_asked and (not rule.needs_whose or "," not in after):
        return None
    if rule.is_bare and (
        EMPTY_SHELF.search(match.string, *segment(match.string, match.start(), match.end(), COMMA))
        or COMPARING.match(after)
        or (match[0].startswith("plus") and MORE.search(part))
    ):
        return None
    if rule.is_bare and SWAP.search(after):
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
