"""How a file writes what its columns tell: its dates, decimals, zones, hours and currency, found out from its cells."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.imports.kinds import KINDS
from habitue.app.imports.mapping import Mapping
from habitue.app.understanding.dates import DateOrder, Dates, DecimalSign, hours_of, unix_of
from habitue.app.understanding.guess import ROWS_LOOKED_AT, Sample
from habitue.app.understanding.layouts_cells import dates
from habitue.app.understanding.layouts_file import MendedFile, listed
from habitue.app.understanding.layouts_texts import is_text
from habitue.app.understanding.layouts_words import plain
from habitue.app.understanding.remarks import Remark
from habitue.app.understanding.values import is_currency_sign
from habitue.events.files import open_table
from habitue.events.tables import Batch
from habitue.words.clock import zone
from habitue.words.errors import BadInput

TIMES = ("instant", "day", "birthday")
NUMBERS = ("money", "price", "quantity", "units")
SEPARATORS = (";", "|")
OFTEN = 0.1
ZONE_COLUMNS = ("time zone", "timezone", "tz", "fuseau horaire", "fuseau")
ZONES = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver", "pacific": "America/Los_Angeles", "arizona": "America/Phoenix",
    "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu", "atlantic": "America/Halifax", "london": "Europe/London", "dublin": "Europe/Dublin",
    "paris": "Europe/Paris", "madrid": "Europe/Madrid", "sydney": "Australia/Sydney", "melbourne": "Australia/Melbourne", "tokyo": "Asia/Tokyo", "utc": "UTC",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the reader says at the command line; empty where nothing."""

    dates: Literal["", "day-first", "month-first"] = ""
    decimals: Literal["", "point", "comma"] = ""
    zone: str = ""


@dataclass
class Seen:
    """A file's mapping made complete, the first cells of each field, and what is to be said of them."""

    mapping: Mapping
    cells: dict[str, pa.Array] = field(default_factory=dict)
    has_hours: bool = True
    notes: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)


def forms_of(path: Path, mapping: Mapping, asked: Asked, sample: Sample, zone_name: str, currency: str) -> Seen:
    """Looks at the file's cells, at all of them where the first do not settle it; `zone_name` and `currency` are the house's.

    Raises: BadInput where dates or numbers may be two things, or where the zone is none.
    """
    seen = Seen(mapping)
    _take_zone(seen, asked, sample, zone_name)
    seen.cells = _settle(path, seen, asked)
    _take_hours(seen)
    _take_currency(seen, currency)
    _take_lists(seen)
    _say(seen)
    return seen


def _settle(path: Path, seen: Seen, asked: Asked) -> dict[str, pa.Array]:
    """The order of day and month and the decimal sign; gives the first cells of each field."""
    forms, told = seen.mapping.forms, {one.name: one.form for one in seen.mapping.fields}
    columns = {name: column for name, column in seen.mapping.columns.items() if told[name] in (*TIMES, *NUMBERS)}
    times = [name for name in columns if told[name] in TIMES]
    order, sign = DateOrder(), DecimalSign()

    def look(batch: Batch) -> None:
        for name, column in columns.items():
            (order if name in times else sign).look(column, batch.columns[name])

    first = _first(path, seen.mapping)
    look(first)
    unix = unix_of(text for name in times for text in _texts(first.columns[name]))
    said_dates: Dates = unix or asked.dates or forms.dates
    said_decimals = asked.decimals or forms.decimals
    if (said_dates == "iso" and order.is_turned) or (said_decimals == "auto" and sign.is_open):
        with closing(MendedFile(open_table(path, seen.mapping.sheet), seen.mapping, path.name)) as table:
            for batch in table.rows(list(columns)):
                look(batch)
    forms = msgspec.structs.replace(
        forms,
        dates=order.settled(path.name) if said_dates == "iso" else said_dates,
        decimals=sign.settled(path.name) if said_decimals == "auto" else said_decimals,
    )
    seen.mapping = msgspec.structs.replace(seen.mapping, forms=forms)
    return first.columns


def _first(path: Path, mapping: Mapping) -> Batch:
    """The first rows that are of this kind, by field, as they are written. Raises: BadInput where there are none."""
    with closing(MendedFile(open_table(path, mapping.sheet), mapping, path.name)) as table:
        for batch in table.rows(list(mapping.columns)):
            if len(batch.lines):
                return batch
    words = [word for (_, word), _ in table.left_out.most_common(3)]
    column = next(iter((*mapping.only, *mapping.leave_out)), "")
    raise BadInput(
        f"No row of {path.name} counts: “{column}” says {listed(words)}. Where one of these is right, "
        f'say so in a mapping file: [{mapping.kind}.{"only" if mapping.only else "leave_out"}] "{column}" = […].'
    )


