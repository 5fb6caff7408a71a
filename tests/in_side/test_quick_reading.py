"""Values read a column at once are those that the readers give one by one, and so are the reasons, whatever a column holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habitue.app.imports import reading as import_reading
from habitue.app.imports.kinds import Form
from habitue.app.imports.quick import take_plain
from habitue.app.imports.reading import readers, values_of
from habitue.app.imports.values import Manner
from habitue.words.errors import BadInput

READERS = readers("EUR")
NUMBERS: tuple[Form, ...] = ("quantity", "money", "price", "units")
LATEST = 1_600_000_000
ZONES = ("Europe/Paris", "UTC", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
KINDS_OF_TEXT = (pa.string(), pa.large_string())


def _manner(**changes: Any) -> Manner:
    return Manner(**{"zone": "Europe/Paris", "times_in": "Europe/Paris", "latest": LATEST, **changes})


def _one_by_one(column: pa.Array, form: Form, manner: Manner) -> tuple[list[Any], dict[int, str]]:
    values: list[Any] = []
    reasons: dict[int, str] = {}
    for row, raw in enumerate(import_reading._plain(column).to_pylist()):
        try:
            values.append(None if raw is None or raw != raw else READERS[form](raw, manner))
        except BadInput as wrong:
            values.append(None)
            reasons[row] = str(wrong)
    return values, reasons


def _agree(column: pa.Array, form: Form, manner: Manner) -> None:
    """The column as it is, and as a part of larger ones, agrees with its readers."""
    behind_another = pa.concat_arrays([pa.nulls(1, column.type), column]).slice(1)
    for part in (column, column.slice(1), column.slice(0, max(0, len(column) - 1)), column.slice(len(column)), behind_another):
        values, reasons = values_of(part, form, READERS[form], manner)
        assert (values.to_pylist(), reasons) == _one_by_one(part, form, manner)
        assert values.type == import_reading.kind_of(form)


def _texts(one: st.SearchStrategy[str]) -> st.SearchStrategy[pa.Array]:
    odd = st.sampled_from(["", " ", "-", ".", "é", "\x00", "x" * 201, "x" * 2_001, "nan", "inf", "1e5", "-0", "٣"])
    rows = st.lists(st.one_of(one, one, one, odd, st.none(), st.text(max_size=5)), max_size=8)
    return st.builds(pa.array, rows, st.sampled_from(KINDS_OF_TEXT))


def _kind(column: pa.Array) -> str:
    return str(column.type)


def _between(first: str, last: str) -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last))


def _broken(text: str, place: int, sign: str) -> str:
    return text[:place] + sign + text[place + 1 :]


@given(_texts(st.text(st.sampled_from("ab1 ~\x7f\x1f\t\u00a0é"), max_size=6)), st.sampled_from(["key", "text"]))
def test_keys_and_texts_are_the_same_quickly(column: pa.Array, form: Form) -> None:
    _agree(column, form, _manner())


WRITTEN_NUMBERS = st.one_of(
    st.decimals(-(10**10), 10**10, places=2).map(str),
    st.from_regex(r"-?[0-9]{0,11}([.,][0-9]{0,6})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(,[0-9]{3}){1,2}(\.[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,4}[.,][0-9]{1,4}50{0,3}1?", fullmatch=True),
    st.floats(-1e10, 1e10).map(repr),
    st.text(st.sampled_from("0159.,-+( )€"), max_size=12),
)


@given(_texts(WRITTEN_NUMBERS), st.sampled_from(NUMBERS), st.sampled_from(["auto", "point", "comma"]))
def test_numbers_in_texts_are_the_same_quickly(column: pa.Array, form: Form, decimals: str) -> None:
    _agree(column, form, _manner(decimals=decimals))


HALVES = st.integers(-(10**7), 10**7).map(lambda number: (number + 0.5) / 100)
FLOATS = st.lists(st.one_of(st.none(), st.floats(), st.floats(-1e10, 1e10), st.integers(-(10**16), 10**16).map(float), HALVES), max_size=8)


@given(
    st.one_of(
        FLOATS.map(lambda rows: pa.array(rows, pa.float64())),
        st.lists(st.floats(width=32), max_size=8).map(lambda rows: pa.array(rows, pa.float32())),
        st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.integers(-(10**9), 10**9)), max_size=8).map(lambda rows: pa.array(rows, pa.int64())),
        st.lists(st.integers(0, 2**64 - 1), max_size=8).map(lambda rows: pa.array(rows, pa.uint64())),
        st.lists(st.decimals(-(10**11), 10**11, places=3), max_size=8).map(lambda rows: pa.array(rows, pa.decimal128(15, 3))),
        st.lists(st.decimals(0, 99, places=20), max_size=8).map(lambda rows: pa.array(rows, pa.decimal128(24, 20))),
        st.lists(st.booleans(), max_size=8).map(pa.array),
    ),
    st.sampled_from([*NUMBERS, "key", "text"]),
)
def test_numbers_that_are_numbers_are_the_same_quickly(column: pa.Array, form: Form) -> None:
    _agree(column, form, _manner())


SHAPES = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%d/%m/%Y", "%m-%d-%Y", "%d.%m.%Y %H:%M", "%m/%d/%YT%H:%M:%S")
# Around the first and last instants believed, and around the days on which clocks change, where hours are missing or come twice.
DAYS = st.one_of(
    _between("1989-12-30", "1990-01-03"),
    _between("2020-09-12", "2020-09-15"),
    _between("1985-01-01", "2021-01-01"),
    st.sampled_from(["2017-03-26", "2017-10-29", "2006-10-29", "2017-10-15", "2018-02-17", "2017-04-02", "2011-12-29", "2011-12-30"]).flatmap(
        lambda day: st.integers(0, 1440).map(lambda minute: datetime.fromisoformat(day) + timedelta(minutes=minute))
    ),
)
WHOLE = st.builds(
    lambda at, shape, zone: at.strftime(shape) + (zone if "%H" in shape else ""),
    DAYS,
    st.sampled_from(SHAPES),
    st.sampled_from(["", "", "Z", "+01:00", "-12:30", "+24:00", "+0100"]),
)
WRITTEN_DATES = st.one_of(
    WHOLE,
    WHOLE,
    st.builds(_broken, WHOLE, st.integers(0, 24), st.sampled_from(list("0369-:T /+Zé"))),
    st.from_regex(r"(19|20|00)[0-9]{2}-[01][0-9]-[0-3][0-9]( [0-2][0-9]:[0-7][0-9](:[0-7][0-9])?)?", fullmatch=True),
)
MANNERS = st.builds(
    lambda zone, times_in, dates, is_day: _manner(zone=zone, times_in=times_in, dates=dates, is_day=is_day),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
    st.sampled_from(["iso", "day-first", "month-first", "unix"]),
    st.booleans(),
)


@settings(max_examples=300)
@given(_texts(WRITTEN_DATES), MANNERS)
def test_dates_in_texts_are_the_same_quickly(column: pa.Array, manner: Manner) -> None:
    _agree(column, "instant", manner)


@given(
    st.lists(st.one_of(st.none(), DAYS), max_size=8),
    st.sampled_from([pa.timestamp("s"), pa.timestamp("us"), pa.timestamp("ms", "UTC"), pa.timestamp("us", "Europe/Paris"), pa.date32(), pa.date64()]),
    MANNERS,
)
def test_timestamps_are_the_same_quickly(rows: list[datetime | None], kind: pa.DataType, manner: Manner) -> None:
    aware = [row and row.replace(tzinfo=UTC) for row in rows] if getattr(kind, "tz", None) else rows
    _agree(pa.array(aware, kind), "instant", manner)


DATES = [
    "2017-03-26T02:30:00", "2017-10-29 02:30", "2017-10-29", "2017-02-29", "2017-13-01", "2017-00-10", "2017-01-00", "2017-01-32", "2017-0:-04",
    "2017-03-04T24:00", "2017-03-04 18:60", "2017-03-04 18:05:60", "2017-03-04T18:05+24:00", "2017-03-04T18:05+01:60", "2017-03-04T18:05-03:30",
    "2017-03-04T18:05:00.999999Z", "1989-12-31T23:59:59Z", "1990-01-01T00:00:00Z", "2020-09-13T12:26:40Z", "2020-09-13T12:26:41Z", "2300-07-01 12:00",
    "04/03/2017", "04/13/2017", "13.04.2017 18:05", "04:03/2017", "04/03/2017+18:05", "0000-01-01", " 2017-03-04", "2017_03_04",
]  # fmt: skip
STAMPS = [
    pa.array([0, 2**33, 1_500_000_000], pa.timestamp("s")),
    pa.array([1_500_000_000], pa.timestamp("s", "Asia/Tokyo")),
    pa.array([1_234], pa.timestamp("ms")),
]
NUMERALS = [
    "1,234", "12,345.00", "1234,565", "12,5", "12,50", "-,5", ".", ",", "-", "-.5", "5.", ".5", "+5", "1.5-", "1:2", "1/2", "1-2", "1.2.3",
    "1015", "1.015", "1.005", "-0.015",
    "2.0", "2.5", "-5", "2.00000000000000000001", "0." + "0" * 37 + "5", "0." + "0" * 38 + "5", "9" * 41, "999999999.99", "1000000000", "-1000000000",
    "1.5-", "",
]  # fmt: skip
FLOATING = [900.0, -0.0, 0.5, 1.015, -1.005, 2.5e-5, 999999999.0, 1e9, -1e9, 1e15, -1e15, 1e300, float("inf"), float("nan"), None]
EXACT = [Decimal("1.00000000000000000001"), Decimal("1.01500000000000000001"), Decimal(2)]


@pytest.mark.parametrize("manner", [_manner(decimals=sign) for sign in ("auto", "point", "comma")], ids=lambda manner: manner.decimals)
@pytest.mark.parametrize("form", [*NUMBERS, "key", "text"])
@pytest.mark.parametrize("column", [pa.array(NUMERALS), pa.array(FLOATING), pa.array(EXACT, pa.decimal128(24, 20)), pa.array([0, -1, 10**9, None])], ids=_kind)
def test_numbers_at_the_edges_are_the_same_quickly(column: pa.Array, form: Form, manner: Manner) -> None:
    _agree(column, form, manner)


@pytest.mark.parametrize("column", [pa.array(DATES), *STAMPS], ids=_kind)
@pytest.mark.parametrize("dates", ["iso", "day-first", "month-first", "unix"])
@pytest.mark.parametrize("changes", [{}, {"is_day": True}, {"times_in": "UTC"}, {"latest": 2**40}], ids=str)
def test_dates_at_the_edges_are_the_same_quickly(column: pa.Array, dates: str, changes: dict[str, Any]) -> None:
    _agree(column, "instant", _manner(dates=dates, **changes))


@pytest.mark.parametrize("form", ["key", "text"])
def test_texts_at_the_edges_are_the_same_quickly(form: Form) -> None:
    _agree(pa.array(["x" * 200, "x" * 201, "y" * 2_000, "y" * 2_001, "", "b ", " b", "~", "\x7f", "\x1f", "a\tb", "é"]), form, _manner())


def test_bytes_under_a_null_are_no_value() -> None:
    whole = pa.array(["2017-03-04"] * 3)
    column = pa.Array.from_buffers(whole.type, 3, [pa.py_buffer(b"\x02"), *whole.buffers()[1:]])
    assert column.null_count == 2
    _agree(column, "instant", _manner())


@pytest.mark.parametrize(
    ("column", "form"),
    [
        (pa.array(["900", "a b", "", None]), "key"),
        (pa.array([900, None]), "key"),
        (pa.array([900.0, None, float("nan")]), "key"),
        (pa.array(["veal", "12, rue Haute"]), "text"),
        (pa.array(["12.5", "-3", "12,50", "0.125", "1.23456"]), "price"),
        (pa.array([12.5, None, 3.25]), "money"),
        (pa.array([Decimal("12.50")]), "money"),
        (pa.array(["3", "0"]), "units"),
        (pa.array(["2017-03-04", "2017-03-04T18:05:00Z", "2017-03-04 18:05", "2017-03-04T18:05:00.250+01:00", "04/03/2017", "04/03/2017 18:05"]), "instant"),
        (pa.array([1_488_650_700, None], pa.timestamp("s")), "instant"),
    ],
)
def test_what_is_plain_is_left_to_nobody(column: pa.Array, form: Form) -> None:
    taken = take_plain(column, form, _manner(dates="day-first"))
    assert taken is not None
    assert not taken[1].any()
