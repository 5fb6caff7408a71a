"""New things near what she loves: which things of a category an action may name, chosen by what others like, as of a lesson."""

from __future__ import annotations

from collections.abc import Mapping

from habitue.decide.model import Question, Rows

MOST_A_CATEGORY = 3


def near_rows(question: Question, buyers: Mapping[int, int]) -> Rows:
    """Of the book's `near_item` rows, for each action and category the three things with most buyers.

    `buyers` maps a thing to how many people bought it as of the lesson; things that nobody bought come last, by number.
    """
    by_category: dict[tuple[int, int], list[int]] = {}
    for action_id, item_id, category_id in question.tables.get("near_item", ()):
        by_category.setdefault((action_id, category_id), []).append(item_id)
    return [
        (action_id, item_id, category_id)
        for (action_id, category_id), items in sorted(by_category.items())
        for item_id in sorted(items, key=lambda item: (-buyers.get(item, 0), item))[:MOST_A_CATEGORY]
    ]
