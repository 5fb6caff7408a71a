"""The file of those who were forgotten, line by line as it lies on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from habitue.identity.tombstones import FILE, Grave, graves_in
from habitue.words.errors import StoreError

HERS = Grave("5d41402abc4b2a76", 1511136000, "9f86d081884c7d65", ["11" * 32], ["22" * 32], [("33" * 32, 1, 2, 0, 17490)])
BODY = (
    b'{"number":"5d41402abc4b2a76","erased_at":1511136000,"check":"9f86d081884c7d65","who":["1111111111111111111111111111111111111111111111111111111111111111"],'
    b'"others":["2222222222222222222222222222222222222222222222222222222222222222"],'
    b'"words":[["3333333333333333333333333333333333333333333333333333333333333333",1,2,0,17490]]'
)
LINES = {
    "of before there were checksums": BODY + b"}",
    "as it is written": BODY + b',"checksum":"c20a175e"}',
    "with a field that is not known here, before": BODY + b',"more":["x"],"checksum":"66297ce3"}',
    "with a field that is not known here, behind": BODY + b',"checksum":"3c299a29","more":["x"]}',
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_that_another_version_wrote_is_read(tmp_path: Path, line: bytes) -> None:
    """Else no house opens that forgot somebody before it was brought up to date."""
    (tmp_path / FILE).write_bytes(b"\n" + line + b"\n")
    [(found, grave)] = graves_in(tmp_path / FILE)
    assert found == line
    assert (grave.number, grave.who, grave.others, grave.words) == (HERS.number, HERS.who, HERS.others, HERS.words)
    if b"checksum" in line:
        (tmp_path / FILE).write_bytes(line.replace(b"17490", b"17491") + b"\n")
        with pytest.raises(StoreError, match=r"Line 1 of .* is damaged"):
            list(graves_in(tmp_path / FILE))
