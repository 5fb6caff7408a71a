"""Every sentence with which an audit says no is known to the page: it says it without the command line, in both languages."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from habitue.app.audits import folder as audit_folder
from habitue.app.audits import jobs as audit_jobs
from habitue.app.audits.auditing import Asking, audit, understand
from habitue.store import Settings
from habitue.web.audit_sentences import FORMS, LONGEST, told
from habitue.web.tongue import tongue
from habitue.words.errors import BadInput
from tests.web.audit_bench import ORDERS, ORDERS_HEAD, SENDS, SENDS_HEAD

ROW = "cast1@shop.example,{},News,Tea\n"
CASES: dict[str, dict[str, str | bytes]] = {
    "dates": {"sends.csv": SENDS_HEAD + ROW.format("03/04/2025") + ROW.format("05/06/2025")},
    "dates_two_ways": {"sends.csv": SENDS_HEAD + ROW.format("13/04/2025") + ROW.format("04/13/2025")},
    "decimals": {"orders.csv": ORDERS_HEAD + '1,cast1@shop.example,2025-03-04,Tea,1,"1,234"\n'},
    "column": {"sends.csv": "email,x,campaign,product\n" + ROW.format("1")},
    "other_kind": {"sends.csv": ORDERS, "orders.csv": SENDS},
    "nobody": {"orders.csv": ORDERS.replace("cast", "other")},
    "first_line": {"sends.csv": ROW.format("2025-03-04 10:00") * 3},
    "no_rows": {"sends.csv": SENDS_HEAD},
    "none_read": {"sends.csv": SENDS_HEAD + ROW.format("2025-99-99 10:00") * 3},
    "empty": {"sends.csv": ""},
    "utf16": {"sends.csv": SENDS.encode("utf-16")},
    "no_objects": {"sends.jsonl": "[1]\n"},
    "spreadsheet": {"sends.xlsx": b"PK not at all"},
    "parquet": {"sends.parquet": b"PAR1 not at all"},
}


def sentence_of(folder: Path, files: dict[str, str | bytes]) -> str:
    """What an audit of these files says; what is not given is as it should be."""
    given = {"sends": folder / "sends.csv", "orders": folder / "orders.csv"}
    for name, body in ({"sends.csv": SENDS, "orders.csv": ORDERS} | files).items():
        (folder / name).write_bytes(body.encode() if isinstance(body, str) else body)
        given[name.partition(".")[0]] = folder / name
    asking, settings = Asking(given, folder / "report"), Settings(data=folder)
    with pytest.raises(BadInput) as no:
        audit(asking, understand(asking, settings), settings)
    return str(no.value)


@pytest.mark.parametrize("code", CASES)
def test_the_page_knows_the_sentence_and_says_it_without_the_command_line(code: str, tmp_path: Path) -> None:
    sentence = sentence_of(tmp_path, CASES[code])
    english, french = told(sentence, tongue("en")), told(sentence, tongue("fr"))
    assert (english.code, french.code) == (code, code), sentence
    assert english.text != french.text
    for said in (english, french):
        assert "--" not in said.text
        assert "mapping file" not in said.text
        assert next(iter(CASES[code])).partition(".")[0] in said.text
    assert "“" not in french.text
    assert " and " not in french.text


def test_what_the_house_itself_says_is_known_too() -> None:
    ours = [audit_jobs.BROKE, audit_jobs.TOO_MANY, audit_jobs.NOT_NOW, audit_jobs.NOT_UNDERSTOOD, audit_jobs.NOT_ALL_GONE]
    for sentence in (*ours, audit_folder.NO_JOB, audit_folder.OTHER_CONSOLE):
        assert told(sentence, tongue("fr")).code in FORMS, sentence
        assert told(sentence, tongue("fr")).text != sentence


def test_a_sentence_that_nobody_foresaw_is_shown_as_it_is() -> None:
    assert told("The mapping is odd.", tongue("fr")).text == "The mapping is odd."
    assert told("x" * 9_000, tongue("en")).text == "x" * (LONGEST - 1) + "…"


def test_names_of_strangers_do_not_make_it_slow() -> None:
    hostile = "No column of " + "a tells b. It has the columns c. Name the right one d: [e.columns] f = " * 40
    begun = time.perf_counter()
    assert told(hostile, tongue("en")).code == "column"
    assert time.perf_counter() - begun < 0.1


def test_a_name_that_looks_like_a_part_of_the_sentence_is_still_said() -> None:
    sentence = "fish and chips.csv has the names of columns and no rows under them."
    assert told(sentence, tongue("fr")).text.startswith("fish and chips.csv a des noms de colonnes")
