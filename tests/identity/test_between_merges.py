"""What lies between a merge and its end: who was told apart stays so, a note stays with its number, a plan and a console keep up, no leave comes back."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from habitue.app.comparing import compared
from habitue.app.days import the_day
from habitue.app.merging import Pairing, household_of
from habitue.app.names import customer_of
from habitue.app.planning import write_plan
from habitue.app.remembering import note, statements_of
from habitue.app.stating import Note
from habitue.identity.proposals import propose
from habitue.identity.visitors import visitor_key
from habitue.identity.waiting import Proposal, open_pairs
from habitue.store import open_truth
from habitue.web.desk import HouseDesk
from habitue.web.site import site_at
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Level, Subject
from tests.cast import TODAY, Shop, day, thanks, veal
from tests.identity.conftest import Run

BY_ADDRESS = 'source = "letters"\ncustomers_by = "email"\n'
LEFT = "customer,purpose,channel,granted,at\npetit@example.org,offers,email,no,2017-10-30\n"


def said(shop: Shop, kind: str, content: str) -> None:
    shop.bring(kind, content, BY_ADDRESS)


def leaves(shop: Shop) -> dict[str, int]:
    """Whether anne and marc may be told of offers by e-mail, each by herself."""
    truth = open_truth(shop.settings)
    try:
        rows = truth.run(
            "SELECT i.value, f.is_granted FROM consent_fact AS f JOIN identifier AS i ON i.profile_id = f.profile_id AND i.kind = 'customer'"
            " WHERE f.purpose = 2 AND f.channel = ? AND i.value IN ('anne', 'marc') ORDER BY f.known_at, f.seq",
            (Channel.EMAIL,),
        )
    finally:
        truth.close()
    return dict(rows)


@pytest.mark.parametrize("kind", ["consents", "customers"])
def test_a_no_by_the_address_of_two_who_are_one_is_kept_by_both(shop: Shop, habitue: Run, kind: str) -> None:
    shop.bring("consents", "customer,purpose,channel,granted,at\nanne,offers,email,yes,2017-06-02\nmarc,offers,email,yes,2017-06-02\n")
    habitue("merge", "anne", "marc", "--yes")
    said(shop, kind, LEFT if kind == "consents" else "customer,email,agrees_email\npetit@example.org,petit@example.org,no\n")
    habitue("unmerge", "anne", "marc", "--yes")
    assert leaves(shop) == {"anne": 0, "marc": 0}


def test_a_yes_in_a_file_counts_only_where_nobody_has_left_at_that_address(shop: Shop) -> None:
    shop.bring("customers", "customer,email\n7,ines@example.org\n")
    shop.bring("consents", "customer,purpose,channel,granted,at\nines@example.org,offers,email,no,2017-10-01\n", BY_ADDRESS)
    shop.bring("customers", "customer,email,agrees_email\n42,ines@example.org,yes\n")
    truth = open_truth(shop.settings)
    try:
        given = "SELECT COUNT(*) FROM consent_fact AS f JOIN identifier AS i ON i.profile_id = f.profile_id WHERE i.value = '42' AND f.purpose = 2"
        assert truth.run(given) == [(0,)]
    finally:
        truth.close()


def test_who_was_told_apart_is_not_joined_by_way_of_a_third(shop: Shop, habitue: Run) -> None:
    with shop.open() as house, house.truth.transaction():
        Pairing(house.truth, house.settings, "anne", "marc", house.clock.instant()).say_apart()
    assert habitue("merge", "anne", "nina", "--yes")[0] == 0
    code, answer = habitue("merge", "nina", "marc", "--yes")
    assert (code, "“anne” and “marc” were said to be two people" in answer) == (5, True)
    assert habitue("merge", "anne", "marc", "--yes")[0] == 0, "of those two themselves the last word counts"


def test_a_household_is_one_of_customers_whatever_their_numbers(shop: Shop, habitue: Run) -> None:
    habitue("household", "martin", "karim")
    habitue("merge", "karim", "paul", "--yes")
    assert "one household" in habitue("merge", "martin", "paul", "--yes")[1]
    habitue("household", "karim", "nina")
    with shop.open() as house:
        number = {key: customer_of(house, key) for key in ("martin", "karim", "nina")}
        assert household_of(house.truth, number["martin"]) == sorted((number["karim"], number["nina"]))
    assert habitue("household", "martin", "paul", "--part")[0] == 0
    assert habitue("merge", "martin", "paul", "--yes")[0] == 0


def test_nothing_proposes_two_again_who_were_told_apart_by_other_numbers(shop: Shop, habitue: Run) -> None:
    with shop.open() as house:
        with house.truth.transaction():
            Pairing(house.truth, house.settings, "anne", "marc", house.clock.instant()).say_apart()
        habitue("merge", "marc", "karim", "--yes")
        before = len(open_pairs(house.truth))
        with house.truth.transaction():
            assert not propose(house.truth, [Proposal(customer_of(house, "anne"), profile(shop, "karim"), "phone", 0, "", 1)])
        assert len(open_pairs(house.truth)) == before


def profile(shop: Shop, key: str) -> int:
    truth = open_truth(shop.settings)
    try:
        return int(truth.run("SELECT profile_id FROM identifier WHERE kind = 'customer' AND value = ?", (key,))[0][0])
    finally:
        truth.close()


def test_what_is_noted_under_a_number_stays_with_it(shop: Shop, habitue: Run) -> None:
    habitue("merge", "martin", "karim", "--yes")
    with shop.open() as house:
        note(house, "karim", Note(Subject.THING, "MEAT/LIVER", -1, level=Level.TYPE))
    habitue("unmerge", "martin", "karim", "--yes")
    with shop.open() as house:
        assert [line.about_key for line in statements_of(house, "karim")] == ["type:MEAT/LIVER"]
        assert statements_of(house, "martin") == []


def test_the_console_keeps_up_with_a_merge_and_with_its_end(shop: Shop, habitue: Run) -> None:
    with shop.book(veal(), thanks()).open() as house, TestClient(site_at(HouseDesk(house)), base_url="http://localhost") as client:
        write_plan(house)
        for command in ("merge", "unmerge"):
            assert habitue(command, "martin", "karim", "--yes")[0] == 0
            assert [client.get(page).status_code for page in ("/", "/people?reason=said")] == [200, 200]
            lines = [int(number) for number in the_day(house, day(TODAY)).rows["customer_id"]]
            assert len(lines) == len(set(lines)), "one line a customer"


def test_a_merge_while_the_day_is_judged_makes_it_judged_again(shop: Shop, habitue: Run) -> None:
    steps: list[str] = []

    def meanwhile(step: str, *_: int) -> None:
        if not steps:
            habitue("merge", "martin", "karim", "--yes")
        steps.append(step)

    with shop.book(veal(), thanks(), shop="[caps]\nweek = 1\nmonth = 4\n[quiet]\nfrom = 21\nuntil = 8\n").open() as house:
        house.when()
        written = write_plan(house, meanwhile)
        assert any("again" in step for step in steps)
        hers = [int(place) for place, number in enumerate(written.rows["customer_id"]) if number == customer_of(house, "karim")]
        assert len(hers) == 1
        assert house.truth.run("SELECT COUNT(*) FROM decision WHERE customer_id = ?", (profile(shop, "karim"),)) == [(0,)]
        assert house.truth.run("SELECT COUNT(*) FROM touch_fact") == [(sum(int(reason) == Reason.SAID for reason in written.rows["reason"]),)]


NEWSLETTER = "customer,email,given_name,agrees_email\nines@example.org,ines@example.org,{},yes\n"


@pytest.mark.parametrize(("newsletter", "till", "are_one"), [("Inès", "INES", True), ("", "Paul", True), ("Inès", "Paul", False)])
def test_a_number_joins_who_gave_that_address_unless_the_names_differ_and_can_be_parted_again(
    shop: Shop, habitue: Run, newsletter: str, till: str, are_one: bool
) -> None:
    said(shop, "customers", NEWSLETTER.format(newsletter))
    shop.bring("customers", f"customer,email,given_name\nD-1,ines@example.org,{till}\n")
    visitor = visitor_key("ines@example.org")
    assert own_offers(shop, "D-1") == int(are_one)
    assert [(line["one_key"], line["other_key"]) for line in json.loads(habitue("pairs", "--json")[1]) if visitor in line.values()] == [(visitor, "D-1")] * (
        not are_one
    )
    if are_one:
        assert habitue("unmerge", "D-1", visitor, "--yes")[0] == 0
        assert (own_offers(shop, "D-1"), own_offers(shop, visitor)) == (0, 1)


@pytest.mark.parametrize("is_said", [False, True])
def test_a_mailbox_of_several_joins_nobody_new(shop: Shop, habitue: Run, is_said: bool) -> None:
    said(shop, "customers", NEWSLETTER.format("Inès"))
    if is_said:
        assert habitue("shared", "email", "ines@example.org")[0] == 0
    else:
        shop.bring("customers", "customer,email,given_name\nP-1,ines@example.org,Paul\n")
    shop.bring("customers", "customer,email,given_name\nD-1,ines@example.org,Inès\n")
    assert own_offers(shop, "D-1") == 0


def own_offers(shop: Shop, key: str) -> int:
    """How often the customer of a number has agreed to offers by e-mail, by any number of hers."""
    truth = open_truth(shop.settings)
    try:
        hers = "SELECT p.customer_id FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id WHERE i.kind = 'customer' AND i.value = ?"
        return int(truth.run(f"SELECT COUNT(*) FROM consent WHERE purpose = 2 AND channel = 1 AND is_granted = 1 AND customer_id IN ({hers})", (key,))[0][0])
    finally:
        truth.close()


def test_of_two_numbers_with_one_address_the_first_has_it_and_both_are_looked_at(shop: Shop, habitue: Run) -> None:
    said(shop, "customers", NEWSLETTER.format(""))
    shop.bring("customers", "customer,email,given_name\nD-1,ines@example.org,Paul\nM-1,ines@example.org,Marie\n")
    assert (own_offers(shop, "D-1"), own_offers(shop, "M-1")) == (1, 0)
    assert [line for line in json.loads(habitue("pairs", "--json")[1]) if "M-1" in (line["one_key"], line["other_key"])]


def test_a_reason_is_given_once_for_however_many_numbers_it_was_found(shop: Shop, habitue: Run) -> None:
    habitue("merge", "anne", "nina", "--yes")
    with shop.open() as house:
        with house.truth.transaction():
            found = [Proposal(profile(shop, key), profile(shop, "marc"), "home", chance, "", 1) for key, chance in (("anne", 991), ("nina", 997))]
            propose(house.truth, found)
        said_of_them = compared(house, "anne", "marc", "en").reasons
    assert [reason for reason in said_of_them if "live together" in reason] == ["they are one person, or live together (99.7 %)"]
