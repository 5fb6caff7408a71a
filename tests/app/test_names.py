"""Whom a number, an address or a telephone number names; what has the shape of another's address, or was told by a browser alone, names nobody by itself."""

from __future__ import annotations

import json
from contextlib import closing
from email.message import EmailMessage

import pytest
from starlette.testclient import TestClient

from habitue.app.collect.sorting import Sorter
from habitue.app.comparing import compared
from habitue.app.days import search_people
from habitue.app.erasure.forgetting import forget
from habitue.app.her.saying import link_for, visit_by
from habitue.app.house import House
from habitue.app.inbox.hearing_stop import hear_mail
from habitue.app.law.requesting import Opening, case_line, due_cases, open_case, seek
from habitue.app.names import customer_of, people
from habitue.consent.law.model import Asked, Door
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.store import open_truth
from habitue.web import create_site
from habitue.words.clock import instant_of
from habitue.words.errors import OnlyTold, Several
from tests.cast import Shop, day, shop, thanks
from tests.web.test_pages import words_of

__all__ = ["shop"]
HERS, THIEF = "jeanne@example.org", "thief@evil.test"


def tell(shop: Shop, user: str, is_server: bool = False, **traits: str) -> None:
    """An identify, by a browser or by a server of the brand."""
    key = f"{user} {is_server} {traits}"
    body = {"type": "identify", "messageId": key, "userId": user, "traits": traits}
    with closing(open_truth(shop.settings)) as truth:
        with truth.transaction():
            add_write_key(truth, WriteKey(key, key, "", is_server=is_server))
            write_down(truth, [(key, instant_of(day("2017-11-01"), 5, "Europe/Paris"), "batch", 0, json.dumps({"batch": [body]}).encode())])
        assert Sorter(truth, shop.settings).sort_some()
        assert truth.run("SELECT reason FROM dead_letter") == []


def found(house: House, text: str) -> set[str]:
    return {line.customer_key for line in search_people(house, text, house.today, "en")}


def test_a_number_that_is_another_s_address_names_neither_until_somebody_says_which(shop: Shop) -> None:
    tell(shop, HERS, firstName="Eve")
    with shop.book(thanks()).open() as house:
        case = open_case(house, "", Opening(Asked.ERASURE, Door.MAIL), "Odile")
        for name in (lambda: forget(house, HERS), lambda: open_case(house, HERS, Opening(Asked.ERASURE, Door.MAIL), ""), lambda: seek(house, case, HERS, "")):
            with pytest.raises(Several, match=f"say which by number: martin, number:{HERS}\\."):
                name()
        assert found(house, HERS) == found(house, HERS.upper()) | {f"number:{HERS}"} == {"martin", f"number:{HERS}"}
        martin, eve = customer_of(house, "martin"), customer_of(house, f" number:{HERS}")
        assert people(house, [martin, eve]) == {martin: ("martin", "Jeanne Martin"), eve: (f"number:{HERS}", "Eve")}
        assert found(house, f"number:{HERS}") == {f"number:{HERS}"}
        assert visit_by(house, link_for(house, f"number:{HERS}").removeprefix("/her/")).customer_key == f"number:{HERS}"
        assert compared(house, "martin", f"number:{HERS}", "en").other_name == "Eve"
        forget(house, f"number:{HERS}")
        assert customer_of(house, HERS) == martin


def test_whoever_writes_from_an_address_that_is_another_s_number_is_who_has_the_address(shop: Shop) -> None:
    tell(shop, HERS, firstName="Eve")
    with shop.book(thanks()).open() as house:
        hear_mail(house, mail(HERS))
        [line] = due_cases(house)
    assert (line.key, line.needs_check) == ("martin", True)


def test_a_number_that_is_her_own_address_names_her(shop: Shop) -> None:
    shop.bring("customers", "customer,email\nzoe@example.org,zoe@example.org\n")
    with shop.book(thanks()).open() as house:
        assert people(house, [customer_of(house, "zoe@example.org")]) == {customer_of(house, "zoe@example.org"): ("zoe@example.org", "N° zoe@example.org")}


def test_a_number_that_is_another_s_telephone_names_neither(shop: Shop) -> None:
    shop.bring("customers", "customer,given_name\n0610000001,Zoé\n")
    with shop.book(thanks()).open() as house:
        with pytest.raises(Several, match="martin, number:0610000001"):
            customer_of(house, "0610000001")
        assert customer_of(house, "number:0610000001") != customer_of(house, "martin") == customer_of(house, "06 10 00 00 01")


def test_an_address_that_a_browser_alone_told_shows_her_and_names_nobody(shop: Shop) -> None:
    tell(shop, "karim", email=THIEF)
    with shop.book(thanks()).open() as house:
        assert found(house, THIEF) == {"karim"}
        case = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL), "Odile")
        for name in (lambda: forget(house, THIEF), lambda: open_case(house, THIEF, Opening(Asked.ACCESS, Door.MAIL), ""), lambda: seek(house, case, THIEF, "")):
            with pytest.raises(OnlyTold, match=f"Only a browser told us “{THIEF}”.*: karim"):
                name()
        hear_mail(house, mail(THIEF))
        assert {line.key for line in due_cases(house)} == {""}
        assert not case_line(house, due_cases(house)[-1].number).is_looked_for
    tell(shop, "karim", is_server=True, email=THIEF)
    with shop.open() as house:
        assert customer_of(house, THIEF) == customer_of(house, "karim")


def test_what_a_browser_says_takes_an_address_from_nobody(shop: Shop) -> None:
    tell(shop, "karim", email=HERS)
    with shop.book(thanks()).open() as house:
        assert customer_of(house, HERS) == customer_of(house, "martin")
        assert found(house, HERS) == {"martin", "karim"}


def test_a_page_that_cannot_say_who_is_meant_says_so_in_the_reader_s_words(shop: Shop) -> None:
    tell(shop, "karim", email=THIEF)
    with shop.book(thanks()).open() as house, TestClient(create_site(house), base_url="http://localhost") as site:
        for path, english, french in (
            ("petit@example.org", "so it names none of them", "dites laquelle par son numéro\u202f: anne, marc."),
            (THIEF, "which proves nothing", "ce qui ne prouve rien"),
        ):
            for page in ("", "/leave", "/asks"):
                answer = site.get(f"/customers/{path}{page}?lang=fr")
                assert (answer.status_code, french in words_of(answer.text)) == (400, True), (path, page)
            assert english in words_of(site.get(f"/customers/{path}?lang=en").text)


def mail(sender: str) -> bytes:
    written = EmailMessage()
    written["From"], written["Subject"], written["Message-ID"] = sender, "My data", f"<{sender}.1>"
    written.set_content("Please delete all my data.")
    return written.as_bytes()
