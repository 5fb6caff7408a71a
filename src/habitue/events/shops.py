"""The shops by their keys, each with its zone; the empty key is the brand itself (its site, its telephone, its only shop)."""

from __future__ import annotations

from collections.abc import Iterable

from habitue.events.lookup import look_up, numbered
from habitue.store import Truth, sql_text


def shop_zones(truth: Truth, keys: Iterable[str]) -> dict[str, str]:
    """The zone of each shop that is known."""
    return {key: zone for _number, key, zone in look_up(truth, "events", "shops", set(keys))}


def shop_ids(truth: Truth, keys: Iterable[str], zone: str) -> dict[str, int]:
    """The number of each shop; one that was never seen is written with this zone and its key for a name. Inside a transaction."""
    wanted = sorted(set(keys))
    found = {key: number for number, key, _zone in look_up(truth, "events", "shops", wanted)}
    fresh = numbered(truth, "shop", [key for key in wanted if key not in found])
    truth.run_many(sql_text("events", "add_shop"), [(number, key, key, zone) for key, number in fresh.items()])
    return found | fresh
