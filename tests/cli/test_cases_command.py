"""Requests of the law on the command line: opened, made sure of, answered, and listed with the days left."""

from __future__ import annotations

import json
from collections.abc import Callable
from zipfile import ZipFile

from habitue.cli.options import whoever_types
from habitue.store import Settings, save_settings
from tests.cast import Shop, thanks
from tests.cli.conftest import Run


def test_a_request_goes_from_a_letter_to_her_data(shop: Shop, run_command: Callable[[Settings], Run]) -> None:
    with shop.book(thanks()).open():
        pass
    save_settings(shop.settings)
    run = run_command(shop.settings)
    assert run("cases", "open", "martin", "--asked", "portability", "--received", "2017-10-05")[1] == (
        "Case 1 is open, to be answered by 2017-11-06: 4 days left.\n"
    )
    assert "4 days left" in run("cases", "list")[1]
    file = shop.settings.data.parent / "her.zip"
    assert run("cases", "data", "1", "--to", str(file))[0] == 5
    assert not file.exists()
    assert run("cases", "identify", "1", "--how", "passport")[0] == 3
    assert "she answered from her own address" in run("cases", "identify", "1", "--how", "address")[1]
    assert run("cases", "data", "1", "--to", str(file))[0] == 0
    assert ZipFile(file).namelist() == ["data.json", "data.html"]
    assert file.stat().st_mode & 0o077 == 0
    assert run("cases", "data", "1", "--to", str(file))[0] == 3
    assert run("cases", "done", "1", "--words", "sent")[1] == "Case 1: She was given her data, on 2 November 2017.\n"
    assert run("cases", "note", "1", "--words", "she says thank you")[0] == 0
    case = json.loads(run("cases", "show", "1", "--json")[1])
    assert [step["did"] for step in case["steps"]] == ["opened", "identified", "handed", "done", "noted"]
    assert {step["who"] for step in case["steps"]} == {whoever_types()}
    assert "Nobody waits for an answer." in run("cases", "list")[1]


def test_it_is_made_longer_refused_or_taken_back(shop: Shop, run_command: Callable[[Settings], Run]) -> None:
    with shop.book(thanks()).open():
        pass
    save_settings(shop.settings)
    run = run_command(shop.settings)
    for _ in range(3):
        run("cases", "open", "karim", "--asked", "access", "--by", "telephone")
    assert run("cases", "longer", "1")[0] == 5
    assert "Two months more, until 2 February 2018" in run("cases", "longer", "1", "--words", "many shops")[1]
    assert run("cases", "refuse", "2", "--words", "the third time this week")[1] == "Case 2: Refused, on 2 November 2017.\n"
    assert run("cases", "withdraw", "3")[0] == 0
    assert run("cases", "withdraw", "3")[0] == 5
    assert [line.split()[0] for line in run("cases", "list")[1].splitlines()] == ["1", "3", "2"]
    assert run("cases", "show", "9")[0] == 4
    assert run("cases", "open", "karim", "--asked", "money")[0] == 3


def test_she_is_named_by_her_address_wherever_a_customer_is_named(shop: Shop, run_command: Callable[[Settings], Run]) -> None:
    with shop.book(thanks()).open():
        pass
    save_settings(shop.settings)
    run = run_command(shop.settings)
    for command in ("leave", "why", "card", "looks", "forget", "said", "customers"):
        assert run(command, "jeanne@example.org")[0] == 0, command
        assert run(command, "06 10 00 00 01")[0] == 0, command
    assert run("refuse", "jeanne@example.org", "--for", "offers")[0] == 0
    assert "what she allows" in run("looks", "martin")[1]
    assert "Jeanne Martin" in run("customers", "jeanne@example.org")[1]
    code, _out, *wrong = run("leave", "petit@example.org")
    assert (code, "say which by number: anne, marc." in "".join(map(str, (_out, *wrong)))) == (3, True)
    assert run("leave", "zoe@example.org")[0] == 4
    assert "found nobody" in run("cases", "open", "zoe@example.org", "--asked", "erasure")[1]
    assert run("cases", "find", "1", "jeanne@example.org")[1] == "Case 1: She was found, on 2 November 2017.\n"
    assert json.loads(run("cases", "show", "1", "--json")[1])["key"] == "martin"
