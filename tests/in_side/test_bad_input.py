"""Bad files: a clear sentence or a listed row, nothing lost, nothing doubled, and the rest of the file read."""

from __future__ import annotations

import io
import os
import resource
import time
import zipfile
from contextlib import ExitStack, closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from habitue.app.imports.kinds import KINDS
from habitue.events import spreadsheets
from habitue.store.schema import tables
from habitue.words.errors import BadInput
from tests.in_side.shop_files import ORDERS, Bringing

ONE_EACH = {"order": ["1", "2", "3"], "customer": ["anna"] * 3, "product": ["bread"] * 3, "quantity": [1] * 3, "amount": [3.5] * 3}
GOOD = "B1,martin,veal,2017-03-04 18:05:00,2,12.50\n"
LAST = "B9,karim,bread,2017-03-05 09:00:00,1,1.10\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("B2,paul,tea,2017-02-30,1,3", "sold_at: “2017-02-30” is no date"),
        ("B2,paul,tea,2017-\x0003-04,1,3", "sold_at: “2017-␀03-04” is no date"),
        ("B2,paul,tea,tomorrow,1,3", "sold_at: “tomorrow” is no date"),
        ("B2,paul,tea,2217-03-04,1,3", "sold_at: “2217-03-04” lies in the future"),
        ("B2,paul,tea,1017-03-04,1,3", "sold_at: “1017-03-04” lies before 1990"),
        ("B2,paul,tea,04/03/2017,1,3", 'sold_at: “04/03/2017” may be two days; write dates = "day-first" or "month-first" under [forms] in the mapping'),
        ('B2,paul,tea,2017-03-04,"1,234",3', 'quantity: “1,234” may be two numbers; write decimals = "comma" or "point" under [forms] in the mapping'),
        ("B2,paul,tea,2017-03-04,1,free", "amount: “free” is no number"),
        ("B2,paul,tea,2017-03-04,1,inf", "amount: “inf” is no number"),
        ("B2,paul,tea,2017-03-04,1,1e9999999", "amount: “1e9999999” is too large to be true"),
        ("B2,paul,tea,2017-03-04,1,1e30", "amount: “1e30” is too large to be true"),
        ("B2,paul,tea,2017-03-04,1,", "amount: nothing is written"),
        ("B2,,tea,2017-03-04,1,3", "customer: nothing is written"),
        (",paul,tea,2017-03-04,1,3", "order: nothing is written"),
        ("B2,pa\x00ul,tea,2017-03-04,1,3", "customer: “pa\\x00ul” holds signs that no key has"),
        ("B2," + "x" * 201 + ",tea,2017-03-04,1,3", "customer: “" + "x" * 40 + "…” is too long for a key"),
        ("B2,paul,tea,2017-03-04,1,3,4", "the line has 7 values, the heading has 6"),
        ("B2,paul,tea", "the line has 3 values, the heading has 6"),
    ],
)
def test_a_bad_line_is_listed_with_its_number_and_reason(shop: Bringing, line: str, reason: str) -> None:
    report = shop.bring("orders", ORDERS + GOOD + line + "\n" + LAST)
    assert report.rejected == ((3, reason),)
    assert (report.accepted, report.rejected_rows) == (2, 1)
    assert shop.one("SELECT count(*) FROM orders") == 2


@pytest.mark.parametrize("kind", KINDS)
def test_no_zero_byte_is_ever_kept_wherever_it_stands(shop: Bringing, kind: str) -> None:
    """PostgreSQL keeps none in a text, so that a reason which repeated one would end the whole import there."""
    names = [field.name for field in KINDS[kind]]
    whole = {field.name: "2017-03-04" if field.form in ("instant", "day") else "1" for field in KINDS[kind]}
    bad = [{**whole, name: value} for name in names for value in ("\0", "a\0b", "2017-03-04\0", "1\0", "yes\0")]
    shop.bring(kind, "\n".join(",".join(row[name] for name in names) for row in ({name: name for name in names}, *bad)))
    for table in tables(shop.truth):
        assert not [row for row in shop.truth.run(f"SELECT * FROM {table}") for each in row if isinstance(each, str) and "\0" in each]


