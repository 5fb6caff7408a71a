"""What she said no to outlives her erasure: she comes back, and is heeded at once; a no that comes after it is heeded, too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from habitue.app import House, card_of, decide_for
from habitue.app.door import Asking, ask_to_join, asked_at_door, confirm, make_door_link
from habitue.app.erasure.forgetting import forget
from habitue.app.inbox.hearing_stop import hear_mail
from habitue.app.leaving import Said, leaves_of, say_leave
from habitue.app.merging import Pairing
from habitue.app.pull.wording import words_for
from habitue.consent.suppression import suppressed_at
from habitue.consent.suppression_file import lines
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import who_is
from habitue.identity.visitors import visitor_key
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Collected, Purpose
from tests.cast import CONSENTS, ORDERS, Shop, thanks, veal, verdicts_of, weekly
from tests.consent.setting_back import Backup
from tests.forget.test_forgetting import bring, sort

LATER, BACK = "2018-03-01", ORDERS + weekly("martin", until="2018-02-22", weeks=12)
CARD = thanks(key='"card"', channels='["post"]')
NOES = ((Purpose.PROFILING, Channel.SHOP), (Purpose.ADVICE, Channel.POST), (Purpose.AUDIENCES, Channel.SHOP), (Purpose.MEASUREMENT, Channel.SHOP))
BY_ADDRESS = 'customers_by = "email"'
KEPT = "Said earlier, at an address or number that is hers."


def says_no(house: House, customer: str) -> None:
    """She wants nothing reckoned, no cards, no list for advertisers, no looking whether she opened anything."""
    for purpose, channel in NOES:
        say_leave(house, customer, Said(False, (purpose,), (channel,), Collected.HER_PAGE))


def noes(house: House, customer: str) -> set[tuple[Purpose, Channel]]:
    """What the ledger says no to."""
    return {(Purpose[leave.purpose.upper()], Channel[leave.channel.upper()]) for leave in leaves_of(house, customer) if not leave.is_granted}


def gone(shop: Shop, *actions: str) -> Shop:
    """Mme Martin says no, and is forgotten."""
    with shop.book(*(actions or (veal(), CARD))).open() as house:
        says_no(house, "martin")
        forget(house, "martin")
    return shop


def test_she_orders_again_and_her_card_her_why_and_the_claim_heed_what_she_had_said(shop: Shop) -> None:
    gone(shop).bring("orders", BACK)
    shop.bring("customers", "customer,since,email\nmartin,2018-02-01,jeanne@example.org\n")
    shop.bring("consents", CONSENTS + "martin,advice,email,yes,2018-02-23\n")
    with shop.open(LATER) as house:
        assert noes(house, "martin") == set(NOES)
        shown = {word.sentence for leave in leaves_of(house, "martin") if not leave.is_granted for word in leave.words}
        assert shown == {f"No, on 2 November 2017. {KEPT}"}
        assert card_of(house, "martin").facts[0].text == "Not reckoned"
        decided = verdicts_of(decide_for(house, "martin"))
        assert (decided["veal-aside"], decided["card"]) == (Reason.NO_PROFILING, Reason.NO_CONSENT)
        assert {word.sentence for leave in leaves_of(house, "martin", "fr") if not leave.is_granted for word in leave.words} == {
            "Non, le 2 novembre 2017. Dit plus tôt, à une adresse ou un numéro qui est le sien."
        }
        say_leave(house, "martin", Said(True, (Purpose.PROFILING,)))
        assert (Purpose.PROFILING, Channel.SHOP) not in noes(house, "martin")


def test_a_sealed_yes_gives_nothing_and_her_last_word_before_counts(shop: Shop) -> None:
    with shop.book(veal()).open("2017-10-20") as house:
        say_leave(house, "martin", Said(False, (Purpose.PROFILING,)))
    with shop.open() as house:
        say_leave(house, "martin", Said(True, (Purpose.PROFILING,)))
        forget(house, "martin")
    shop.bring("orders", BACK)
    with shop.open(LATER) as house:
        assert leaves_of(house, "martin") == []


def test_known_again_by_her_address_alone_she_is_heeded_and_what_she_allows_now_counts(shop: Shop) -> None:
    with gone(shop).open(LATER) as house:
        notices = {notice.purpose: notice.hash for notice in asked_at_door(house.notices, "en")}
        ask_to_join(house, Asking("Jeanne@example.org", {Purpose.ADVICE: notices[Purpose.ADVICE]}, "the form", "192.0.2.1", "en"))
        with house.truth.transaction():
            secret = make_door_link(house.truth, house.truth.run("SELECT letter_id FROM door_request")[0][0])
        confirm(house, secret)
        assert noes(house, visitor_key("jeanne@example.org")) == set(NOES)
        assert not suppressed_at(house.truth, [("email", "jeanne@example.org")], Purpose.ADVICE, Channel.EMAIL)


def test_a_file_that_brings_her_back_by_a_yes_gives_no_leave_that_she_took_back(shop: Shop) -> None:
    shop.bring("consents", CONSENTS + "martin,advice,email,no,2017-10-20\n")
    gone(shop)
    shop.bring("consents", CONSENTS + "jeanne@example.org,advice,email,yes,2018-02-01\n", BY_ADDRESS)
    with shop.open(LATER) as house:
        assert (Purpose.ADVICE, Channel.EMAIL) in noes(house, visitor_key("jeanne@example.org"))


LATE = {
    "consents": CONSENTS + "martin,profiling,shop,no,2017-12-01\nmartin,advice,email,no,2017-12-01\n",
    "customers": "customer,since,email,phone,agrees_email\nmartin,2017-01-05,jeanne@example.org,,no\n",
}


def test_a_no_that_comes_after_her_erasure_is_kept_and_nothing_else_of_it(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        forget(house, "martin")
    for kind, content in LATE.items():
        for _ in range(2):
            assert bring(shop.settings, shop.desk, kind, content).rejected_rows == content.count("\n") - 1
    with shop.open(LATER) as house:
        assert suppressed_at(house.truth, [("email", "jeanne@example.org")], Purpose.OFFERS, Channel.EMAIL)
        assert not who_is(house.truth, "customer", ["martin"])
        assert house.truth.run("SELECT 1 FROM event WHERE body LIKE '%Consent Withdrawn%' AND profile_id = 1") == []
    shop.bring("orders", BACK)
    with shop.open(LATER) as house:
        assert noes(house, "martin") == {(Purpose.PROFILING, Channel.SHOP), *((purpose, Channel.EMAIL) for purpose in (1, 2, 3))}


def test_the_same_list_every_night_keeps_her_no_once(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        forget(house, "martin")
    kept = []
    for day in ("2018-01-01", "2018-01-02", "2018-01-03"):
        with shop.open(day) as night:
            bring(night.settings, shop.desk, "customers", LATE["customers"])
            kept.append(night.truth.run("SELECT count(*) FROM sealed_leave")[0][0])
    assert len(set(kept)) == 1


def test_an_old_no_that_she_had_taken_back_is_not_news(shop: Shop) -> None:
    """The same file again, after she allowed it at the counter and was forgotten."""
    old = CONSENTS + "jeanne@example.org,advice,email,no,2017-10-20\n"
    shop.bring("consents", old, BY_ADDRESS)
    with shop.book(veal()).open() as house:
        say_leave(house, "martin", Said(True, (Purpose.ADVICE,), (Channel.EMAIL,)))
        forget(house, "martin")
    before = len(lines(shop.settings.data))
    assert bring(shop.settings, shop.desk, "consents", old, BY_ADDRESS).rejected_rows == 1
    with shop.open(LATER) as house:
        assert not suppressed_at(house.truth, [("email", "jeanne@example.org")], Purpose.ADVICE, Channel.EMAIL)
    assert len(lines(shop.settings.data)) == before


def test_a_mail_that_says_stop_after_her_erasure_names_ways_that_hold_when_she_is_back(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        forget(house, "martin")
        mail = "From: jeanne@example.org\nTo: us@example.com\nSubject: Re: veal\nMessage-ID: <1@example.org>\n\nNe me contactez plus.\n"
        hear_mail(house, mail.encode())
    shop.bring("customers", "customer,since,email\nm-2,2018-02-01,jeanne@example.org\n")
    with shop.open(LATER) as house:
        assert {Channel.EMAIL, Channel.POST, Channel.SMS, Channel.PHONE} == {channel for _, channel in noes(house, "m-2")}


def test_what_comes_in_over_the_wire_is_heeded_too_and_brings_her_noes_back_with_her(shop: Shop) -> None:
    """A web shop tells late that she left; then she orders on the site."""
    shop.bring("customers", "customer,since,email\n4711,2017-02-02,zoe@example.org\n")
    with shop.book(veal()).open() as house:
        say_leave(house, "4711", Said(False, (Purpose.PROFILING,)))
        forget(house, "4711")
    with shop.open("2018-02-01") as house:
        left = {"state": "unsubscribed", "consent_updated_at": "2018-01-10T10:00:00Z"}
        her = {"id": 4711, "email": "zoe@example.org", "created_at": "2017-02-02T00:00:00Z", "updated_at": "2018-01-10T10:00:00Z"}
        with house.truth.transaction():
            add_write_key(house.truth, WriteKey("WK_SHOP", "web shop", "", is_server=True))
            late = json.dumps({**her, "email_marketing_consent": left}).encode()
            write_down(house.truth, [("WK_SHOP", house.clock.instant(), words_for("shopify", "customers"), 0, late)])
        sort(house)
        assert not who_is(house.truth, "customer", ["4711"])
        assert suppressed_at(house.truth, [("email", "zoe@example.org")], Purpose.ADVICE, Channel.EMAIL)
        with house.truth.transaction():
            bought = {"type": "track", "userId": "4711", "event": "Order Completed", "messageId": "m9", "timestamp": "2018-01-31T10:00:00Z"}
            batch = {"batch": [{**bought, "properties": {"order_id": "o9", "total": 9, "currency": "EUR"}}]}
            write_down(house.truth, [("WK_SHOP", house.clock.instant(), "batch", 0, json.dumps(batch).encode())])
        sort(house)
    with shop.open(LATER) as house:
        assert noes(house, "4711") == {(Purpose.PROFILING, Channel.SHOP), *((purpose, Channel.EMAIL) for purpose in (1, 2, 3))}


def test_a_truth_of_before_she_said_no_heeds_it_when_she_comes_back(shop: Shop, tmp_path: Path) -> None:
    with shop.book(veal(), CARD).open():
        pass
    backup = Backup(shop.settings, tmp_path / "backup")
    backup.make()
    gone(shop)
    backup.set_back()
    with shop.open():
        pass
    shop.bring("orders", BACK)
    with shop.open(LATER) as house:
        assert noes(house, "martin") == set(NOES)


def test_a_no_that_a_merge_made_stand_is_kept(shop: Shop) -> None:
    """One of her numbers said no to offers; the other, yes, and later. They are one, and the no stands."""
    shop.bring("consents", CONSENTS + "karim,offers,sms,no,2017-10-01\nmartin,offers,sms,yes,2017-10-10\n")
    with shop.book(veal()).open() as house:
        with house.truth.transaction():
            house.truth.next_seq(0)
            Pairing(house.truth, house.settings, "martin", "karim", house.clock.instant()).merge()
        forget(house, "martin")
    shop.bring("orders", BACK)
    with shop.open(LATER) as house:
        assert (Purpose.OFFERS, Channel.SMS) in noes(house, "martin")


def test_whoever_was_taken_apart_from_her_keeps_her_own_no_when_a_truth_of_before_comes_back(shop: Shop, tmp_path: Path) -> None:
    """Two were one customer in the copy that is set back; only one of them was forgotten since."""
    shop.bring("customers", "customer,since,email\na-1,2017-01-05,a@example.org\nb-1,2017-01-05,b@example.org\n")
    backup = Backup(shop.settings, tmp_path / "backup")
    with shop.book(veal()).open() as house:
        say_leave(house, "a-1", Said(True, (Purpose.ADVICE,), (Channel.EMAIL,)))
        say_leave(house, "b-1", Said(False, (Purpose.PROFILING,)))
        say_leave(house, "b-1", Said(False, (Purpose.ADVICE,), (Channel.EMAIL,)))
        of_two(house, "merge")
    backup.make()
    with shop.open() as house:
        of_two(house, "unmerge")
        forget(house, "a-1")
    backup.set_back()
    with shop.open() as house:
        assert not who_is(house.truth, "customer", ["a-1"])
        left = who_is(house.truth, "customer", ["b-1"])["b-1"]
        assert left.customer_id == left.profile_id  # a customer by her own number, no more by that of whoever is gone
        assert (Purpose.PROFILING, Channel.SHOP) in noes(house, "b-1")
    shop.bring("orders", ORDERS + weekly("a-1", until="2018-02-22", weeks=12))
    with shop.open(LATER) as house:
        assert noes(house, "a-1") == set()


@pytest.mark.parametrize("is_file", [True, False])
def test_known_by_a_new_number_before_her_address_is_told_she_is_heeded_once_it_is(shop: Shop, is_file: bool) -> None:
    """An order brings the number, a list or a client tells later whose it is; a yes of a file comes after that."""
    shop.bring("consents", CONSENTS + "martin,advice,email,no,2017-10-20\n")
    gone(shop).bring("orders", ORDERS + weekly("m-2", until="2018-02-22", weeks=12))
    if is_file:
        shop.bring("customers", "customer,email\nm-2,jeanne@example.org\n")
    else:
        with shop.open("2018-02-24") as house:
            with house.truth.transaction():
                add_write_key(house.truth, WriteKey("WK", "web", "", is_server=True))
                told = {"type": "identify", "userId": "m-2", "messageId": "m1", "traits": {"email": "jeanne@example.org"}}
                write_down(house.truth, [("WK", house.clock.instant(), "one", 0, json.dumps(told).encode())])
            sort(house)
    assert bring(shop.standing("2018-02-26"), shop.desk, "consents", CONSENTS + "m-2,advice,email,yes,2018-02-25\n").rejected_rows == 1
    with shop.open(LATER) as house:
        assert noes(house, "m-2") == {*NOES, (Purpose.ADVICE, Channel.EMAIL)}
        say_leave(house, "m-2", Said(True, (Purpose.PROFILING,)))
    shop.bring("customers", "customer,email\nm-2,JEANNE@example.org\n")
    with shop.open(LATER) as house:
        assert (Purpose.PROFILING, Channel.SHOP) not in noes(house, "m-2")


def test_what_she_allows_once_she_is_back_stays_when_another_address_of_hers_is_told(shop: Shop) -> None:
    """Her number brought her noes back; her e-mail address, which bears the same, says nothing new. A no that only the address had is new."""
    with shop.book(veal()).open() as house:
        says_no(house, "martin")
        forget(house, "martin")
        mail = "From: jeanne@example.org\nTo: us@example.com\nSubject: Re: veal\nMessage-ID: <1@example.org>\n\nNe me contactez plus.\n"
        hear_mail(house, mail.encode())
    shop.bring("orders", BACK)
    with shop.open(LATER) as house:
        assert noes(house, "martin") == set(NOES)
        say_leave(house, "martin", Said(True, (Purpose.PROFILING,)))
    shop.bring("customers", "customer,since,email\nmartin,2018-02-01,jeanne@example.org\n")
    with shop.open(LATER) as house:
        assert (Purpose.PROFILING, Channel.SHOP) not in noes(house, "martin")
        assert (Purpose.OFFERS, Channel.EMAIL) in noes(house, "martin")


def of_two(house: House, what: str) -> None:
    """The two become one customer, or two again."""
    with house.truth.transaction():
        house.truth.next_seq(0)
        getattr(Pairing(house.truth, house.settings, "a-1", "b-1", house.clock.instant()), what)()
