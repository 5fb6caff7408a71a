"""On which days she was there herself, on the site or in the app, or something else told of her: that is kept, however long ago what told it has gone."""

from __future__ import annotations

from collections.abc import Iterable

from habitue.events.model import Recorded
from habitue.store import Truth, sql_text

PERIOD_DAYS = 30


def write_seen(truth: Truth, signs: Iterable[tuple[Recorded, bool]]) -> None:
    """Keeps one day of each thirty, the first that we hear of, of visits (true) and of whatever else tells of her; inside the transaction that recorded them.

    One statement, however many there are.
    """
    rows: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for record, is_visit in signs:
        what = record.what
        rows.setdefault((what.profile_id, what.day // PERIOD_DAYS, int(is_visit)), (what.known_at, record.seq, what.day))
    truth.run_many(sql_text("events", "add_seen"), [(*key, *row) for key, row in rows.items()])


def known_for_hers(truth: Truth, devices: Iterable[tuple[int, int, int]]) -> None:
    """From now on what tells of these devices is somebody's: known since now, on the days on which they were.

    Shape: each with the write number, the instant (UTC seconds) and the profile. Whoever reads what was new after a write number finds them.
    """
    truth.run_many(sql_text("events", "move_seen"), devices)
