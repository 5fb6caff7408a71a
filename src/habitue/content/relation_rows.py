"""Turns a book into what judgement reads: the rows of the book's base relations, and its audiences as one condition.

Units: millicents are thousandths of a cent; days are day numbers. Columns and their order are `habitue.store.bases.BOOK`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from habitue.content.audience import parse_whom
from habitue.content.catalogue import Catalogue
from habitue.content.columns import TOLD
from habitue.content.model import Action, Asks, Basis, Book, Shop
from habitue.store.bases import BOOK
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Kind, Level, Purpose

MOST_PAIRS = 300_000
NEVER_HOUR = 24  # no hour of the day reaches it

Rows = list[tuple[int, ...]]
Way = tuple[Purpose, tuple[Channel, ...]]


def book_rows(book: Book, catalogue: Catalogue, action_ids: Mapping[str, int], control_permille: int = 0) -> dict[str, Rows]:
    """The rows of every relation of the book, by its name, each sorted.

    `action_ids` maps every action key of the book to its stable integer; `control_permille` is the share of the control group (0: off).
    Things that the catalogue does not know are left out. Raises: BadInput where an action pairs more things than MOST_PAIRS.
    """
    routes = _route_ids(book)
    ids = dict(action_ids)
    return {
        "action": sorted(_action_row(rank, action, routes, ids) for rank, action in enumerate(book.actions)),
        "action_item": sorted(row for action in book.actions if action.basis != Basis.NEAR for row in _item_rows(action, catalogue, ids[action.key])),
        "near_item": sorted(row for action in book.actions if action.basis == Basis.NEAR for row in _item_rows(action, catalogue, ids[action.key])),
        "offer_category": sorted(_offer_rows(book, catalogue, ids)),
        "action_weekday": sorted((ids[action.key], weekday) for action in book.actions for weekday in action.when.weekdays),
        "route": _route_rows(book, routes),
        "thing": _thing_rows(book.shop, catalogue),
        "terms": [_terms_row(book.shop, control_permille)],
    }


def whom_case(book: Book, action_ids: Mapping[str, int], table: str = "c") -> exp.Expression:
    """Every action's audience as one CASE over `action_id`, false for any other; each column stands behind `table`.

    Actions with the same audience share a branch.
    """
    numbers: dict[str, list[int]] = {}
    for action in book.actions:
        numbers.setdefault(action.whom, []).append(action_ids[action.key])
    case = exp.Case(default=exp.false())
    for whom, those in numbers.items():
        condition = parse_whom(whom)
        for column in condition.find_all(exp.Column):
            column.set("table", exp.to_identifier(table))
        case = case.when(exp.column("action_id", table).isin(*sorted(those)), condition, copy=False)
    return case if numbers else exp.false()


def _route_ids(book: Book) -> dict[Way, int]:
    """A number, from 1, for each pair of a purpose and an order of channels, by first appearance in the book."""
    ways = dict.fromkeys((action.purpose, action.channels) for action in book.actions)
    return {way: number for number, way in enumerate(ways, start=1)}


def _route_rows(book: Book, routes: Mapping[Way, int]) -> Rows:
    """Places count from 1, the preferred channel first."""
    return [
        (number, place, int(purpose), int(channel), book.shop.cost_of(channel))
        for (purpose, channels), number in routes.items()
        for place, channel in enumerate(channels, start=1)
    ]


def _action_row(rank: int, action: Action, routes: Mapping[Way, int], ids: Mapping[str, int]) -> tuple[int, ...]:
    after, budget = action.after, action.budget
    row: dict[str, int] = {
        "action_id": ids[action.key],
        "rank": rank,
        "kind": action.kind,
        "purpose": action.purpose,
        "route_id": routes[action.purpose, action.channels],
        "basis": action.basis,
        "hour": action.when.hour,
        "from_day": action.when.from_day,
        "until_day": action.when.until_day,
        "relation_millicents": action.relation_millicents,
        "cost_millicents": action.cost_millicents,
        "use_basis": action.use_basis,
        "use_permille": action.use_permille,
        "factor_permille": action.factor_permille,
        "is_asking": action.asks != Asks.NOTHING,
        "repeat_days": action.repeat_days,
        "after_action_id": ids[after.action] if after else 0,
        "after_days": after.days if after else 0,
        "because_days": action.because_days,
        "budget_most": budget.most if budget else 0,
        "budget_days": budget.days if budget else 0,
        "priority": action.priority,
        "is_capped": action.kind != Kind.SERVICE,
        "is_held": action.kind == Kind.OFFER,
        "is_reckoned": is_reckoned(action),
    }
    return tuple(int(row[column]) for column in BOOK["action"])


def is_reckoned(action: Action) -> bool:
    """Whether it rests on what is reckoned from what she does: on things that she buys, or on an audience by her baskets. A service message never does.

    Source: Regulation (EU) 2016/679, articles 4(4) and 21(1).
    """
    asked = {column.name for column in parse_whom(action.whom).find_all(exp.Column)}
    return action.kind != Kind.SERVICE and (action.basis != Basis.CUSTOMER or not asked <= TOLD)


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
    elif action.basis in (Basis.HABIT, Basis.RETURNED):
        yield from ((action_id, thing, 0) for thing in about)


def _offer_rows(book: Book, catalogue: Catalogue, ids: Mapping[str, int]) -> set[tuple[int, int]]:
    """One row an offer and category from which its things come."""
    offers = [action for action in book.actions if action.kind == Kind.OFFER and action.basis in (Basis.HABIT, Basis.NEAR)]
    return {(ids[action.key], catalogue.category_of(thing)) for action in offers for thing in catalogue.types_of(action.about)}


def _thing_rows(shop: Shop, catalogue: Catalogue) -> Rows:
    """Every type with its category, its department, and what is kept of its price."""
    by_department = {item_id: shop.margins_permille.get(key, shop.default_margin_permille) for key, item_id in catalogue.keys_of(Level.DEPARTMENT).items()}
    above = ((type_id, catalogue.category_of(type_id), catalogue.department_of(type_id)) for type_id in catalogue.types)
    return [(*places, by_department.get(places[-1], shop.default_margin_permille)) for places in above]


def _terms_row(shop: Shop, control_permille: int) -> tuple[int, ...]:
    """Quiet hours always reach over midnight: from an hour (24 where the evening is free) to the end, and from the start until an hour."""
    is_evening_free = shop.quiet_from <= shop.quiet_until
    row = {
        "week_cap": shop.week_cap,
        "month_cap": shop.month_cap,
        "attention_millicents": shop.attention_millicents,
        "floor_use_permille": shop.floor_use_permille,
        "quiet_from_hour": NEVER_HOUR if is_evening_free else shop.quiet_from,
        "quiet_until_hour": 0 if shop.quiet_from == shop.quiet_until else shop.quiet_until,
        "control_permille": control_permille,
    }
    return tuple(row[column] for column in BOOK["terms"])
