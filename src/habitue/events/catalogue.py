"""The catalogue: things named at four levels (product, type, category, department), and where each product stands.

Keys: a product has the source's key, a type is "CATEGORY/TYPE", a category and a department have their own names.
Number 0 is "unknown" at every level. A second import brings the catalogue up to date; numbers never change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from habitue.events.attributes import keep_attributes, keep_type_attributes
from habitue.events.lookup import look_up, take_numbers
from habitue.store import Truth, sql_text
from habitue.store.projection import make_anew_from
from habitue.words.vocabulary import Level

UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product as a source tells it; an empty text, and no attributes at all (None), mean that the source does not say."""

    key: str
    type: str = ""
    category: str = ""
    department: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # by language
    attributes: tuple[str, ...] | None = None


def type_key(category: str, type_name: str) -> str:
    """The key of a type: types of one name in two categories are two things."""
    if not type_name:
        return ""
    return f"{category}/{type_name}" if category else type_name


def item_ids(truth: Truth, level: Level, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the items of one level that the catalogue has."""
    return {key: number for number, key in look_up(truth, "events", "items", set(keys), int(level))}


def things_ids(truth: Truth, things: Iterable[tuple[Level, str]]) -> dict[tuple[Level, str], int]:
    """The numbers of things named by level and key; what the catalogue does not have is missing."""
    by_level: dict[Level, set[str]] = defaultdict(set)
    for level, key in things:
        by_level[level].add(key)
    return {(level, key): number for level, keys in by_level.items() for key, number in item_ids(truth, level, keys).items()}


def names_of_things(truth: Truth, things: Mapping[tuple[Level, str], int]) -> dict[tuple[Level, str], tuple[str, ...]]:
    """What these things are called in all languages; `things` are their numbers, as `things_ids` gives them."""
    called: dict[int, list[str]] = defaultdict(list)
    for number, _language, name in look_up(truth, "events", "item_names", set(things.values())):
        called[number].append(name)
    return {thing: tuple(sorted(called[number])) for thing, number in things.items()}


def product_ids(truth: Truth, keys: Iterable[str]) -> dict[str, int]:
    """The number of each product; one that the catalogue does not have yet is put into it, of unknown type. Inside a transaction."""
    wanted = set(keys)
    found = item_ids(truth, Level.PRODUCT, wanted)
    fresh = _put(truth, Level.PRODUCT, dict.fromkeys(sorted(wanted - found.keys()), UNKNOWN))
    truth.run_many(sql_text("events", "set_product"), [(number, UNKNOWN, UNKNOWN, UNKNOWN) for number in fresh.values()])
    return found | fresh


def types_of(truth: Truth, products: Iterable[int]) -> dict[int, int]:
    """The type of each of these products, as the catalogue has it now."""
    return {product: type_id for product, type_id, *_ in look_up(truth, "events", "products", products)}


def keep_products(truth: Truth, rows: Sequence[ProductRow]) -> list[bool]:
    """Brings the catalogue up to date with these rows; says for each whether it told something new. Inside a transaction.

    Where one product stands twice, the last row wins. Where one becomes of another type, so do the lines that hold it.
    """
    departments = _keep_level(truth, Level.DEPARTMENT, {row.department: UNKNOWN for row in rows if row.department})
    parents = {row.category: departments.get(row.department, UNKNOWN) for row in reversed(rows) if row.category}
    categories = _keep_level(truth, Level.CATEGORY, parents, is_moving=False)
    parents = {type_key(row.category, row.type): categories.get(row.category, UNKNOWN) for row in rows if row.type}
    types = _keep_level(truth, Level.TYPE, parents)
    stands = [(types.get(type_key(r.category, r.type), UNKNOWN), categories.get(r.category, UNKNOWN), departments.get(r.department, UNKNOWN)) for r in rows]
    last = {row.key: place for row, place in zip(rows, stands, strict=True)}
    known = item_ids(truth, Level.PRODUCT, last)
    products = _keep_level(truth, Level.PRODUCT, {key: next((n for n in place if n), UNKNOWN) for key, place in last.items()})
    before = {row[0]: row[1:] for row in look_up(truth, "events", "products", products.values())}
    truth.run_many(sql_text("events", "set_product"), [(products[k], *place) for k, place in last.items() if before.get(products[k]) != place])
    _move_lines(truth, [products[k] for k, place in last.items() if products[k] in before and before[products[k]][0] != place[0]])
    told = keep_names(truth, {products[row.key]: row.names for row in rows if row.names})
    told |= keep_attributes(truth, {products[row.key]: row.attributes for row in rows if row.attributes is not None})
    moved = {products[k]: (place[0], before.get(products[k], (UNKNOWN,))[0]) for k, place in last.items()}
    keep_type_attributes(truth, {t for product, types in moved.items() if types[0] != types[1] or product in told for t in types})
    return [r.key not in known or before.get(products[r.key]) != place or products[r.key] in told for r, place in zip(rows, stands, strict=True)]


def keep_names(truth: Truth, names: Mapping[int, Mapping[str, str]]) -> set[int]:
    """Writes plain names by item and language; gives the items whose name is new or another. Inside a transaction."""
    before = {(item, language): name for item, language, name in look_up(truth, "events", "item_names", names)}
    fresh = [(item, language, name) for item, spoken in names.items() for language, name in spoken.items() if name and before.get((item, language)) != name]
    truth.run_many(sql_text("events", "set_item_name"), fresh)
    return {item for item, _language, _name in fresh}


def _move_lines(truth: Truth, products: Sequence[int]) -> None:
    """Lines that hold these products get the type that the products now have, and the projection is made anew; nothing happens where none was sold.

    Whoever writes orders at the same time has done so before, or waits: both take write numbers first.
    """
    if not products:
        return
    seq = truth.next_seq()
    sold = [product for (product,) in look_up(truth, "events", "products_sold", products)]
    if sold:
        look_up(truth, "events", "move_lines", sold)
        make_anew_from(truth, seq)


def _keep_level(truth: Truth, level: Level, parents: Mapping[str, int], is_moving: bool = True) -> dict[str, int]:
    """The numbers of these items, put into the catalogue where they are new, hung elsewhere where their parent changed."""
    rows = {key: (number, parent) for number, key, parent in look_up(truth, "events", "items_whole", parents, int(level))}
    moved = [(parents[key], number) for key, (number, parent) in rows.items() if is_moving and parent != parents[key]]
    if moved:
        first = truth.next_seq(len(moved))
        truth.run_many(sql_text("events", "move_item"), [(parent, first + n, number) for n, (parent, number) in enumerate(moved)])
    fresh = _put(truth, level, {key: parent for key, parent in parents.items() if key not in rows})
    return {key: number for key, (number, _parent) in rows.items()} | fresh


def _put(truth: Truth, level: Level, parents: Mapping[str, int]) -> dict[str, int]:
    if not parents:
        return {}
    first, seq = take_numbers(truth, "item", len(parents)), truth.next_seq(len(parents))
    numbers = {key: first + place for place, key in enumerate(parents)}
    rows = [(numbers[key], int(level), key, parent, seq + place) for place, (key, parent) in enumerate(parents.items())]
    truth.run_many(sql_text("events", "add_item"), rows)
    return numbers