def test_amounts_in_another_currency_are_rejected_row_by_row(shop: Bringing) -> None:
    report = shop.bring("orders", ORDERS.strip() + ",currency\n" + GOOD.strip() + ",EUR\n" + LAST.strip() + ",GBP\n")
    assert report.rejected == ((3, "currency: the currency “GBP” is not this brand's EUR"),)


def test_a_decimal_comma_without_quotation_marks_is_noticed_and_not_shifted(shop: Bringing) -> None:
    report = shop.bring("orders", ORDERS + GOOD.replace("12.50", "12,50") + LAST)
    assert report.rejected == ((2, "the line has 7 values, the heading has 6"),)


def test_a_line_without_end_is_refused_by_its_number_and_the_next_line_is_read(shop: Bringing) -> None:
    report = shop.bring("orders", ORDERS + GOOD + "B2,paul," + "x" * 5_000_000 + "\n" + LAST)
    assert report.rejected == ((3, "the line is longer than 1,000,000 bytes"),)
    assert report.accepted == 2


def test_a_quotation_mark_that_never_closes_costs_one_line(shop: Bringing) -> None:
    lines = "".join(LAST.replace("B9", f"N{number}") for number in range(3_000))
    report = shop.bring("orders", ORDERS + 'B1,martin,"veal,2017-03-04 18:05:00,2,12.50\n' + lines)
    assert report.rejected == ((2, "a quotation mark is opened and not closed"),)
    assert report.accepted == 3_000


def test_two_stray_quotation_marks_cost_two_lines_and_none_between(shop: Bringing) -> None:
    stray = 'B2,paul,"tea,2017-03-04,1,3\n'
    report = shop.bring("orders", ORDERS + stray + GOOD + stray.replace("B2", "B3") + LAST)
    assert [line for line, _ in report.rejected] == [2, 4]
    assert report.accepted == 2


def test_a_quoted_value_may_span_lines(shop: Bringing) -> None:
    report = shop.bring("customers", 'customer,street\nmartin,"3, rue Haute\nbâtiment B"\nkarim,1 quai Bas\n')
    assert (report.accepted, report.rejected_rows) == (2, 0)
    assert shop.ask("SELECT street FROM person ORDER BY street") == [("1 quai Bas",), ("3, rue Haute bâtiment B",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found_out(shop: Bringing, encoding: str, delimiter: str) -> None:
    content = (ORDERS + GOOD.replace("veal", "crème brûlée")).replace(",", delimiter)
    shop.bring("orders", content.encode(encoding))
    assert shop.sums() == [("martin", "B1", "crème brûlée", 2000, 1250)]


def test_a_line_in_no_known_encoding_is_listed(shop: Bringing) -> None:
    report = shop.bring("orders", (ORDERS + GOOD).encode() + b"B2,paul,\x81\xff,2017-03-04,1,3\n" + LAST.encode())
    assert report.rejected == ((3, "byte 0x81 is neither UTF-8 nor Windows-1252"),)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "a.csv is empty; its first line must name the columns."),
        ("a.csv", "order,customer".encode("utf-16"), "a.csv is written in UTF-16; save it as CSV in UTF-8."),
        ("a.csv", b"ticket,client\n1,2\n", "No column tells “order”. a.csv has the columns: “ticket”, “client”. Name the right one in the mapping file"),
        ("a.csv", b"order,customer,sold_at,product,quantity\n", "No column tells “amount” or “price”"),
        ("a.parquet", b"not parquet", "a.parquet is not a Parquet file that can be read"),
        ("a.xlsx", b"not a zip", "a.xlsx cannot be read as a spreadsheet"),
        ("a.jsonl", b"[1]\nnull\n", "a.jsonl holds no JSON objects"),
        ("a.pdf", b"%PDF", "a.pdf is of no kind that can be read; use .csv, .xlsx, .parquet or .jsonl."),
    ],
)
def test_a_file_that_cannot_be_used_at_all_says_why(shop: Bringing, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as said:
        shop.bring("orders", content, name=name)
    assert sentence in str(said.value)
    assert shop.one("SELECT count(*) FROM event") == 0


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[columns]\ncustomer = 'cliente'", "The mapping takes “customer” from “cliente”, but there is no column of that name. shop.csv has the columns"),
        ("[columns]\nclient = 'customer'", "mapping.toml speaks of “client”, which orders do not have; their fields are order, customer,"),
        ("kind = 'stock'", "mapping.toml is a mapping for stock, but orders are to be imported."),
        ("currency = 'GBP'", "mapping.toml is in GBP, but this brand counts in EUR"),
        ("zone = 'Mars/Olympus'", "“Mars/Olympus” is not a time zone"),
        ("colums = {}", "mapping.toml is not a mapping: Object contains unknown field `colums`"),
        ("[columns", "mapping.toml is not TOML in UTF-8"),
        ("[fixed]\nplace = 'moon'", "The mapping's fixed value for “place” cannot be read: “moon” is none of shop, web, phone."),
        ("[fixed]\nplace = [1]", "mapping.toml gives “place” a list or a table"),
        ("place = 'moon'", "The mapping's place “moon” is none of shop, web, phone."),
    ],
)
def test_a_mapping_that_is_wrong_says_where(shop: Bringing, mapping: str, sentence: str) -> None:
    with pytest.raises(BadInput) as said:
        shop.bring("orders", ORDERS + GOOD, mapping)
    assert sentence in str(said.value)


