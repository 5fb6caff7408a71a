"""Turns a book into the rows of the relations that judgement reads: integers only, in the order of the named columns.

Units: millicents are thousandths of a cent; days are day numbers; bit 0 of `weekdays_mask` is Monday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from habitue.content.catalogue import Catalogue
from habitue.content.model import Action, Asks, Basis, Book, Gives
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Kind, Purpose

ACTION_COLUMNS = (
    *("action_id", "rank", "kind", "purpose", "route_id", "basis", "hour", "from_day", "until_day", "weekdays_mask"),
    *("relation_millicents", "cost_millicents", "use_basis", "use_permille", "factor_permille", "is_asking", "is_giving", "repeat_days"),
    *("after_action_id", "after_days", "because_days", "budget_most", "budget_days", "priority", "is_capped", "is_held"),
)
ACTION_ITEM_COLUMNS = ("action_id", "item_id", "because_item_id")
ROUTE_COLUMNS = ("route_id", "position", "purpose", "channel", "cost_millicents")
MARGIN_COLUMNS = ("department_id", "permille")
MOST_PAIRS = 300_000

Rows = tuple[tuple[int, ...], ...]
Way = tuple[Purpose, tuple[Channel, ...]]


@dataclass(frozen=True)
class BookRows:
    """The rows of the four relations, each in the order of its columns above and sorted by its key."""

    action: Rows
    action_item: Rows
    route: Rows
    margin: Rows


def book_rows(book: Book, catalogue: Catalogue, action_ids: Mapping[str, int]) -> BookRows:
    """The relations `action`, `action_item`, `route` and `margin` of a book.

    `action_ids` maps every action key of the book to its stable integer. Things that the catalogue does not know are left out.
    Raises: BadInput where an action pairs more things than MOST_PAIRS.
    """
    routes = _route_ids(book)
    action_rows = [_action_row(rank, action, routes, action_ids) for rank, action in enumerate(book.actions)]
    item_rows = [row for action in book.actions for row in _item_rows(action, catalogue, action_ids[action.key])]
    return BookRows(tuple(sorted(action_rows)), tuple(sorted(item_rows)), _route_rows(book, routes), _margin_rows(book, catalogue))


def _route_ids(book: Book) -> dict[Way, int]:
    """A number, from 1, for each pair of a purpose and an order of channels, by first appearance in the book."""
    ways = dict.fromkeys((action.purpose, action.channels) for action in book.actions)
    return {way: number for number, way in enumerate(ways, start=1)}


def _route_rows(book: Book, routes: Mapping[Way, int]) -> Rows:
    """Position counts from 1, the preferred channel first."""
    return tuple(
        (number, position, int(purpose), int(channel), book.shop.cost_of(channel))
        for (purpose, channels), number in routes.items()
        for position, channel in enumerate(channels, start=1)
    )


def _action_row(rank: int, action: Action, routes: Mapping[Way, int], ids: Mapping[str, int]) -> tuple[int, ...]:
    when, after, budget = action.when, action.after, action.budget
    row = (
        *(ids[action.key], rank, action.kind, action.purpose, routes[action.purpose, action.channels], action.basis),
        *(when.hour, when.from_day, when.until_day, sum(1 << (weekday - 1) for weekday in when.weekdays)),
        *(action.relation_millicents, action.cost_millicents, action.use_basis, action.use_permille, action.factor_permille),
        *(action.asks != Asks.NOTHING, action.gives != Gives.NOTHING, action.repeat_days),
        *(ids[after.action] if after else 0, after.days if after else 0, action.because_days),
        *(budget.most if budget else 0, budget.days if budget else 0, action.priority),
        *(action.kind != Kind.SERVICE, action.kind == Kind.OFFER),
    )
    return tuple(int(value) for value in row)


def _item_rows(action: Action, catalogue: Catalogue, action_id: int) -> Iterator[tuple[int, int, int]]:
    """One row a type that the action is about, and for `because` one a pair of different types; none where it is about no thing."""
    about = catalogue.types_of(action.about)
    if action.basis == Basis.BECAUSE:
        causes = catalogue.types_of(action.because)
        if len(about) * len(causes) > MOST_PAIRS:
            pairs = f"{len(about):,} × {len(causes):,}"
            raise BadInput(f"The action “{action.key}” pairs {pairs} things; {MOST_PAIRS:,} pairs are allowed. Name fewer in about or because.")
        yield from ((action_id, thing, cause) for thing in about for cause in causes if thing != cause)
    elif action.basis == Basis.NEAR:
        yield from ((action_id, thing, catalogue.category_of(thing)) for thing in about)
    elif action.basis == Basis.HABIT:
        yield from ((action_id, thing, 0) for thing in about)


def _margin_rows(book: Book, catalogue: Catalogue) -> Rows:
    """One row for every department of the catalogue, and one for 0, a department unknown."""
    shop = book.shop
    known = ((item_id, shop.margins_permille.get(key, shop.default_margin_permille)) for key, item_id in catalogue.departments.items())
    return tuple(sorted([(0, shop.default_margin_permille), *known]))
