"""The command line: each command says what it did, or says no in one sentence and ends with the error's own code."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from habitue.store import Settings, save_settings
from tests.cast import Shop, veal
from tests.cli.conftest import Run
from tests.content.writing import write_book


@pytest.fixture
def habitue(shop: Shop, run_command: Callable[[Settings], Run]) -> Run:
    """Runs one command on the shop: gives its exit code, what it printed and what it complained of."""
    settings = shop.book().settings
    save_settings(settings)
    return run_command(settings)


def test_a_plan_adds_up(habitue: Run) -> None:
    code, out, err = habitue("plan", "--json")
    plan = json.loads(out)
    assert (code, err) == (0, "")
    assert plan["on"] == "2017-11-02"
    assert plan["touches"] + plan["silences"] == plan["customers"] == 7
    assert sum(plan["reasons"].values()) == plan["silences"] == 3
    assert plan["reasons"] == {"complaint_open": 1, "no_consent": 1, "not_worth_her_attention": 1}
    assert not plan["is_rehearsal"]
    assert json.loads(habitue("plan", "--json")[1]) == plan
    assert json.loads(habitue("plan", "--on", "2017-11-01", "--json")[1])["is_rehearsal"]


def test_why_and_card_speak_as_a_shopkeeper_does(habitue: Run) -> None:
    code, out, _ = habitue("why", "martin")
    assert code == 0
    assert "A word for Jeanne Martin: her veal, put aside." in out
    assert "She takes it about every seven days, and it has been seven days." in out
    _, out, _ = habitue("why", "paul", "--language", "fr")
    assert "On laisse Paul Roche en paix." in out
    code, out, _ = habitue("card", "martin")
    assert code == 0
    assert "Good morning, Mrs Martin" in out
    assert "Thursdays" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("why", "nobody"), 4, "There is no customer “nobody” here"),
        (("card", "nobody"), 4, "There is no customer “nobody” here"),
        (("why", "martin", "--on", "2018-01-01"), 4, "2018-01-01"),
        (("plan", "--on", "2016-01-01"), 4, "Nobody was known on 2016-01-01; the first customer came on 2017-01-05."),
        (("why", "nina", "--on", "2017-10-01"), 4, "Customer “nina” was not known yet on the morning of 2017-10-01"),
        (("plan", "--on", "soon"), 3, "“soon” is not a day; write it as 2017-11-02."),
        (("inbox", "show", "9" * 40), 2, "Invalid value for 'number'"),
        (("inbox", "file", "9" * 40, "--out", "photo.jpg"), 2, "Invalid value for 'number'"),
        (("cases", "show", "9" * 40), 2, "Invalid value for 'number'"),
        (("events", "--since", "9" * 40), 2, "Invalid value for '--since'"),
        (("letters", "--replay", "9" * 40), 2, "Invalid value for '--replay'"),
        (("sql", "habits"), 4, "No relation is named “habits”."),
        (("sql", "habit", "--for", "oracle"), 3, "“oracle” is not an engine"),
        (("book", "new"), 5, "There is a book"),
        (("import", "nothing.csv", "--kind", "orders"), 3, "nothing.csv"),
    ],
)
def test_a_no_is_one_sentence_and_its_own_code(habitue: Run, words: tuple[str, ...], code: int, said: str) -> None:
    ended, out, err = habitue(*words)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_a_day_long_ago_and_words_that_nobody_said_have_their_answer(habitue: Run) -> None:
    code, out, _ = habitue("inbox", "times", "--since", "0001-01-01")
    assert (code, out[:12]) == (0, "1970-01-01  ")
    assert habitue("inbox", "find", "zebra")[:2] == (0, "“zebra” stands in no conversation.\n")


def test_the_books_of_a_terminal_of_eighty_columns_are_whole(habitue: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    habitue("plan")
    _, out, _ = habitue("books")
    assert "…" not in out
    assert "2017-11-02" in out


def test_a_mistake_in_the_book_is_named_by_file_and_line(habitue: Run, shop: Shop) -> None:
    write_book(shop.settings.book_folder, veal(kind='"gossip"'))
    for words in (("plan",), ("book", "check")):
        code, out, err = habitue(*words)
        assert code == 3
        assert "book.toml:3" in out + err


def test_a_broken_setting_stops_every_command(habitue: Run, shop: Shop) -> None:
    (shop.settings.data / "habitue.toml").write_text('zone = "Mars"\n', encoding="utf-8")
    code, out, err = habitue("plan", "--json")
    assert (code, out) == (2, "")
    assert "“Mars” is not a time zone" in err


def test_the_address_of_the_database_is_not_shown(habitue: Run, shop: Shop) -> None:
    _, out, _ = habitue("settings")
    assert "postgresql:///" not in out
    assert "zone             Europe/Paris" in out
