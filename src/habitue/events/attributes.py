"""What products are like (organic, without sugar), and the types all of whose products are like that: judgement speaks of types.

An attribute is known by its one spelling. A type has it once every one of its products has: a word about veal stays possible where some of it is not organic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from habitue.events.lookup import look_up, numbered
from habitue.store import Truth, sql_text


def attribute_ids(truth: Truth, keys: Iterable[str]) -> dict[str, int]:
    """The number of each attribute, given on first sight; inside a transaction that holds the right to write."""
    wanted = sorted(set(keys))
    found = {key: number for number, key in look_up(truth, "events", "attributes", wanted)}
    fresh = numbered(truth, "attribute", [key for key in wanted if key not in found])
    truth.run_many(sql_text("events", "add_attribute"), [(number, key) for key, number in fresh.items()])
    return found | fresh


def keep_attributes(truth: Truth, told: Mapping[int, Iterable[str]]) -> set[int]:
    """Replaces what these products are like, by product; gives those of which something new was told. Inside a transaction."""
    numbers = attribute_ids(truth, {key for keys in told.values() for key in keys})
    wanted = {(product, numbers[key]) for product, keys in told.items() for key in keys}
    before = set(look_up(truth, "events", "product_attributes", told))
    truth.run_many(sql_text("events", "drop_product_attribute"), sorted(before - wanted))
    truth.run_many(sql_text("events", "add_product_attribute"), sorted(wanted - before))
    return {product for product, _attribute in before ^ wanted}


def keep_type_attributes(truth: Truth, types: Iterable[int]) -> None:
    """Works out anew what these types are like as a whole, from the products that they hold now. Inside a transaction."""
    touched = sorted(set(types) - {0})
    had = look_up(truth, "events", "thing_attributes", touched)
    has = look_up(truth, "events", "types_alike", touched)
    truth.run_many(sql_text("events", "drop_thing_attribute"), sorted(set(had) - set(has)))
    truth.run_many(sql_text("events", "add_thing_attribute"), sorted(set(has) - set(had)))
