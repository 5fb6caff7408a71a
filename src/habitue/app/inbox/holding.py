"""Which of a customer's statements hold what a message of hers proposes: by its words, by what they are about, and because they were written down after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habitue.app.house import House
from habitue.app.naming import things_called, written
from habitue.app.remembering import Statement
from habitue.dialogue.model import Proposal, What
from habitue.dialogue.suggestions import BY_MODEL
from habitue.words.typesetting import unturned

TASTES = (What.LIKE, What.REFUSAL, What.ALLERGY)


def holding(house: House, statements: Iterable[Statement], message: int, its: Proposal, said: Sequence[Proposal]) -> list[Statement]:
    """The statements that hold it, also those that she took back since; `said` is all that the message with that number proposes.

    One sentence may refuse two things: each is held by its own. The same words in an older message, or at the counter before, are held by theirs.
    """
    quote = unturned(its.quote)
    found = [one for one in statements if one.number > message and one.quote == quote and one.feeling == its.feeling] if its.what in TASTES else []
    beside = [each for each in said if each.what in TASTES and each.feeling == its.feeling and each.about != its.about and unturned(each.quote) == quote]
    if not found or not (beside or its.reason == BY_MODEL):
        return found
    is_suggested = its.reason == BY_MODEL  # what a model suggests takes nothing back that the rules read in the same words
    keys, others = _keys(house, its.about), set().union(*(_keys(house, each.about) for each in beside))
    return [one for one in found if one.about_key in keys or (not is_suggested and one.about_key not in others)]


def _keys(house: House, about: str) -> set[str]:
    return {f"{level.name.lower()}:{key}" for level, key in things_called(house.truth, about)} or {written(about)}
