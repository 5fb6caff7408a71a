"""Sources, the log and the dead letters, from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app.collect.sorting import Sorter
from habitue.cli import main
from habitue.events.arrivals import write_down
from habitue.store import load_settings, open_truth

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def habitue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command in an empty folder: gives its exit code, what it printed and what it complained of."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["habitue", *words, "--data", str(tmp_path / "house")])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, " ".join(said.err.split())

    return run


def test_a_source_gets_a_key_and_loses_it(habitue: Run) -> None:
    code, key, _ = habitue("source", "add", "web")
    assert (code, len(key.strip())) == (0, 32)
    assert habitue("source", "add", "till", "--server", "--ids", "till", "--key", "till-1")[1] == "till-1\n"
    assert habitue("source", "list")[1].splitlines() == ["till-1  till (numbers of till), a server", f"{key.strip()}  web"]
    assert habitue("source", "add", "again", "--key", "till-1")[::2] == (3, "The key till-1 is a source's already.")
    assert habitue("source", "end", "till-1")[0] == 0
    assert habitue("source", "end", "till-1")[::2] == (4, "There is no key till-1; `habitue source list` shows them.")
    assert [one["source"] for one in json.loads(habitue("source", "list", "--json")[1])] == ["web"]
    assert habitue("source", "add", "web", "--key", "a b")[0] == 3


def test_what_strangers_say_does_not_steer_the_terminal(habitue: Run, tmp_path: Path) -> None:
    habitue("source", "add", "web\x1b[2J", "--key", "k")
    settings = load_settings(tmp_path / "house", {})
    steering = "\x1b]0;mine\x07\x9b2J\u202e\x7f\U000e0001"
    said = [
        {"type": f"\x1b[2J{steering}", "userId": "7"},
        {"type": "track", "event": f"Coffee{steering}", "userId": "7", "messageId": f"m{steering}"},
        {"type": "track", "event": f"Coffee{steering}", "userId": "7", "timestamp": steering},
        {"type": "track", "event": f"Coffee{steering}", "userId": "7"},
    ]
    with closing(open_truth(settings)) as truth:
        with truth.transaction():
            write_down(truth, [("k", 1_795_300_000, "batch", 0, json.dumps({"batch": said}, ensure_ascii=False).encode())])
        Sorter(truth, settings).sort_some()
    for command in (["letters"], ["letters", "--json"], ["events"], ["events", "--json"], ["source", "list"], ["source", "list", "--json"]):
        code, out, _ = habitue(*command)
        assert (code, bool(out)) == (0, True)
        assert all(line.isprintable() for line in out.split("\n")), command
    letters = [json.loads(line) for line in habitue("letters", "--json")[1].splitlines()]
    assert [json.loads(letter["body"])["type"] for letter in letters] == [f"\x1b[2J{steering}", "track", "track"], "nothing of it is lost"
    assert json.loads(habitue("events", "--json")[1])["body"]["name"] == f"Coffee{steering}".strip()


def test_however_many_letters_there_are_some_are_shown_at_a_time_and_all_are_sorted_again(habitue: Run, tmp_path: Path) -> None:
    habitue("source", "list")
    settings = load_settings(tmp_path / "house", {})
    with closing(open_truth(settings)) as truth:
        with truth.transaction():
            write_down(truth, [("late", 1_795_300_000, "track", 0, b'{"userId":"7","event":"Coffee Drunk","messageId":"m%d"}' % n) for n in range(120)])
        while Sorter(truth, settings).sort_some():
            pass
    shown = habitue("letters")[1].splitlines()
    assert [line.split()[0] for line in shown[:-1:2]] == [str(number) for number in range(120, 70, -1)]
    assert shown[-1] == "50 of 120; `habitue letters --before 71` goes on, --json lists all."
    assert habitue("letters", "--before", "21")[1].splitlines()[-1] == "20 of 120, --json lists all."
    assert [json.loads(line)["number"] for line in habitue("letters", "--json")[1].splitlines()] == list(range(1, 121))
    assert habitue("letters", "--replay-all")[1].startswith("120 go back among the arrivals")
    assert habitue("letters")[1] == ""


def test_the_log_and_the_dead_letters_can_be_read(habitue: Run, tmp_path: Path) -> None:
    habitue("source", "add", "web", "--key", "k")
    settings = load_settings(tmp_path / "house", {})
    truth = open_truth(settings)
    said = [
        {"event": "Product Viewed", "userId": "101", "messageId": "m1", "properties": {"product_id": "P1"}, "timestamp": "2026-11-21T09:00:00Z"},
        {"event": "Product Viewed", "messageId": "m2"},
    ]
    with truth.transaction():
        write_down(truth, [("k", 1_795_300_000, "track", 0, json.dumps(one).encode()) for one in said])
    Sorter(truth, settings).sort_some()
    truth.close()
    code, out, _ = habitue("events")
    assert code == 0
    assert "2026-11-21 09:00:00Z  101" in out
    (event,) = [json.loads(line) for line in habitue("events", "--json")[1].splitlines()]
    assert (event["name"], event["customer_key"], event["body"]["product_key"]) == ("Product Viewed", "101", "P1")
    assert habitue("events", "--json", "--since", str(event["seq"]))[1] == ""
    assert json.loads(habitue("customers", "--json")[1]) == {"customer_key": "101", "other_keys": [], "since_day": 20778, "name": "", "events": 1}
    (letter,) = [json.loads(line) for line in habitue("letters", "--json")[1].splitlines()]
    assert letter["reason"] == "Nobody is named: “userId” or “anonymousId” must be told."
    assert "Nobody is named" in habitue("letters")[1]
    assert habitue("letters", "--replay", "99")[0] == 4
    assert habitue("letters", "--replay-all")[1].startswith("1 go back")
