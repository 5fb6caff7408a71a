"""Forgetting somebody from her card: how much goes, one more question, and the certificate, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.erasure.forgetting import certificates
from habitue.store.scrubbing import FILE_STAYS
from habitue.web import create_site
from tests.cast import Shop, shop, thanks
from tests.forget.test_broken_off import refuse
from tests.web.test_pages import words_of

__all__ = ["shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
PAGE = "/customers/martin/forget"


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(thanks()).open() as opened:
        yield opened


@pytest.fixture
def counter(house: House) -> TestClient:
    return TestClient(create_site(house), base_url="http://localhost")


@pytest.mark.parametrize(
    ("language", "asks", "done"), [("en", "Forget her for good?", "She is forgotten"), ("fr", "L’oublier pour de bon", "Elle est oubliée")]
)
def test_she_is_forgotten_from_her_card_once_somebody_is_sure(house: House, counter: TestClient, language: str, asks: str, done: str) -> None:
    assert PAGE in counter.get(f"/customers/martin?lang={language}").text
    assert asks in words_of(counter.get(f"{PAGE}?lang={language}").text)
    assert counter.post(PAGE, data={}, headers=HERE).status_code == 400
    assert certificates(house.truth) == []
    gone = counter.post(f"{PAGE}?lang={language}", data={"sure": "1"}, headers=HERE)
    [certificate] = certificates(house.truth)
    assert (gone.status_code, done in words_of(gone.text), certificate.number in gone.text) == (200, True, True)
    assert "Martin" not in gone.text
    assert counter.get("/customers/martin").status_code == counter.get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("language", "said", "other"), [("en", "could not be deleted from the disk", "database"), ("fr", "être supprimé du disque", "base de données")]
)
def test_a_file_of_hers_that_stays_is_a_matter_of_the_disk_and_not_of_the_database(
    house: House, counter: TestClient, monkeypatch: pytest.MonkeyPatch, language: str, said: str, other: str
) -> None:
    done = house.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    (done / "people.csv").write_text("customer,email\nmartin,jeanne@example.org\n", encoding="utf-8")
    refuse(monkeypatch, ["people.csv"])
    words = words_of(counter.post(f"{PAGE}?lang={language}", data={"sure": "1"}, headers=HERE).text)
    assert [certificate.left for certificate in certificates(house.truth)] == [[FILE_STAYS]]
    assert (said in words, other in words) == (True, False)


def test_another_site_forgets_nobody(house: House, counter: TestClient) -> None:
    answer = counter.post(PAGE, data={"sure": "1"}, headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert certificates(house.truth) == []
