"""From a shop's files to its pages, through public doors only: a small house, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from habitue.app import House, open_house
from habitue.app.imports.importing import import_file
from habitue.content.laying_out import lay_out_first_book
from habitue.store import Settings, open_truth, save_settings
from habitue.web import create_site
from tests.conftest import MakeSettings
from tests.web.test_pages import links_of, words_of

DAYS = {"martin": range(0, 300, 7), "karim": range(2, 300, 10), "lucie": range(4, 300, 14)}
FIRST = date(2017, 1, 5)
PEOPLE = "customer,given_name,family_name,since\nmartin,Odile,Martin,2017-01-05\nkarim,Karim,<b>Belkacem</b>,2017-01-05\nlucie,Lucie,Fontaine,2017-01-05\n"
CONSENTS = "customer,purpose,channel,granted,at\n" + "".join(
    f"{who},{purpose},shop,yes,2017-01-06\n" for who in ("martin", "karim") for purpose in ("advice", "offers", "service")
)
PRODUCTS = "level,item,product,type,category,department,name_en,name_fr\nproduct,,veal,paupiettes,veal,butcher,,\n"
NAMES = "level,item,name_en,name_fr\ntype,veal/paupiettes,veal paupiettes,paupiettes de veau\n"


def orders(until: date) -> str:
    rows = ["order,customer,product,sold_at,quantity,amount"]
    for who, days in DAYS.items():
        baskets = [FIRST + timedelta(days=day) for day in days]
        rows += [f"{who}-{on},{who},veal,{on}T11:00:00,2,12.50" for on in baskets if on <= until]
    return "\n".join(rows) + "\n"


def built(settings: Settings, until: date) -> House:
    """A house that was brought its files of everything up to a day."""
    lay_out_first_book(settings.book_folder)
    save_settings(settings)
    truth = open_truth(settings)
    for kind, content in (("products", PRODUCTS), ("products", NAMES), ("customers", PEOPLE), ("consents", CONSENTS), ("orders", orders(until))):
        file = Path(settings.data) / f"{kind}.csv"
        file.write_text(content, encoding="utf-8")
        assert import_file(truth, settings, file, None, kind).rejected == ()
    truth.close()
    return open_house(settings)


@pytest.fixture
def shop(engine: str, settings_for: MakeSettings, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    place = {"truth": request.getfixturevalue("new_database")()} if engine == "postgres" else {}
    with built(settings_for(today="2017-10-05", buckets=2, **place), date(2017, 12, 31)) as house:
        yield TestClient(create_site(house), base_url="http://localhost")


def test_a_shop_opens_from_today_to_the_last_reason(shop: TestClient) -> None:
    plan = shop.get("/api/plan").json()
    assert plan["touches"] + plan["silences"] == plan["customers"] == 3
    assert sum(plan["reasons"].values()) == plan["silences"]
    today = shop.get("/")
    assert "for 3 customers" in words_of(today.text)
    seen = set()
    for figure in {link for link in links_of(today.text) if link.startswith("/people?")}:
        for person in (link for link in links_of(shop.get(figure).text) if link.startswith("/customers/")):
            assert shop.get(person).status_code == 200
            seen.add(person.split("/")[2])
    assert seen == set(DAYS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_a_real_house_stands_in_both_languages(shop: TestClient, language: str) -> None:
    for address in ("/", "/people", "/customers?q=mar", "/customers/martin", "/customers/martin/why", "/customers/karim"):
        answer = shop.get(address, headers={"Accept-Language": language})
        assert (address, answer.status_code) == (address, 200)
        assert "<b>Belkacem" not in answer.text
    card = words_of(shop.get("/customers/martin", headers={"Accept-Language": language}).text)
    assert {"en": "Loves Veal paupiettes", "fr": "Aime Paupiettes de veau"}[language] in card


def without_tomorrow(page: str) -> str:
    """A page without its link to the day after, which a clock that stands may be moved to where the data reaches so far."""
    return re.sub(r'<a href="[^"]*" rel="next">[^<]*</a>\s*', "", page)


def test_what_comes_later_is_known_to_no_page(shop: TestClient, settings_for: MakeSettings, tmp_path: Path) -> None:
    with built(settings_for(tmp_path / "then", today="2017-10-05", buckets=2), date(2017, 10, 4)) as then:
        before = TestClient(create_site(then), base_url="http://localhost")
        for address in ("/", "/people", "/customers/martin", "/customers/karim/why", "/api/plan", "/api/customers/lucie/card", "/customers?q=a"):
            assert without_tomorrow(shop.get(address).text) == without_tomorrow(before.get(address).text), address


def test_a_day_before_the_first_customer_and_a_stranger_are_clear_pages(shop: TestClient) -> None:
    assert shop.get("/?on=2016-01-01").status_code == 404
    assert shop.get("/customers/nobody").status_code == 404
    assert shop.get("/customers/nobody/why?on=2016-01-01").status_code == 404
    assert shop.get("/customers/%00").status_code == 404
    assert shop.get("/customers", params={"q": "\0%_'\";--\\"}).status_code == 200
    assert shop.get("/healthz").json() == {"ok": True}
