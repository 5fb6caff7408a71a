"""What products are like (organic, without sugar), and the types all of whose products are like that: judgement speaks of types.

An attribute is known by a number made of its one spelling; the spelling is kept nowhere, since it may be somebody's own words. A type has it once every one
of its products has: a word about veal stays possible where some of it is not organic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.words.keys import positive_number


def attribute_id(key: str) -> int:
    """The number of an attribute, the same in every house."""
    return positive_number("attribute", key)


def keep_attributes(truth: Truth, told: Mapping[int, Iterable[str]]) -> set[int]:
    """Replaces what these products are like, by product; gives those of which something new was told. Inside a transaction."""
    wanted = {(product, attribute_id(key)) for product, keys in told.items() for key in keys}
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
