"""By the rules of the country in which she lives: what goes to her neighbour without a yes needs hers, as soon as anybody told that she lives abroad."""

from __future__ import annotations

import json
from contextlib import closing
from importlib.resources import files

import pytest

from habitue.app import House, plan_day
from habitue.app.collect.sorting import Sorter
from habitue.app.days import the_day
from habitue.app.her.saying import set_birthday
from habitue.app.leaving import Said, rules_for, say_leave
from habitue.app.merging import Pairing
from habitue.app.post.claiming import claim
from habitue.consent.countries import Mode, every_part
from habitue.consent.living import law_country
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import who_is
from habitue.store import open_truth
from habitue.store.migrate import statements
from habitue.store.projection import customers_changed
from habitue.words.clock import instant_of
from habitue.words.country import country_code, country_number
from habitue.words.keys import positive_number
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import AFTERWARDS, ORDERS, TODAY, Shop, day, same_among_everyone, veal, verdicts_of, weekly

FORM = {"similar_products_form": "order form of the shop, box 'no offers'", "similar_products_since": "2017-06-01"}
FRENCH = ("", "France", "FR", "fra", "250", "FRANCE ", "Frankreich", "La Réunion", "RE", "reunion", "GLP", "Guyane")
FOREIGN = ("Belgique", "BE", "Belgium", "Atlantis", "-", "XX", "Nouvelle-Calédonie", "Fr. " * 100)


def lives(shop: Shop, homes: dict[str, str], **told: str) -> Shop:
    """These people buy veal on Thursdays and live there, as a file tells it; nobody ever asked them anything."""
    names = ",".join(told)
    values = "".join(f",{value}" for value in told.values())
    rows = "".join(f'{key},{key}@example.org,"{country}"{values}\n' for key, country in homes.items())
    shop.bring("customers", f"customer,email,country{',' if told else ''}{names}\n{rows}")
    return shop


def offers(shop: Shop, homes: dict[str, str], country: str = "FR") -> Shop:
    shop.book(veal(key='"offer"', kind='"offer"', purpose='"offers"', gives='"money"'))
    lives(shop, homes, since="2017-02-02")
    shop.bring("orders", ORDERS + "".join(map(weekly, homes)))
    return shop.told(country=country, **FORM)


def silenced(shop: Shop, *customers: str, on: str = TODAY) -> dict[str, bool]:
    """Whether she would have to say yes first, decided alone and among everyone."""
    with shop.open(AFTERWARDS) as house:
        judged = the_day(house, day(on))
        return {key: verdicts_of(same_among_everyone(house, key, judged))["offer"] == Reason.NO_CONSENT for key in customers}


def hear(shop: Shop, user: str, country: str, at: str = "2017-11-03", is_server: bool = True) -> None:
    """An identify, by a server of the brand or by a browser, at noon of a day."""
    key, body = f"{user} {at}", {"type": "identify", "messageId": f"{user}{at}", "userId": user, "traits": {"address": {"country": country}}}
    with closing(open_truth(shop.settings)) as truth:
        with truth.transaction():
            add_write_key(truth, WriteKey(key, "site", "", is_server=is_server))
            write_down(truth, [(key, instant_of(day(at), 12, "Europe/Paris"), "batch", 0, json.dumps({"batch": [body]}).encode())])
        assert Sorter(truth, shop.settings).sort_some()
        assert truth.run("SELECT reason FROM dead_letter") == []


def claimed(house: House, customer: str) -> Reason:
    number = who_is(house.truth, "customer", [customer])[customer].customer_id
    return claim(house, positive_number("touch", str(day(TODAY)), str(number))).reason


def test_however_her_country_is_written_its_rules_count_and_of_none_that_is_known_her_yes(shop: Shop) -> None:
    told = {f"c{number}": text for number, text in enumerate((*FRENCH, *FOREIGN))}
    found = silenced(offers(shop, told), *told)
    assert {told[key] for key, is_silent in found.items() if is_silent} == set(FOREIGN)


def test_what_goes_to_her_neighbour_is_withheld_from_her_until_she_says_yes_herself(shop: Shop) -> None:
    shop = offers(shop, {"bea": "Belgique", "rose": "France"})
    assert silenced(shop, "bea", "rose") == {"bea": True, "rose": False}
    with shop.open() as house:
        said, years = rules_for(house, "bea")
        assert (said, [rule.mode for rule in rules_for(house, "rose")[0]][:2]) == ([], [Mode.OPT_IN, Mode.SIMILAR_PRODUCTS])
        assert years == rules_for(house, "rose")[1]
        say_leave(house, "bea", Said(True, (Purpose.OFFERS,), (Channel.EMAIL,)))
    assert silenced(shop, "bea", on="2017-11-03") == {"bea": False}


