"""A desk for audits: two small files of a shop, and the command that audits them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from habitue.cli import main

Row = dict[str, Any]
ORDERS = """order,customer,sold_at,product,quantity,amount,type,category
1,martin,2024-01-04 10:00,veal-1,1,12.50,VEAL,MEAT
2,martin,2024-01-11 10:00,veal-1,1,12.50,VEAL,MEAT
3,martin,2024-01-18 10:00,veal-1,1,12.50,VEAL,MEAT
4,martin,2024-01-25 10:00,veal-1,1,12.50,VEAL,MEAT
5,martin,2024-02-01 10:00,veal-1,1,12.50,VEAL,MEAT
6,karim,2024-01-05 11:00,bread-1,1,1.10,BAGUETTE,BREAD
7,karim,2024-01-12 11:00,bread-1,1,1.10,BAGUETTE,BREAD
8,karim,2024-01-19 11:00,bread-1,1,1.10,BAGUETTE,BREAD
9,karim,2024-01-26 11:00,bread-1,1,1.10,BAGUETTE,BREAD
10,karim,2024-02-02 11:00,bread-1,1,1.10,BAGUETTE,BREAD
11,lucie,2024-01-30 12:00,wine-1,1,9.00,RED,WINE
"""
HEADING = "customer,sent_at,channel,kind,campaign,thing,subject,text,sender"


class Desk:
    """Files in a folder, and `habitue audit` on them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.monkeypatch = folder, capsys, monkeypatch
        self.options: list[str] = []

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def beside(self, kind: str, text: str) -> None:
        """One more file: `--consents` and the like."""
        self.options += [f"--{kind}", str(self.write(f"{kind}.csv", text))]

    def run(self, *words: str) -> tuple[int, str, str]:
        """One command; gives its exit code, what it printed and what it complained of, with all white space made one."""
        self.monkeypatch.setattr(sys, "argv", ["habitue", "audit", *words, "--data", str(self.folder / "no-house")])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self.capsys.readouterr()
        return code, said.out, " ".join(said.err.split())

    def audit(self, sends: str, orders: str = ORDERS, *more: str) -> dict[str, Any]:
        """The object that `--json` prints."""
        files = [str(self.write("sends.csv", sends)), str(self.write("orders.csv", orders))]
        code, out, err = self.run(*files, "--out", str(self.out), "--json", "--zone", "Europe/Paris", *self.options, *more)
        assert code == 0, err
        told: dict[str, Any] = json.loads(out)
        return told

    @property
    def out(self) -> Path:
        return self.folder / "audit"

    def findings(self) -> list[Row]:
        rows: list[Row] = pq.read_table(self.out / "findings.parquet").to_pylist()
        return rows

    def faults(self, *rows: str, **more: str) -> list[set[str]]:
        """The wrongs of each send, from rows of customer, instant, channel, kind, campaign, thing, subject, text and sender."""
        self.audit("\n".join((HEADING, *rows)) + "\n", **more)
        return [wrongs(row) for row in self.findings()]


def wrongs(row: Row) -> set[str]:
    """The names of a finding's wrongs."""
    return {name for name, value in row.items() if value is True and not name.startswith("is_")}


def many(row: Callable[[int], str], counts: Iterable[int]) -> list[str]:
    """Rows made of numbers."""
    return [row(count) for count in counts]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, capsys, monkeypatch)
