"""From the values of a file to the columns that an audit takes: local days and hours beside instants, numbers for words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.imports.reading import Values
from habitue.words.vocabulary import Channel, Place

ALWAYS = -1_000_000_000_000
HALF_A_DAY_SECONDS = 43_200
OUTWARDS = frozenset(("out", "outbound", "outgoing", "sent", "agent", "shop", "us", "sortant", "envoyé", "nous", "boutique", "reply", "réponse"))


@dataclass(frozen=True)
class Where:
    """In which zone days and hours are counted, and whether the file tells hours at all."""

    zone: str
    has_hours: bool


def send_columns(values: Values, where: Where) -> pa.Table:
    """The sends. A day without an hour is judged as of its beginning: what she bought on that day may have come after."""
    at = _ints(values, "at", 0)
    day, hour = _local(at, where.zone)
    told = _fields(values, "customer", "campaign", "message", "thing", "subject", "text", "sender", "first_name")
    answered_at, bounced_at = _optional(values, "answered_at"), _optional(values, "bounced_at")
    told |= {
        "line": _lines(values),
        "instant": at if where.has_hours else _array(at.to_numpy() - HALF_A_DAY_SECONDS),
        "day": day,
        "hour": hour if where.has_hours else pa.repeat(pa.scalar(-1, pa.int64()), len(at)),
        "channel": _ints(values, "channel", int(Channel.EMAIL)),
        "kind": _ints(values, "kind", 0),
        "level": _ints(values, "level", 0),
        "answered_at": answered_at,
        "answered_day": _local(answered_at, where.zone)[0],
        "is_answered": _optional(values, "answered") if "answered" in values.fields else pc.if_else(pc.is_valid(answered_at), 1, None),
        "bounced_at": _bounced(values, at, bounced_at),
        "cost_millicents": pc.multiply(_optional(values, "cost"), 1_000),
    }
    if "answered_at" in values.fields and "answered" not in values.fields:
        told["is_answered"] = pc.cast(pc.is_valid(answered_at), pa.int64())
    return pa.table(told)


def line_columns(values: Values, where: Where) -> pa.Table:
    """The order lines; what is given back has a negative quantity, or where none is told a negative amount.

    A purchase without an hour counts as made at the end of its day.
    """
    at, amount = _ints(values, "sold_at", 0), _optional(values, "amount")
    day, hour = _local(at, where.zone)
    one = pc.if_else(pc.less(pc.fill_null(amount, 0), 0), -1_000, 1_000)
    quantity = pc.coalesce(_optional(values, "quantity"), one)
    priced = pc.divide(pc.multiply(_ints(values, "price", 0), quantity), 100_000)
    told = _fields(values, "customer", "product", "name", "type", "category", "department")
    told |= {
        "line": _lines(values),
        "order_key": _text(values, "order"),
        "instant": at if where.has_hours else _array(at.to_numpy() + HALF_A_DAY_SECONDS - 1),
        "day": day,
        "hour": hour,
        "quantity_milli": quantity,
        "amount_cents": pc.coalesce(amount, priced),
        "place": _ints(values, "place", int(Place.SHOP)),
    }
    return pa.table(told)


def catalogue_columns(values: Values, _where: Where) -> pa.Table:
    """The catalogue: what each product is, and of which lists (a leaflet, a coupon) it is part."""
    return pa.table(_fields(values, "product", "name", "type", "category", "department", "part_of", "campaign"))


def preference_columns(values: Values, where: Where) -> pa.Table:
    """What she told us of things; without a date it holds from the beginning."""
    at = _optional(values, "at")
    told = {"customer": _text(values, "customer"), "thing": _text(values, "item"), "line": _lines(values)}
    day = pc.fill_null(_local(at, where.zone)[0], 0)
    return pa.table(told | {"instant": pc.fill_null(at, ALWAYS), "day": day, "level": _ints(values, "level", 0), "feeling": _ints(values, "feeling", 0)})


def message_columns(values: Values, where: Where) -> pa.Table:
    """What she wrote and what was answered."""
    at = _ints(values, "at", 0)
    is_ours = [int(str(word or "").casefold().strip() in OUTWARDS) for word in _text(values, "direction").to_pylist()]
    told = {"customer": _text(values, "customer"), "thread": _text(values, "thread"), "line": _lines(values), "instant": at, "day": _local(at, where.zone)[0]}
    return pa.table(told | {"kind": _ints(values, "kind", 0), "state": _ints(values, "state", 0), "is_ours": pa.array(is_ours, pa.int64())})


def consent_columns(values: Values, _where: Where) -> pa.Table:
    """Her decisions. A yes without a date holds from the beginning; a no without one says nothing of the past, and is left out."""
    at, granted = _optional(values, "at"), _ints(values, "granted", 1)
    told = {"customer": _text(values, "customer"), "line": _lines(values), "instant": pc.fill_null(at, ALWAYS), "is_granted": granted}
    table = pa.table(told | {"purpose": _ints(values, "purpose", 0), "channel": _ints(values, "channel", 0)})
    return table.filter(pc.or_(pc.is_valid(at), pc.equal(granted, 1)))


def stock_columns(values: Values, _where: Where) -> pa.Table:
    """Counts of stock."""
    told = {"thing": _text(values, "item"), "line": _lines(values), "instant": _ints(values, "at", 0)}
    return pa.table(told | {"level": _ints(values, "level", 0), "units": _ints(values, "units", 0)})


COLUMNS: dict[str, tuple[str, Callable[[Values, Where], pa.Table]]] = {
    "sends": ("send", send_columns),
    "orders": ("line", line_columns),
    "catalogue": ("catalogue", catalogue_columns),
    "preferences": ("preference", preference_columns),
    "messages": ("message", message_columns),
    "consents": ("consent", consent_columns),
    "stock": ("stock", stock_columns),
}
"""By kind of file: what an audit calls its rows, and who makes their columns."""


def _bounced(values: Values, at: pa.Array, bounced_at: pa.Array) -> pa.Array:
    """When a message came back; where only the fact is told, a second after it left."""
    is_bounced = _optional(values, "bounced")
    return pc.coalesce(bounced_at, pc.if_else(pc.equal(pc.fill_null(is_bounced, 0), 1), pc.add(at, 1), pa.scalar(None, pa.int64())))


def _fields(values: Values, *names: str) -> dict[str, pa.Array]:
    return {name: _text(values, name) for name in names if name in values.fields}


def _text(values: Values, name: str) -> pa.Array:
    return values.fields[name].cast(pa.string()) if name in values.fields else pa.nulls(len(values.lines), pa.string())


def _ints(values: Values, name: str, default: int) -> pa.Array:
    return values.column(name, default).cast(pa.int64())


def _optional(values: Values, name: str) -> pa.Array:
    return values.fields[name].cast(pa.int64()) if name in values.fields else pa.nulls(len(values.lines), pa.int64())


def _lines(values: Values) -> pa.Array:
    return _array(values.lines)


def _array(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers, pa.int64())


def _local(at: pa.Array, zone: str) -> tuple[pa.Array, pa.Array]:
    """The local day numbers and hours of instants in a zone."""
    local = pc.local_timestamp(at.cast(pa.timestamp("s", zone))).cast(pa.int64())
    seconds = local.to_numpy(zero_copy_only=False)
    is_told = at.is_valid()
    day = np.floor_divide(np.nan_to_num(seconds), 86_400).astype(np.int64)
    hour = np.floor_divide(np.mod(np.nan_to_num(seconds), 86_400), 3_600).astype(np.int64)
    return pc.if_else(is_told, _array(day), None), pc.if_else(is_told, _array(hour), None)
