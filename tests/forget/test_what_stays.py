"""What stays right without her: the figures of past days, what an action has spent, what was sold; and she herself may come back, without her past."""

from __future__ import annotations

import re
from contextlib import closing

import pytest

from habitue.app import House, card_of, plan_day
from habitue.app.days import the_day
from habitue.app.erasure.forgetting import forget
from habitue.app.imports.bringing import keep_mapping, understand_file
from habitue.app.imports.watching import Watch
from habitue.app.leaving import Said, leaves_of, say_leave
from habitue.app.names import customer_of
from habitue.consent.forget import sealed_of
from habitue.identity.tombstones import Tombstones
from habitue.store import open_truth
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import ORDERS, Shop, day, thanks, veal

BOTH = "SELECT day, product_id, quantity_milli, amount_cents FROM order_line UNION ALL SELECT day, product_id, quantity_milli, amount_cents FROM forgotten_sale"
SOLD = f"SELECT day, product_id, SUM(quantity_milli), SUM(amount_cents) FROM ({BOTH}) AS sold GROUP BY day, product_id ORDER BY day, product_id"
SPENT = "SELECT action_id, day, SUM(touches) FROM spent GROUP BY action_id, day ORDER BY action_id, day"


def figures(house: House) -> tuple[object, ...]:
    return plan_day(house), house.truth.run(SOLD), house.truth.run(SPENT)


def test_the_figures_of_a_past_day_read_the_same_without_her(shop: Shop) -> None:
    shop.touch("martin", "2017-10-30", touch="t1", action="another")
    with shop.book(veal(), thanks()).open() as house:
        before = figures(house)
        for customer in ("martin", "lucie"):
            forget(house, customer)
        assert figures(house) == before
    with shop.open() as house:
        assert figures(house) == before


def test_a_console_that_remembers_the_day_counts_her_once_and_names_her_no_more(shop: Shop) -> None:
    """Another process forgets her; the console has judged the day before, and days that it only rehearsed."""
    with shop.book(veal(), thanks()).open() as console, shop.open() as other:
        hers = customer_of(console, "martin")
        before = plan_day(console)
        assert hers in the_day(console).rows["customer_id"]
        assert hers in the_day(other, day("2017-10-31")).rows["customer_id"]
        forget(other, "martin")
        assert plan_day(console) == before
        assert hers not in the_day(console).rows["customer_id"]
        assert hers not in the_day(other, day("2017-10-31")).rows["customer_id"]


