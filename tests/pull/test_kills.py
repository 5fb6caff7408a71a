"""A pull that is killed at any point loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from habitue.app.pull import pulling
from habitue.store import Settings, Truth, open_truth
from tests.pull.conftest import House
from tests.pull.test_shopify import KARIM, MARTIN

PULL = """
from habitue.app.pull.pulling import pull
from habitue.app.pull.shops import shops
from habitue.store import load_settings
for shop in shops(load_settings().data):
    pull(load_settings(), shop)
"""


class Cut(BaseException):
    """The power goes."""


def cut_at(statement: int, settings: Settings) -> Truth:
    """A truth whose process dies at its n-th statement: before it is done, with whatever transaction is open."""
    truth: Any = open_truth(settings)
    left = iter(range(statement))

    def counted(what: Any) -> Any:
        def do(*told: Any) -> Any:
            if next(left, None) is None:
                raise Cut
            return what(*told)

        return do

    truth.run, truth.run_many = counted(truth.run), counted(truth.run_many)
    found: Truth = truth
    return found


def whole(house: House) -> None:
    """What the shop has told, each thing once."""
    (guest,) = set(house.customers()) - {MARTIN, KARIM, "atelier:7001002"}
    assert house.bought() == {
        (MARTIN, "8001", "TER-LAP"): (2000, 1067),
        (MARTIN, "8001", "TAB-M"): (1000, 3200),
        (KARIM, "8002", "atelier:5003"): (1000, 1800),
        (guest, "8003", "TER-LAP"): (2000, 1180),
    }
    assert [one.name for one in house.log()].count("Order Completed") == 3
    assert house.truth.run("SELECT COUNT(*) FROM event_refused") == [(0,)]
    assert not house.letters()


def test_a_pull_that_is_cut_off_at_any_statement_goes_on_where_it_was(shopify: House, monkeypatch: pytest.MonkeyPatch) -> None:
    shopify.peer.page_size = 1
    cuts = 0
    for statement in (*range(2, 60, 3), *range(60, 200, 11)):
        monkeypatch.setattr(pulling, "open_up", lambda settings, at=statement: cut_at(at, settings))
        try:
            shopify.pull()
        except Cut:
            cuts += 1
    monkeypatch.undo()
    shopify.pull()
    assert cuts > 10
    whole(shopify)


def test_a_process_that_is_killed_while_it_pulls_goes_on_where_it_was(shopify: House, engine: str) -> None:
    shopify.peer.page_size = 1
    env = {**os.environ, "HABITUE_DATA": str(shopify.settings.data), "HABITUE_TRUTH": shopify.settings.truth, "HABITUE_TODAY": shopify.settings.today}
    env["PYTHONPATH"] = str(Path(pulling.__file__).parents[3])
    for after in (1, 3):
        with subprocess.Popen([sys.executable, "-c", PULL], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            begun = len(shopify.peer.asked)

            def kill(count: int, until: int = begun + after, number: int = process.pid) -> None:
                if count == until:
                    os.kill(number, signal.SIGKILL)

            shopify.peer.after_page = kill
            process.communicate(timeout=60)
            assert process.returncode == -signal.SIGKILL
    shopify.peer.after_page = lambda _count: None
    shopify.pull()
    whole(shopify)
