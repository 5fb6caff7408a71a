"""The day on which a shop begins: nobody was known at 06:00, and who writes in the afternoon is read and answered all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.inbox.answering import answer
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.talking import conversation, open_conversations
from habitue.app.remembering import statements_of
from habitue.store import Settings
from habitue.web.desk import HouseDesk
from habitue.web.site import site_at
from habitue.words.clock import StoppedClock
from tests.cast import CATALOGUE, TYPE_NAMES, Shop
from tests.inbox.test_answers import answer_to

JEANNE = "customer,given_name,family_name,email\nmartin,Jeanne,Martin,jeanne@example.org\n"


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> Iterator[House]:
    shop = Shop(settings, tmp_path / "desk").told(today="2017-11-02", address="https://regulars.example.org", sender="shop@example.org")
    shop.bring("products", CATALOGUE)
    shop.bring("products", TYPE_NAMES)
    shop.bring("customers", JEANNE)
    with shop.open() as opened:
        yield replace(opened, clock=StoppedClock(opened.clock.instant() + 8 * 3600))


def test_a_mail_of_the_first_day_is_read_kept_and_answered(house: House) -> None:
    came = receive(house, answer_to(EmailMessage(), "Plus de veau, merci.", "jeanne@example.org", "shop@example.org"))
    assert came.customer == "martin"
    (talk,) = open_conversations(house)
    assert (talk.name, [line.what for line in talk.messages[0].proposals]) == ("Jeanne Martin", ["refusal"])
    assert statements_of(house, "martin", house.today) == statements_of(house, "martin")
    client = TestClient(site_at(HouseDesk(house)), base_url="http://localhost")
    assert "Jeanne Martin" in client.get("/inbox").text
    assert "Plus de veau, merci." in client.get(f"/inbox/{talk.number}").text
    assert "No letter can leave this house yet" in client.get(f"/inbox/{talk.number}").text
    assert "Aucune lettre ne peut encore partir" in client.get(f"/inbox/{talk.number}?lang=fr").text
    answer(house, talk.number, "C’est noté.", "Camille")
    assert not conversation(house, talk.number).is_our_turn