def _texts(cells: pa.Array) -> list[str]:
    return cells.drop_null()[:ROWS_LOOKED_AT].to_pylist() if is_text(cells) else []


def _take_zone(seen: Seen, asked: Asked, sample: Sample, zone_name: str) -> None:
    """The zone of times that name none: what was asked, what the mapping says, what a column of zones says, the house's."""
    mapping = seen.mapping
    column = next((name for name in sample.looks if plain(name) in ZONE_COLUMNS), "")
    words = sample.looks[column].words if column else ()
    named = {ZONES.get(plain(word).split()[0], word) if plain(word) else "" for word in words}
    times_in = mapping.forms.times_in
    if not (asked.zone or mapping.zone or times_in) and len(named) == 1 and (only := named.pop()) in available_timezones():
        times_in = only
    elif len(words) > 1:
        seen.doubts.append(Remark("zones_many", {"column": column, "words": listed(words[:3]), "zone": asked.zone or times_in or mapping.zone or zone_name}))
    chosen = asked.zone or mapping.zone or zone_name
    zone(chosen)
    seen.mapping = msgspec.structs.replace(mapping, zone=chosen, forms=msgspec.structs.replace(mapping.forms, times_in=times_in))


def _take_hours(seen: Seen) -> None:
    """Whether the file's main times tell the hour, and whose hours they are."""
    mapping = seen.mapping
    name = next((one.name for one in mapping.fields if one.form == "instant" and one.name in mapping.columns), "")
    if not name or not len(seen.cells[name].drop_null()):
        return
    where = mapping.forms.times_in or mapping.zone
    if mapping.forms.dates in ("unix", "unix-milliseconds"):
        seen.notes.append(Remark("unix"))
        return
    seen.has_hours, own, bare = hours_of(dates(seen.cells[name]))
    if not seen.has_hours:
        seen.mapping = msgspec.structs.replace(mapping, forms=msgspec.structs.replace(mapping.forms, days=(name,)))
        seen.notes.append(Remark("noon" if mapping.kinds is KINDS else "no_hours", {"field": name}))
    elif own and bare:
        seen.doubts.append(Remark("zones_mixed", {"own": own, "total": own + bare, "zone": where}))
    else:
        seen.notes.append(Remark("zones_own") if own else Remark("zone_taken", {"zone": where}))


def _take_currency(seen: Seen, currency: str) -> None:
    """The currency that the mapping, a column, or the sums themselves name; the house's where none does."""
    mapping, cells = seen.mapping, seen.cells
    signs = {sign for name in ("amount", "price", "cost") if name in cells and (sign := is_currency_sign(cells[name]))}
    named = Counter(text.strip().upper() for text in _texts(cells["currency"])) if "currency" in cells else Counter[str]()
    found = mapping.currency or (named.most_common(1)[0][0] if named else "") or (signs.pop() if len(signs) == 1 else "")
    if len(named) > 1:
        seen.doubts.append(Remark("currencies", {"words": listed(list(named)[:5]), "currency": found}))
    elif found:
        seen.notes.append(Remark("currency", {"currency": found}))
    seen.mapping = msgspec.structs.replace(mapping, currency=found or currency)


def _take_lists(seen: Seen) -> None:
    """Whether a cell names several things, with a sign between them."""
    if "thing" not in seen.cells or seen.mapping.split or not is_text(cells := seen.cells["thing"].drop_null()) or not len(cells):
        return
    for sign in SEPARATORS:
        if (pc.sum(pc.match_substring(cells, sign)).as_py() or 0) >= OFTEN * len(cells):
            seen.mapping = msgspec.structs.replace(seen.mapping, split={"thing": sign})
            seen.notes.append(Remark("split", {"field": "thing"}))
            return


def _say(seen: Seen) -> None:
    mapping, forms = seen.mapping, seen.mapping.forms
    seen.notes += [Remark(name) for name in ("day_first", "month_first") if forms.dates == name.replace("_", "-")]
    seen.notes += [Remark("comma")] if forms.decimals == "comma" else []
    seen.notes += [Remark("continued")] if mapping.is_continued else []
    seen.notes += [Remark("items")] if mapping.items else []
    if mapping.kind == "sends" and "channel" not in {*mapping.columns, *mapping.fixed}:
        seen.notes.append(Remark("channel_taken"))
    if mapping.kind == "consents" and "granted" not in mapping.columns:
        seen.notes.append(Remark("none_agreed" if mapping.fixed.get("granted") == "no" else "all_agreed"))
    if (cells := seen.cells.get("customer")) is not None and cells.null_count:
        seen.doubts.append(Remark("nobody", {"percent": max(1, round(100 * cells.null_count / len(cells)))}))
