"""A file cut chunk by chunk gives the rows, lines, reasons and notes of the same file read record by record, whatever it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habitue.events import plain_csv, text_files, text_lines
from habitue.events.text_files import CsvFile


def _read(path: Path, patch: pytest.MonkeyPatch, size: int, is_careful: bool) -> tuple[Any, ...]:
    """Everything that reading a file tells, with chunks of about that size."""
    patch.setattr(text_files, "CHUNK_BYTES", size)
    patch.setattr(text_files, "CAREFUL_BYTES", max(1, size // 4))
    if is_careful:
        patch.setattr(text_files, "cut", lambda *_: None)
    file = CsvFile(path)
    batches = list(file.batches(file.columns))
    file.close()
    rows = [row for batch in batches for row in zip(batch.lines.tolist(), *(column.to_pylist() for column in batch.columns.values()), strict=True)]
    return rows, [wrong for batch in batches for wrong in batch.rejected], file.notes, batches[-1].share


PLAIN = [b"1,veal,2\n", b"2,cr\xc3\xa8me,\r\n", b',"a, b",3\n', b'4,"say ""no""",""\n', b'a b, c ,"\xe2\x80\xa8"\r\n']
BLANK_OR_WIDE = [b"\n", b"\r\n", b"  \n", b'""\n', b"1,2\n", b"1,2,3,,\n", b"1,2,3,4\n", b"1," + b"x" * 70 + b",3\n"]
MARKS = [b'1,"two\nlines",3\n', b'1,"open,3\n', b'1,st"ray,3\n', b'1,"st"ray,3\n', b'"1" ,2,3\n', b'1, "2",3\n', b'"', b'1,2,"3"\r\n']
BYTES = [b"1,caf\xe9,3\n", b"1,\x81,3\n", b"1,\x00,3\n", b"1,a\rb,3\n", b"1,2,3\r", b"1,2,3", b"\xef\xbb\xbf1,2,3\n", b"\xed\xa0\x80,2,3\n"]
LINES = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(PLAIN),
    st.sampled_from(BLANK_OR_WIDE + MARKS + BYTES),
    st.text(st.sampled_from('1",;\n\r é'), max_size=9).map(str.encode),
)
SIZES = st.sampled_from([1, 9, 30, 64, 200, 4_000])


TOGETHER = [[b"1,2,3\r1,2,3\n", b"\n"], [b'1,2,"open\n'], [b'1",",x"y,3"\n'], [b"1,NULL,nan\n"], [b'1,"open,3\n', b'2,"\n']]


def _same(folder: Path, content: bytes, size: int) -> None:
    (folder / "some.csv").write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        for module in (text_files, text_lines, plain_csv):
            patch.setattr(module, "LONGEST_LINE", 60)
        patch.setattr(text_files, "ROWS_A_BATCH", 3)
        quick = _read(folder / "some.csv", patch, size, is_careful=False)
        assert quick == _read(folder / "some.csv", patch, 1 << 20, is_careful=True)


@settings(max_examples=400)
@given(st.lists(LINES, max_size=30), st.sampled_from([b"a,b,c\n", b"\xef\xbb\xbf\na;b;c\r\n", b"a\n", b"a,b\n"]), SIZES)
def test_a_file_is_the_same_quickly(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], heading: bytes, size: int) -> None:
    content = heading + b"".join(lines).replace(b",", b";" if b";" in heading else b",")
    _same(tmp_path_factory.getbasetemp(), content, size)


@pytest.mark.parametrize("size", [30, 64, 4_000])
@pytest.mark.parametrize("odd", [*([line] for line in PLAIN + BLANK_OR_WIDE + MARKS + BYTES), *TOGETHER])
def test_an_odd_line_is_the_same_alone_and_among_plain_ones(tmp_path: Path, odd: list[bytes], size: int) -> None:
    _same(tmp_path, b"a,b,c\n" + b"".join(odd), size)
    _same(tmp_path, b"a,b,c\n" + b"".join([*PLAIN, *odd, *PLAIN * 3]), size)


def test_what_an_open_mark_swallowed_behind_its_chunk_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop.csv").write_bytes(b'a,b,c\n1,"open,3\n' + PLAIN[0] * 9)
    rows, rejected, *_ = _read(tmp_path / "shop.csv", monkeypatch, 30, is_careful=False)
    assert [row[0] for row in rows] == list(range(3, 12))
    assert rejected == [(2, text_files.UNCLOSED)]


def test_in_a_file_of_one_column_a_blank_value_is_no_row(tmp_path: Path) -> None:
    _same(tmp_path, b'a\n1\n  \n""\n2\n', 4_000)


def test_a_plain_file_never_meets_the_careful_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop.csv").write_bytes(b"a,b,c\n" + b"".join(PLAIN) * 20)
    monkeypatch.setattr(text_files.Records, "until", lambda *_: pytest.fail("it does"))
    rows, rejected, _, share = _read(tmp_path / "shop.csv", monkeypatch, 64, is_careful=False)
    assert (len(rows), rejected, share) == (100, [], 1.0)
    assert [row[0] for row in rows] == list(range(2, 102))


def test_one_bad_line_costs_its_neighbours_only_the_quick_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop.csv").write_bytes(b"a,b,c\n" + PLAIN[0] * 430 + b"1,2\n" + PLAIN[0] * 570)
    slow: list[int] = []
    tried: list[int] = []
    add, cut = text_files.Gathering.add, text_files.cut
    monkeypatch.setattr(text_files.Gathering, "add", lambda self, line, row, characters: slow.append(line) or add(self, line, row, characters))
    monkeypatch.setattr(text_files, "cut", lambda chunk, *others: tried.append(len(chunk)) or cut(chunk, *others))
    rows, rejected, *_ = _read(tmp_path / "shop.csv", monkeypatch, 4_000, is_careful=False)
    assert (len(rows), rejected) == (1_000, [(432, "the line has 2 values, the heading has 3")])
    assert len(slow) < 120
    assert len(tried) == 8
