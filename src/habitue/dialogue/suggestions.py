"""What a model suggests that her words say: text of a stranger, of which only what she wrote herself is taken, and that never binds.

An answer is data. Whatever it says, there are seven things that it can name, in her own words; each waits for a person as what the rules propose does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from habitue.dialogue.model import Proposal, What
from habitue.dialogue.records import number_of
from habitue.dialogue.said_days import absence_in, birthday_in
from habitue.dialogue.sentences import Things, sentences_in
from habitue.events.lookup import look_up
from habitue.memory.health import touches_health
from habitue.store import Truth, sql_text
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Strength

NOT_READABLE = "The model answered something else than a list of what she says, so nothing was taken from it."
BY_MODEL = "a_model_suggests"
MOST = 10
"""Suggestions of one message."""
LONGEST_QUOTE, LONGEST_ABOUT = 500, 60
TASTES = (What.LIKE, What.REFUSAL, What.ALLERGY)
SUGGESTED = (*TASTES, What.BIRTHDAY, What.ABSENCE, What.COMPLAINT, What.QUESTION)
FEELING = {What.LIKE: 1, What.REFUSAL: -1, What.ALLERGY: -1, What.COMPLAINT: -1}
NO_THINGS = Things({})


class _Item(msgspec.Struct):
    what: str
    quote: str
    about: str = ""


class _Answer(msgspec.Struct):
    items: list[_Item]


def suggestions_in(answer: str, words: str, known: Sequence[Proposal], is_thing: Callable[[str], bool], on: date) -> list[Proposal]:
    """What a model's answer suggests of her `words` of that day, beside what is `known` of them; `is_thing` tells whether the catalogue has a thing called so.

    **Shape** of the answer: JSON, {"items": [{"what", "about", "quote"}]}; further fields are not looked at, and an item that she did not write is none.

    Raises: BadInput where the answer is none of that shape.
    """
    try:
        items = msgspec.json.decode(answer, type=_Answer).items
    except (msgspec.DecodeError, UnicodeError, RecursionError) as wrong:
        raise BadInput(NOT_READABLE) from wrong
    said, found = _in_one_line(words), list(known)
    for item in items:
        if len(found) - len(known) < MOST and (each := _suggestion(item, said, is_thing, on)) and not any(_says_it(other, each) for other in found):
            found.append(each)
    return found[len(known) :]


def add_suggestions(truth: Truth, seq: int, suggested: Iterable[Proposal], key: bytes, at: int, who: str) -> None:
    """Keeps what a model suggested of a message, at the wish of that person. Units: `at` is in UTC seconds. Inside a transaction."""
    truth.run_many(
        sql_text("dialogue", "add_suggestion"), [(seq, number_of(each, key), each.what.value, each.about, each.quote, at, who) for each in suggested]
    )


def suggestions_of(truth: Truth, said: Iterable[int]) -> dict[int, list[tuple[What, str, str]]]:
    """What was suggested of each of these messages: what, of what, in which words."""
    found: dict[int, list[tuple[What, str, str]]] = {}
    for seq, what, about, quote, _ in sorted(look_up(truth, "dialogue", "suggestions_of", said)):
        found.setdefault(int(seq), []).append((What(what), str(about), str(quote)))
    return found


def as_proposal(what: What, about: str, quote: str, on: date) -> Proposal:
    """A suggestion as a proposal, which always waits; the day that a birthday or an absence needs is read from her words by rules, or not at all."""
    texts = [sentence.text for sentence in sentences_in(quote, NO_THINGS)]
    birthday = next(filter(None, map(birthday_in, texts)), (0, 0)) if what == What.BIRTHDAY else (0, 0)
    away = next(filter(None, (absence_in(text, on) for text in texts)), (None, None)) if what == What.ABSENCE else (None, None)
    return Proposal(
        what,
        quote,
        BY_MODEL,
        about,
        feeling=FEELING.get(what, 0),
        strength=Strength.STRONG if what == What.ALLERGY else Strength.PLAIN,
        is_about_health=what == What.ALLERGY or touches_health(quote, about),
        birthday=birthday,
        from_on=away[0],
        until_on=away[1],
    )


def _suggestion(item: _Item, said: str, is_thing: Callable[[str], bool], on: date) -> Proposal | None:
    """An item, where it is of a known kind, in her own words, and about what she or the catalogue names."""
    quote, about = _in_one_line(item.quote), _in_one_line(item.about)
    what = next((each for each in SUGGESTED if each.value == item.what), None)
    if what is None or not 0 < len(quote) <= LONGEST_QUOTE or not _stands_in(quote, said):
        return None
    if what not in TASTES:
        return as_proposal(what, "", quote, on)
    if not 0 < len(about) <= LONGEST_ABOUT or not (_stands_in(about.casefold(), quote.casefold()) or is_thing(about)):
        return None
    return as_proposal(what, about, quote, on)


def _says_it(known: Proposal, each: Proposal) -> bool:
    """Whether what is known already says the same; of what the rules read as refused, no like is suggested."""
    if each.what in TASTES:
        is_same = known.about.casefold() == each.about.casefold()
        return is_same and (known.what == each.what or (each.what == What.LIKE and known.what in TASTES))
    return known.what == each.what


def _stands_in(part: str, text: str) -> bool:
    """Whether whole words of a text are these."""
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
