"""A visit when we know that it is her is a sign: three years begin anew. An e-mail opened is none, nor is what a server does by itself."""

from __future__ import annotations

from io import BytesIO
from json import dumps, loads
from pathlib import Path
from zipfile import ZipFile

import pytest

from habitue.app import plan_day
from habitue.app.backup.restoring import restore
from habitue.app.collect.sorting import Sorter
from habitue.app.erasure.forgetting import everything_of, forget, whom_of
from habitue.app.her.data import her_data
from habitue.app.house import House
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.app.post.claiming import claim
from habitue.app.retaining import let_go, who_goes
from habitue.events.arrivals import WriteKey, add_write_key, write_down, write_keys
from habitue.store import open_truth
from habitue.store.projection import rebuild
from habitue.words.keys import positive_number
from habitue.words.reasons import Reason
from tests.backup.conftest import MakeHouse, empty_house, place
from tests.backup.looking import backed_up
from tests.cast import CONSENTS, Shop, day, shop, thanks, verdicts_of
from tests.consent.test_country_rules import on

__all__ = ["empty_house", "place", "shop"]
BROWSER, SERVER = "WK_WEB", "WK_TILL"
PAGE = {"type": "page", "name": "Veal"}
MADE_AT = {"context": {"page": {"path": "/account"}}}


def track(event: str, **more: object) -> dict[str, object]:
    return {"type": "track", "event": event, **more}


def told(shop: Shop, today: str, *messages: dict[str, object], key: str = BROWSER) -> None:
    """What a site's or a server's client tells on the morning of a day, sorted."""
    with shop.open(today) as house:
        with house.truth.transaction():
            if not write_keys(house.truth):
                add_write_key(house.truth, WriteKey(BROWSER, "web", "", False, 1))
                add_write_key(house.truth, WriteKey(SERVER, "mails", "", True, 1))
            batch = dumps({"batch": [{"messageId": f"{today} {n}", **each} for n, each in enumerate(messages)]})
            write_down(house.truth, [(key, house.clock.instant(), "batch", 0, batch.encode())])
        while Sorter(house.truth, house.settings).sort_some():
            pass
        assert house.truth.run("SELECT reason FROM dead_letter") == []


def is_lapsed(shop: Shop, today: str, customer: str = "nina") -> bool:
    """Whether she is silenced for having long gone: judged alone, and the same among everyone."""
    with shop.open(today) as house:
        found = verdicts_of(on(house, customer, today))["thanks"]
    assert found != Reason.NO_CONSENT
    return found == Reason.LAPSED


def keys(house: House) -> set[str]:
    return {key for (key,) in house.truth.run("SELECT value FROM identifier WHERE kind = 'customer'")}


def days_seen(house: House) -> list[int]:
    return [number for (number,) in house.truth.run("SELECT day FROM seen_fact ORDER BY day, profile_id")]


@pytest.mark.parametrize(
    ("message", "key"),
    [
        (PAGE, BROWSER),
        (PAGE, SERVER),
        ({"type": "screen", "name": "Home"}, BROWSER),
        (track("Product Viewed", properties={"product_id": "veal"}), BROWSER),
        (track("Wishlist Opened"), BROWSER),
        (track("Signed In", **MADE_AT), SERVER),
        (track("Email Link Clicked"), SERVER),
        (track("push_notification_tapped"), SERVER),
        (track("Courriel cliqué"), SERVER),
        (track("E-mail – clic"), SERVER),
    ],
)
def test_who_visits_under_her_name_is_still_written_to(shop: Shop, message: dict[str, object], key: str) -> None:
    """Nina came on 30 October 2017 and never bought."""
    shop.book(thanks())
    assert is_lapsed(shop, "2021-10-01")
    told(shop, "2021-10-02", message | {"userId": "nina"}, key=key)
    assert not is_lapsed(shop, "2021-10-03")


@pytest.mark.parametrize("key", [BROWSER, SERVER])
def test_an_email_opened_is_no_sign_nor_is_anything_that_happens_without_her(shop: Shop, key: str) -> None:
    shop.book(thanks())
    names = ["Email Opened", "Email Delivered", "email_opened", "emailOpened", "EMAIL_BOUNCED", "E-mail Opened", "Opened Email", "Email Marked as Spam"]
    names += ["Push Notification Received", "SMS Delivered", "SMSDelivered", "Courriel ouvert", "Email Clicked by Scanner", "Email bot clic"]
    alone = ["Points Expired", "Unsubscribed", "Audience Entered"] if key == SERVER else []
    told(shop, "2021-10-02", *(track(name, userId="nina") for name in [*names, *alone]), key=key)
    assert is_lapsed(shop, "2021-10-03")
    with shop.open("2021-10-03") as house:
        assert house.truth.run("SELECT customer_id FROM seen") == []
        assert len(days_seen(house)) == bool(alone), "what a server tells by itself keeps her, and is no visit"


