"""PostgreSQL that restarts, or ends a connection: what was under way is lost as a whole and said so, and the house goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

import psycopg
import pytest

from habitue.app import House
from habitue.app.card import card_of
from habitue.app.names import customer_of
from habitue.events.arrivals import WriteKey
from habitue.store import Settings, Truth, open_truth
from habitue.words.errors import StoreError
from tests.cast import Shop, shop, veal
from tests.collect.conftest import Listening, listen

__all__ = ["listen", "shop"]
ENDED = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
"""Waits until each of them has gone."""


@pytest.fixture
def engine() -> str:
    """Only PostgreSQL has connections that another can end."""
    return "postgres"


def end_connections(settings: Settings) -> None:
    """As a restart of the server does, to whoever is connected to that house."""
    with psycopg.connect(settings.truth, autocommit=True) as db:
        ended = db.execute(ENDED).fetchall()
    assert ended
    assert {is_gone for (is_gone,) in ended} == {True}


def pid(truth: Truth) -> int:
    return int(truth.run("SELECT pg_backend_pid()")[0][0])


def test_what_is_asked_next_is_answered_by_a_new_connection_with_its_settings(truth: Truth, settings: Settings) -> None:
    before, connection = pid(truth), truth.connection
    end_connections(settings)
    assert pid(truth) != before
    assert truth.connection == connection + 1
    assert truth.run("SHOW jit") == [("off",)]
    assert truth.run("SHOW lock_timeout") == [("10s",)]
    end_connections(settings)
    with truth.transaction():
        first = truth.next_seq(2)
    end_connections(settings)
    with truth.snapshot():
        assert truth.run("SELECT value FROM counter WHERE name = 'seq'") == [(first + 1,)]
    end_connections(settings)
    truth.run_many("UPDATE counter SET value = value + ? WHERE name = 'seq'", [(1,), (1,)])
    assert truth.connection == connection + 4


@pytest.mark.parametrize("is_caught", [False, True])
def test_a_transaction_whose_connection_ends_keeps_nothing_and_says_so(truth: Truth, settings: Settings, is_caught: bool) -> None:
    before = truth.run("SELECT value FROM counter WHERE name = 'seq'")

    def half() -> None:
        with truth.transaction():
            truth.next_seq()
            end_connections(settings)
            try:
                truth.next_seq()
            except StoreError:
                if not is_caught:
                    raise

    with pytest.raises(StoreError, match="The database went away"):
        half()
    assert truth.run("SELECT value FROM counter WHERE name = 'seq'") == before


def test_a_transaction_in_which_a_statement_failed_unheard_keeps_nothing_and_says_so(truth: Truth) -> None:
    before = truth.run("SELECT value FROM counter WHERE name = 'seq'")

    def half() -> None:
        with truth.transaction():
            truth.next_seq()
            with suppress(psycopg.Error):
                truth.run("SELECT 1 / 0")

    with pytest.raises(StoreError, match="nothing of it was kept"):
        half()
    assert truth.run("SELECT value FROM counter WHERE name = 'seq'") == before


def test_a_snapshot_whose_connection_ends_says_so_and_the_next_one_goes_on(truth: Truth, settings: Settings) -> None:
    def half() -> None:
        with truth.snapshot():
            end_connections(settings)
            truth.run("SELECT 1")

    with pytest.raises(StoreError, match="The database went away"):
        half()
    with truth.snapshot():
        assert truth.run("SELECT 1") == [(1,)]


def test_a_truth_that_was_closed_opens_nothing_anew(settings: Settings) -> None:
    with closing(open_truth(settings)) as truth:
        pass
    with pytest.raises(StoreError):
        truth.run("SELECT 1")


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(veal()).open() as opened:
        yield opened


def test_her_card_is_shown_again_and_judged_the_same(house: House) -> None:
    her, when = customer_of(house, "martin"), house.when()
    judged, card = house.alone.judge(her, when), card_of(house, "martin")
    assert judged[1]
    end_connections(house.settings)
    assert card_of(house, "martin") == card
    end_connections(house.settings)
    assert house.alone.judge(her, house.when()) == judged


def test_a_judgement_that_is_cut_off_is_made_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    her, when = customer_of(house, "martin"), house.when()
    judged = house.alone.judge(her, when)
    with monkeypatch.context() as cut:
        cut.setattr(house.alone, "_sweep", lambda: end_connections(house.settings))
        with pytest.raises(StoreError):
            house.alone.judge(her, when)
    assert house.alone.judge(her, when) == judged


def test_what_comes_in_is_acknowledged_again_and_sorted(listen: object, settings: Settings) -> None:
    assert callable(listen)
    door: Listening = listen((WriteKey("WK_TEST", "web", "", is_server=False),))
    said = {"type": "track", "event": "Product Viewed", "anonymousId": "a", "properties": {"product_id": "p"}}
    for number in range(3):
        assert door.post("/v1/track", {**said, "messageId": str(number)})[0] == 200
        assert len(door.settled()) == number + 1
        end_connections(settings)
