"""The log: one object a line, numbers and plain words, nobody's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from habitue.store.log import FILE, note
from habitue.words.clock import StoppedClock
from habitue.words.errors import Refused


def test_each_line_is_one_object(tmp_path: Path) -> None:
    note(tmp_path, "plan_written", StoppedClock(1_509_616_800), day=17472, words=3)
    note(tmp_path, "file_imported", StoppedClock(1_509_616_801), kind="orders", accepted=7)
    lines = [json.loads(line) for line in (tmp_path / FILE).read_text(encoding="utf-8").splitlines()]
    assert lines == [
        {"at": 1_509_616_800, "what": "plan_written", "day": 17472, "words": 3},
        {"at": 1_509_616_801, "what": "file_imported", "kind": "orders", "accepted": 7},
    ]


@pytest.mark.parametrize("fact", ["Jeanne Martin", "jeanne@example.org", "3 rue Haute", "x" * 61, ""])
def test_nothing_about_a_person_can_be_written(tmp_path: Path, fact: str) -> None:
    with pytest.raises(Refused, match="plain words"):
        note(tmp_path, "file_imported", file=fact)
    assert not (tmp_path / FILE).exists()