@pytest.mark.parametrize(("what", "is_kept"), [("Haircut Done", True), ("Points Expired", True), ("Email Opened", False), ("SMS Delivered", False)])
def test_whatever_a_server_tells_of_her_but_of_its_messages_keeps_her_though_it_lets_nobody_write(shop: Shop, what: str, is_kept: bool) -> None:
    """Nina came on 30 October 2017 and never bought; what the server told has gone by then."""
    shop.book(thanks())
    told(shop, "2020-06-01", track(what, userId="nina"), key=SERVER)
    assert is_lapsed(shop, "2021-10-01")
    with shop.open("2022-07-02") as house:
        let_go(house)
        assert (keys(house), house.truth.run("SELECT seq FROM event WHERE name = 'Tracked'")) == ({"nina"} if is_kept else set(), [])
    with shop.open("2023-06-03") as house:
        assert let_go(house)["quiet_customers"] == is_kept


def test_a_visit_three_years_and_a_day_ago_does_not_count_and_a_later_one_not_as_of_an_earlier_day(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2021-10-02", PAGE | {"userId": "nina"})
    found = {today: is_lapsed(shop, today) for today in ("2021-10-02", "2021-10-03", "2024-10-01", "2024-10-02")}
    assert found == {"2021-10-02": True, "2021-10-03": False, "2024-10-01": False, "2024-10-02": True}


def test_an_anonymous_visit_counts_once_she_is_known_to_be_that_visitor_from_the_day_on_which_it_was(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2021-06-01", PAGE | {"anonymousId": "tablet"})
    assert is_lapsed(shop, "2021-10-01")
    told(shop, "2021-10-02", {"type": "identify", "userId": "nina", "anonymousId": "tablet"})
    found = {today: is_lapsed(shop, today) for today in ("2021-10-01", "2021-10-03", "2024-05-31", "2024-06-01")}
    assert found == {"2021-10-01": True, "2021-10-03": False, "2024-05-31": False, "2024-06-01": True}


def test_who_asks_not_to_be_followed_leaves_no_trace_of_a_visit(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2021-10-02", PAGE | {"userId": "nina", "context": {"consent": {"categoryPreferences": {"Analytics": False}}}})
    assert is_lapsed(shop, "2021-10-03")


def test_of_many_visits_one_in_thirty_days_is_kept_and_all_is_the_same_when_it_is_made_anew(shop: Shop) -> None:
    shop.book(thanks())
    for today in ("2021-10-02", "2021-10-03", "2021-10-04", "2021-11-20"):
        told(shop, today, *(PAGE | {"userId": "nina", "messageId": f"{today} p{n}"} for n in range(3)))
    assert not is_lapsed(shop, "2024-11-19")
    with shop.open("2024-11-19") as house:
        assert days_seen(house) == [day("2021-10-02"), day("2021-11-20")]
        rebuild(house.truth, house.settings)
    assert not is_lapsed(shop, "2024-11-19")
    assert is_lapsed(shop, "2024-11-20")


def test_two_who_are_one_have_the_visits_of_both_and_each_her_own_when_parted(shop: Shop) -> None:
    shop.book(thanks())
    shop.bring("customers", "customer,since,email\nn2,2017-10-30,n2@example.org\n")
    shop.bring("consents", CONSENTS + "n2,advice,email,yes,2017-11-01\n")
    told(shop, "2021-10-02", PAGE | {"userId": "n2"})
    assert is_lapsed(shop, "2021-10-03")
    with shop.open("2021-10-03") as house:
        Pairing(house.truth, house.settings, "nina", "n2", house.clock.instant()).merge()
    assert not is_lapsed(shop, "2021-10-04")
    with shop.open("2021-10-05") as house:
        Pairing(house.truth, house.settings, "nina", "n2", house.clock.instant()).unmerge()
    assert is_lapsed(shop, "2021-10-06")


def test_a_planned_word_leaves_on_the_day_after_three_years_if_she_came_meanwhile(shop: Shop) -> None:
    shop.book(thanks())
    shop.buys("nina", "veal", "2023-01-02")
    with shop.open("2026-01-01") as house:
        plan_day(house)
        touch = positive_number("touch", str(day("2026-01-01")), str(customer_of(house, "nina")))
    told(shop, "2026-01-02", PAGE | {"userId": "nina"})
    with shop.open("2026-01-02") as house:
        assert claim(house, touch).may_leave


def test_who_visits_is_not_forgotten_for_silence_though_what_she_looked_at_has_gone(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2018-06-01", PAGE | {"userId": "martin"}, PAGE | {"anonymousId": "anybody's"})
    told(shop, "2018-06-01", track("Email Opened", userId="karim", messageId="m1"), key=SERVER)
    with shop.open("2020-12-31") as house:
        assert customer_of(house, "martin") not in {customer for customer, _ in who_goes(house, 99)}
        assert len(days_seen(house)) == 2
        assert let_go(house)["visits"] == 2
        assert (keys(house), len(days_seen(house))) == ({"martin"}, 1), "nobody's visit goes with what was looked at"
    with shop.open("2021-06-01") as house:
        assert let_go(house)["quiet_customers"] == 0
    with shop.open("2021-06-02") as house:
        assert let_go(house)["quiet_customers"] == 1
        assert (keys(house), days_seen(house)) == (set(), [])


def test_who_becomes_known_while_nobody_s_visits_go_keeps_hers(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.app.retention_kinds.AT_A_TIME", 1)
    shop.book(thanks())
    told(shop, "2018-06-01", *(PAGE | {"anonymousId": browser} for browser in ("one", "another")))
    known = [{"type": "identify", "anonymousId": browser, "userId": "martin"} for browser in ("one", "another")]
    with shop.open("2020-07-15") as house:
        house.truth.at_commit.after(lambda: told(shop, "2020-07-15", *known))
        let_go(house)
        assert len(days_seen(house)) == 1, "one has gone by then, the other is hers"


def test_her_visits_are_in_her_data_and_gone_when_she_is_forgotten(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2021-10-02", PAGE | {"anonymousId": "tablet"}, {"type": "identify", "userId": "nina", "anonymousId": "tablet"})
    with shop.open("2021-10-03") as house:
        with ZipFile(BytesIO(her_data(house, "nina", "fr"))) as archive:
            assert loads(archive.read("data.json"))["visits"] == [{"on": "2021-10-02"}]
            assert "Quand vous étiez sur notre site" in archive.read("data.html").decode()
        whom = whom_of(house.truth, customer_of(house, "nina"))
        assert everything_of(house.truth, whom)["seen_fact"]
        rebuild(house.truth, house.settings)
        assert forget(house, "nina").left == []
        assert everything_of(house.truth, whom)["seen_fact"] == []
        assert days_seen(house) == []


def test_a_backup_brings_her_visits_back(shop: Shop, place: Path, empty_house: MakeHouse) -> None:
    shop.book(thanks())
    told(shop, "2021-10-02", PAGE | {"userId": "nina"})
    other = empty_house()
    restore(other, backed_up(shop.settings, place).file)
    truth = open_truth(other)
    try:
        assert truth.run("SELECT day FROM seen_fact") == [(day("2021-10-02"),)]
    finally:
        truth.close()
    assert not is_lapsed(Shop(other, shop.desk).book(thanks()), "2021-10-03")


def test_visits_of_a_house_that_is_older_than_this_count_once_they_are_known(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2021-10-02", PAGE | {"userId": "nina"}, track("Email Opened", userId="karim", messageId="m1"))
    older_than_seen(shop)
    assert [is_lapsed(shop, today) for today in ("2021-10-02", "2021-10-03")] == [True, False]
    with shop.open("2021-10-03") as house:
        assert house.truth.run("SELECT day FROM seen") == [(day("2021-10-02"),)]


def test_nobody_is_forgotten_for_what_a_house_that_is_older_than_this_did_not_write_down(shop: Shop) -> None:
    shop.book(thanks())
    told(shop, "2020-06-01", track("Application Opened", userId="nina"))
    older_than_seen(shop)
    assert is_lapsed(shop, "2021-10-01")
    with shop.open("2022-07-02") as house:
        let_go(house)
        assert keys(house) == {"nina"}


def older_than_seen(shop: Shop) -> None:
    """The house as it was before a day of hers was kept; its next opening brings it up to date."""
    truth = open_truth(shop.settings)
    try:
        for told_before in ("DROP VIEW seen", "DROP TABLE seen_fact", "DELETE FROM migration WHERE name = '2026_11_25_b_seen.sql'"):
            truth.run(told_before)
    finally:
        truth.close()
