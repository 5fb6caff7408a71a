"""How many units of a thing there are: written by Stock Counted, read by the guard out_of_stock."""

from __future__ import annotations

from collections.abc import Sequence

from habitue.events.catalogue import things_ids
from habitue.events.model import Recorded, StockCounted
from habitue.store import Truth, sql_text


def write_counted(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps what was counted; inside the transaction that recorded it."""
    counted = [(record, record.what.event) for record in recorded if isinstance(record.what.event, StockCounted)]
    items = things_ids(truth, {(event.level, event.item_key) for _, event in counted})
    rows = [(items[event.level, event.item_key], record.what.known_at, record.seq, event.units) for record, event in counted]
    truth.run_many(sql_text("events", "add_stock"), rows)