def test_a_new_order_brings_her_back_without_her_past(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        forget(house, "martin")
    shop.bring("orders", ORDERS + "new-1,martin,lamb,2017-11-20T10:00:00,1,10.00,shop\n")
    with shop.open("2017-11-30") as house:
        card = card_of(house, "martin")
        assert (card.name, len(card.year), card.other_keys) == ("N° martin", 1, ())
        assert leaves_of(house, "martin") == []
        say_leave(house, "martin", Said(True, (Purpose.ADVICE,), (Channel.EMAIL,)))
        assert house.truth.run("SELECT COUNT(*) FROM sealed_leave")[0][0] > 0


def test_her_word_is_sealed_under_what_can_prove_it(shop: Shop) -> None:
    """Her address proves a yes to e-mail, her telephone none; a no counts by each of them."""
    with shop.book(veal()).open() as house:
        say_leave(house, "martin", Said(False, (Purpose.ADVICE,), (Channel.SMS,)))
        forget(house, "martin")
        hash_of = Tombstones(house.truth, house.settings.data, house.settings.country).hash_of
        told = {kind: hash_of(kind, value) for kind, value in (("customer", "martin"), ("email", "jeanne@example.org"), ("phone", "+33610000001"))}
        sealed = {kind: {(word.channel, word.is_granted) for word in sealed_of(house.truth, [each])} for kind, each in told.items()}
    assert sealed == {
        "customer": {(Channel.EMAIL, True), (Channel.SMS, False)},
        "email": {(Channel.EMAIL, True), (Channel.SMS, False)},
        "phone": {(Channel.SMS, False)},
    }


def test_a_household_of_hers_stays_and_keeps_its_address(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        forget(house, "anne")
    shop.bring("customers", "customer,given_name,family_name,email\nmarc,Marc,Petit,petit@example.org\n")
    with shop.open() as house:
        assert card_of(house, "marc").name == "Marc Petit"
        with pytest.raises(Unknown):
            card_of(house, "anne")


def test_a_file_that_tells_of_her_again_does_not_stay_in_the_watched_folder(shop: Shop) -> None:
    inbox = shop.settings.data / "inbox"
    inbox.mkdir(parents=True)
    file = inbox / "people.csv"
    file.write_text("customer,given_name,family_name,email\nmartin,Jeanne,Martin,jeanne@example.org\nkarim,Karim,Haddad,karim@example.org\n", encoding="utf-8")
    keep_mapping(understand_file(file, shop.settings), shop.settings)
    with shop.book(veal()).open() as house:
        forget(house, "martin")
    with closing(open_truth(shop.settings)) as truth:
        watch = Watch(truth, shop.settings, inbox)
        told = [sentence for _ in range(2) for sentence in watch.look()]
    assert told == ["people.csv → taken away: it tells of somebody who was forgotten here."]
    assert [path for path in inbox.rglob("*") if path.is_file()] == []


def test_what_was_said_of_the_other_rows_of_such_a_file_stays_without_what_stood_in_them(shop: Shop) -> None:
    """One row is hers, one of hers is not recognised as such, and one is somebody else's who must be told again; the file's name is hers, too."""
    inbox, aside = shop.settings.data / "inbox", shop.settings.data / "inbox" / "set-aside"
    inbox.mkdir(parents=True)
    heading = "customer,given_name,family_name,since\n"
    file = inbox / "jeanne-martin.csv"
    file.write_text(heading + "karim,Karim,Haddad,2017-01-05\n", encoding="utf-8")
    keep_mapping(understand_file(file, shop.settings), shop.settings)
    with shop.book(veal()).open() as house:
        forget(house, "martin")
    hers = "martin,Jeanne,Martin,2017-01-05\n,Jeanne,Martin,Jeanne Martin\n"
    with closing(open_truth(shop.settings)) as truth:
        watch = Watch(truth, shop.settings, inbox)
        for count in (1, 2):
            file.write_text(heading + hers + "nora,Nora,New,no day\n", encoding="utf-8")
            for _ in range(3):
                list(watch.look())
            left = [path for path in inbox.rglob("*") if path.is_file()]
            assert len(left) == count, "what is said of one file takes away no other's"
    assert {re.sub(r"\d{4}-\d\d-\d\d", "DAY", path.name) for path in left} == {"taken-away-DAY.why.txt", "taken-away-DAY-2.why.txt"}
    for said in (path.read_text(encoding="utf-8") for path in left):
        assert said.startswith("This file was taken away: it tells of somebody who was forgotten here.")
        assert "line 2: this tells of somebody who was forgotten here" in said
        assert "line 4: since: “…”" in said
        for word in ("Jeanne", "jeanne", "Martin", "martin", "Nora", "no day"):
            assert word not in said + "".join(map(str, aside.iterdir()))


def test_what_is_said_of_a_file_is_not_written_over_what_was_said_of_one_that_has_gone(shop: Shop) -> None:
    inbox, aside = shop.settings.data / "inbox", shop.settings.data / "inbox" / "set-aside"
    aside.mkdir(parents=True)
    (aside / "people.csv.why.txt").write_text("what was said of it", encoding="utf-8")
    (inbox / "people.csv").write_text("nothing,known\n1,2\n", encoding="utf-8")
    with closing(open_truth(shop.settings)) as truth:
        watch = Watch(truth, shop.settings, inbox)
        for _ in range(3):
            list(watch.look())
    assert (aside / "people.csv.why.txt").read_text(encoding="utf-8") == "what was said of it"
    assert sorted(path.name for path in aside.iterdir()) == ["people-2.csv", "people-2.csv.why.txt", "people.csv.why.txt"]