def test_a_file_that_is_not_there_is_named(shop: Bringing) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        shop.bring("orders", Path("nowhere.csv"))


def test_a_kind_that_does_not_exist_is_answered_with_those_that_do(shop: Bringing) -> None:
    with pytest.raises(BadInput, match="must be one of orders, products, customers"):
        shop.bring("recipes", ORDERS)


def _sheet(rows: list[list[object]]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def test_a_spreadsheet_is_read_with_its_row_numbers(shop: Bringing) -> None:
    rows: list[list[object]] = [ORDERS.strip().split(","), [1001, "martin", "veal", "2017-03-04 18:05", 2, 12.5], [1002, "karim", "tea", "never", 1, 3]]
    report = shop.bring("orders", _sheet(rows), name="shop.xlsx")
    assert shop.sums() == [("martin", "1001", "veal", 2000, 1250)]
    assert report.rejected == ((3, "sold_at: “never” is no date"),)


def test_a_spreadsheet_bomb_stops_only_its_own_reader(shop: Bringing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MEMORY_BYTES", 400_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_sheet([["order"]]))) as good, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in good.namelist():
            if not name.startswith("xl/worksheets/"):
                bomb.writestr(name, good.read(name))
        cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
        bomb.writestr("xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(BadInput, match="asks for more than a spreadsheet may"):
        shop.bring("orders", content.getvalue(), name="bomb.xlsx")


def _long_sheet(folder: Path) -> Path:
    """A sheet of which a pipe holds only the beginning."""
    file = folder / "long.xlsx"
    file.write_bytes(_sheet([["order", "note"], *([n, "x" * 200] for n in range(2_000))]))
    return file


def test_a_spreadsheet_waits_for_a_slow_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "WAITING_SECONDS", 4)
    with closing(spreadsheets.SpreadsheetFile(_long_sheet(tmp_path))) as table:
        time.sleep(4.5)
        assert sum(len(batch.lines) for batch in table.batches(["note"])) == 2_000


def test_a_spreadsheet_that_keeps_us_waiting_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "WAITING_SECONDS", 0.001)
    with pytest.raises(BadInput, match="asks for more than a spreadsheet may"):
        spreadsheets.SpreadsheetFile(_long_sheet(tmp_path))


def test_a_spreadsheet_is_read_by_a_house_with_many_open_files(tmp_path: Path) -> None:
    """As one with many visitors; `select` takes no descriptor above 1,023."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2_048), hard))
    try:
        with ExitStack() as others:
            for _ in range(1_100):
                others.enter_context(Path(os.devnull).open("rb"))
            with closing(spreadsheets.SpreadsheetFile(_long_sheet(tmp_path))) as table:
                assert sum(len(batch.lines) for batch in table.batches(["note"])) == 2_000
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_parquet_keeps_its_types_and_names_rows(shop: Bringing) -> None:
    table = pa.table(
        {
            "order": [1, 2],
            "customer": [7.0, None],
            "product": pa.array(["veal", "tea"]).dictionary_encode(),
            "sold_at": pa.array([1_488_650_700_000_000_000] * 2, pa.timestamp("ns", "UTC")),
            "quantity": [2, 1],
            "amount": [12.5, float("nan")],
        }
    )
    pq.write_table(table, shop.folder / "shop.parquet")
    report = shop.bring("orders", shop.folder / "shop.parquet")
    assert shop.sums() == [("7", "1", "veal", 2000, 1250)]
    assert report.rejected == ((2, "customer: nothing is written"),)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        (pa.date32(), [2**31 - 1, -(2**31), 20_455]),
        (pa.date64(), [2**62, -(2**62), 20_455 * 86_400_000]),
        (pa.timestamp("us"), [2**62, -(2**62), 20_455 * 86_400_000_000]),
        (pa.timestamp("s", "Asia/Tokyo"), [253_402_300_799, -62_135_596_800, 20_455 * 86_400]),
    ],
    ids=["date32", "date64", "timestamp", "Tokyo"],
)
@pytest.mark.parametrize("is_understood", [False, True])
def test_parquet_dates_far_outside_the_calendar_are_rejected_row_by_row(shop: Bringing, kind: pa.DataType, numbers: list[int], is_understood: bool) -> None:
    at = pa.array(numbers, pa.int32() if pa.types.is_date32(kind) else pa.int64()).cast(kind)
    (report,) = shop.table({**ONE_EACH, "sold_at": at}, is_understood)
    assert (report.accepted, report.rejected_rows) == (1, 2)
    assert [reason.partition(" lies ")[2] for _, reason in report.rejected] == ["in the future", "before 1990"]


@pytest.mark.parametrize("is_understood", [False, True])
def test_parquet_times_of_a_zone_that_nobody_knows_are_a_sentence(shop: Bringing, is_understood: bool) -> None:
    with pytest.raises(BadInput, match="holds times of the zone “Mars/Olympus”, which nobody knows"):
        shop.table({**ONE_EACH, "sold_at": pa.array([1_767_350_000] * 3, pa.timestamp("s", "Mars/Olympus"))}, is_understood)


def test_a_parquet_column_of_lists_is_refused_by_name(shop: Bringing) -> None:
    names = ORDERS.strip().split(",")
    pq.write_table(pa.table({name: [["a"]] for name in names}), shop.folder / "shop.parquet")
    with pytest.raises(BadInput, match=r"The column “order” of shop\.parquet holds list"):
        shop.bring("orders", shop.folder / "shop.parquet")


def test_json_lines_are_read_and_what_is_no_object_is_listed(shop: Bringing) -> None:
    line = '{"order": 1, "customer": "martin", "product": "veal", "sold_at": "2017-03-04T18:05:00+01:00", "quantity": 0.5, "amount": 12.10}\n'
    report = shop.bring("orders", line + "[]\n" + "{\n\n", name="shop.jsonl")
    assert shop.sums() == [("martin", "1", "veal", 500, 1210)]
    assert report.rejected == ((2, "the line is not a JSON object"), (3, "the line is not a JSON object"))