def test_she_moves_and_it_binds_from_then_on_and_no_day_before_is_changed(shop: Shop) -> None:
    shop = offers(shop, {"bea": "Belgique", "rose": "France"})
    hear(shop, "bea", "FR")
    lives(shop, {"rose": "Belgique"}, known_at="2017-11-03")
    assert silenced(shop, "bea", "rose") == {"bea": True, "rose": False}
    assert silenced(shop, "bea", "rose", on="2017-11-04") == {"bea": False, "rose": True}
    hear(shop, "bea", "Atlantis", at="2017-11-05")
    assert silenced(shop, "bea", on="2017-11-06") == {"bea": True}


@pytest.mark.parametrize("street", ["", "1 rue Haute"])
def test_an_empty_cell_moves_her_nowhere(shop: Shop, street: str) -> None:
    shop = offers(shop, {"bea": "Belgique", "rose": "France"})
    lives(shop, {"bea": "", "rose": ""}, known_at="2017-11-03", street=street)
    hear(shop, "bea", "", at="2017-11-04")
    assert silenced(shop, "bea", "rose", on="2017-11-05") == {"bea": True, "rose": False}
    with shop.open() as house:
        assert house.truth.run("SELECT country FROM person WHERE email = 'bea@example.org'") == [("Belgique",)]


def test_what_is_told_after_the_plan_is_read_at_the_claim(shop: Shop) -> None:
    shop = offers(shop, {"bea": "France", "rose": "France"})
    with shop.open() as house:
        plan_day(house)
        lives(shop, {"bea": "Belgique"}, known_at=TODAY)
        assert (claimed(house, "bea"), claimed(house, "rose")) == (Reason.NO_CONSENT, Reason.SAID)


def test_a_house_abroad_writes_to_the_french_by_french_rules_and_asks_everybody_else(shop: Shop) -> None:
    shop = offers(shop, {"rose": "France", "bea": "", "bob": "BE"}, country="BE")
    assert silenced(shop, "rose", "bea", "bob") == {"rose": False, "bea": True, "bob": True}


def test_a_house_overseas_lives_by_the_rules_of_france(shop: Shop) -> None:
    shop = offers(shop, {"rose": "", "bea": "BE"}, country="RE")
    assert silenced(shop, "rose", "bea") == {"rose": False, "bea": True}


@pytest.mark.parametrize(("country", "other", "is_silent"), [("FR", "Belgique", True), ("BE", "Belgique", True), ("BE", "", False), ("FR", "RE", False)])
def test_who_is_told_to_live_in_two_countries_is_asked_for_her_yes(shop: Shop, country: str, other: str, is_silent: bool) -> None:
    shop = offers(shop, {"rose": "France", "rosie": other}, country=country)
    with shop.open() as house, house.truth.transaction():
        Pairing(house.truth, house.settings, "rose", "rosie", house.clock.instant()).merge()
    assert silenced(shop, "rose", on="2017-11-03") == {"rose": is_silent}


def test_a_browser_may_ask_for_her_yes_and_never_spare_it(shop: Shop) -> None:
    """Anybody may write by the key that stands in a page."""
    shop = offers(shop, {"bea": "", "rose": ""}, country="BE")
    hear(shop, "rose", "FR", is_server=False)
    assert silenced(shop, "rose", on="2017-11-04") == {"rose": True}
    hear(shop, "rose", "FR", at="2017-11-05")
    assert silenced(shop, "rose", on="2017-11-06") == {"rose": False}
    french = shop.told(country="FR")
    hear(french, "bea", "BE", is_server=False)
    assert silenced(french, "bea", on="2017-11-04") == {"bea": True}


def test_what_she_says_of_her_birthday_moves_her_nowhere(shop: Shop) -> None:
    shop = offers(shop, {"bea": "Belgique"})
    with shop.open() as house:
        set_birthday(house, "bea", 5, 21)
    assert silenced(shop, "bea", on="2017-11-03") == {"bea": True}


def test_who_was_known_before_her_country_counted_is_asked_until_it_is_told_again(shop: Shop) -> None:
    shop = offers(shop, {"bea": "Belgique", "rose": " France", "ruth": ""})
    text = (files("habitue.store") / "migrations" / "2026_11_25_a_country.sql").read_text(encoding="utf-8")
    with closing(open_truth(shop.settings)) as truth:
        truth.run("UPDATE customer_fact SET country = 0")
        [read_again] = [each for each in statements(text, truth.dialect) if each.startswith("UPDATE")]
        truth.run(read_again)
        customers_changed(truth, [who.customer_id for who in who_is(truth, "customer", ["bea", "rose", "ruth"]).values()], truth.next_seq())
    assert silenced(shop, "bea", "rose", "ruth") == {"bea": True, "rose": False, "ruth": False}


def test_a_country_is_two_letters_or_one_number_and_each_land_has_its_article() -> None:
    for code in ("", "AA", "FR", "ZZ"):
        assert country_code(country_number(code)) == code
    assert (country_number("AA"), country_number("ZZ"), country_code(-1), law_country(" ")) == (1, 676, "ZZ", "")
    for part in every_part():
        assert part.law
        assert all(law_country(text) == part.country for text in (*part.codes, *part.names, part.country))
