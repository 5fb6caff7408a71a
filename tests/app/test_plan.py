"""The day's plan: written once, whole, whoever is killed and however many begin; and never another afterwards."""

from __future__ import annotations

import subprocess
import sys

from habitue.app import House, decide_for, plan_day, touches_of
from habitue.app.days import the_day
from habitue.app.model import DayPlan
from habitue.words.reasons import Reason
from tests.cast import AFTERWARDS, CONSENTS, ORDERS, SHOP, TODAY, Shop, day, thanks, veal, weekly

PLAN = """
import os, signal, sys
from pathlib import Path
from habitue.app import open_house, plan_day, planning
from habitue.store import load_settings
write, written = planning._write_bucket, []
def until(*given):
    written.append(given)
    if len(written) == int(sys.argv[2]):
        write(*given)
        os.kill(os.getpid(), signal.SIGKILL)
    return write(*given)
planning._write_bucket = until
with open_house(load_settings(Path(sys.argv[1]))) as house:
    print(plan_day(house).touches)
"""
DERIVED = ("projection_file", "lesson", "chance", "item_rhythm", "counter")
TABLES = ("touch_fact", "token", "decision", "plan", "plan_bucket", "event", "orders", "customer_fact", "consent_fact", "silence_count")


def begun(shop: Shop, ends_in_bucket: int = 0) -> subprocess.Popen[str]:
    """Another process that plans the day; it is killed before it has kept that bucket (0: never)."""
    command = [sys.executable, "-c", PLAN, str(shop.settings.data), str(ends_in_bucket)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_halfway(shop: Shop, bucket: int) -> None:
    with begun(shop, bucket) as ended:
        assert ended.wait() == -9


def written(house: House) -> list[tuple[object, ...]]:
    """The ledger of today, line by line."""
    return house.truth.run("SELECT * FROM decision WHERE day = ? ORDER BY customer_id", (day(TODAY),))


def counts(house: House) -> dict[str, int]:
    return {table: int(house.truth.run(f"SELECT COUNT(*) FROM {table}")[0][0]) for table in TABLES}


def assert_books_balance(house: House, plan: DayPlan) -> None:
    """Every customer has one line; every word said has one touch and, where it is capped, one token of each span."""
    lines = house.truth.run("SELECT reason, kind FROM decision WHERE day = ?", (day(TODAY),))
    said = [kind for reason, kind in lines if reason == Reason.SAID]
    capped = [kind for kind in said if kind != 3]
    assert len(lines) == plan.customers == plan.touches + plan.silences
    assert sum(plan.reasons.values()) == plan.silences
    assert sum(plan.kinds.values()) == len(said) == plan.touches
    assert house.truth.run("SELECT COUNT(*) FROM touch WHERE day = ?", (day(TODAY),)) == [(len(said),)]
    assert house.truth.run("SELECT COUNT(*) FROM token WHERE free_at > 0") == [(2 * len(capped),)]


def test_a_day_planned_twice_is_the_same_day(shop: Shop) -> None:
    with shop.open() as house:
        first, ledger = plan_day(house), written(house)
        assert_books_balance(house, first)
        assert plan_day(house) == first
    with shop.open() as house:
        assert (plan_day(house), written(house)) == (first, ledger)
        assert_books_balance(house, first)


def test_what_was_planned_counts_as_said_from_then_on(shop: Shop) -> None:
    with shop.open() as house:
        assert plan_day(house).touches == 4
    assert shop.decides("martin", "2017-11-03").reason == Reason.SAID_ALREADY


def test_a_rehearsal_writes_nothing(shop: Shop) -> None:
    with shop.open() as house:
        before = counts(house)
        rehearsed = plan_day(house, day("2017-11-01"))
        assert rehearsed.is_rehearsal
        assert rehearsed.touches > 0
        assert counts(house) == before
        decide_for(house, "martin", day("2017-11-01"))
        assert counts(house) == before


def test_a_written_plan_is_not_changed_by_a_later_import(shop: Shop) -> None:
    with shop.open() as house:
        first = plan_day(house)
        words = touches_of(house, day(TODAY), "en")
    shop.bring("consents", CONSENTS + "martin,advice,email,no,2017-10-01\n")
    shop.says_yes("lucie", "2017-10-10")
    shop.bring("orders", ORDERS + weekly("zoe"))
    shop.bring("consents", CONSENTS + "zoe,advice,email,yes,2017-10-10\n")
    shop.bring("customers", "customer,known_at,email\nzoe,2017-10-20T12:00:00,zoe@example.org\n")
    with shop.open() as house:
        assert plan_day(house) == first
        assert touches_of(house, day(TODAY), "en") == words
        assert decide_for(house, "martin").reason == Reason.NO_CONSENT  # her no came after it, and is heeded by whoever asks now
        assert decide_for(house, "karim").is_touch
        assert decide_for(house, "lucie").reason == Reason.NO_CONSENT  # her yes came after it, and is heeded from the next morning on
    assert shop.decides("zoe", "2017-11-03").is_touch


def test_a_written_plan_is_not_changed_by_a_new_book(shop: Shop) -> None:
    with shop.open() as house:
        first = plan_day(house)
    with shop.book(thanks()).open() as house:
        assert plan_day(house) == first
        assert decide_for(house, "lucie").reason == Reason.NO_CONSENT
    with shop.open(AFTERWARDS) as house:
        again = plan_day(house, day(TODAY))
    assert (again.touches, again.reasons) == (first.touches, first.reasons)


def test_killed_in_the_middle_the_next_run_finishes_it(shop: Shop) -> None:
    many = shop.book(veal()).told(buckets=8)
    kill_halfway(many, 2)
    with many.open() as house:
        kept = written(house)
        assert 0 < len(kept) < 7
        plan = plan_day(house)
        assert_books_balance(house, plan)
        assert set(kept) < set(written(house))
        assert plan_day(house) == plan


def test_what_a_killed_run_had_written_stands_whatever_came_since(shop: Shop) -> None:
    many = shop.book(veal()).told(buckets=8)
    kill_halfway(many, 4)
    names = ("martin", "karim", "anne", "marc")
    many.bring("consents", CONSENTS + "".join(f"{name},advice,email,no,2017-10-01\n" for name in names))
    with many.book(thanks(key='"first"'), veal(), thanks()).open() as house:
        kept = written(house)
        plan = plan_day(house)
        assert_books_balance(house, plan)
        assert set(kept) < set(written(house))
        assert plan_day(house) == plan
        today = the_day(house)
        assert today.ledger.shape == (7, 1)  # by the book of the first run, all of it
        kept_customers = {line[0] for line in kept}
        for name in names:
            decision = decide_for(house, name)
            line = today.rows["customer_id"].tolist().index(decision.customer_id)
            assert (today.rows["reason"][line] == Reason.SAID) == (decision.customer_id in kept_customers)
            assert decision.reason == Reason.NO_CONSENT  # her no came since, and is heeded by whoever asks now
        assert len(today.rows["reason"]) == 7


def test_two_plans_at_once_write_one(shop: Shop) -> None:
    many = shop.book(veal()).told(buckets=4)
    both = [begun(many), begun(many)]
    assert [each.communicate()[0].strip() for each in both] == ["4", "4"]
    with many.open() as house:
        assert_books_balance(house, plan_day(house))


def test_a_token_that_is_lost_is_a_silence_that_every_page_explains_alike(shop: Shop) -> None:
    with shop.open() as house:
        until = house.when().as_of + 3600
        house.truth.run_many("INSERT INTO token VALUES (1, 7, ?, ?)", [(0, until), (1, until)])
        plan = plan_day(house)
        assert plan.reasons[Reason.PRESSED_TOO_OFTEN] == 1
        decision = decide_for(house, "martin")
        assert decision.reason == Reason.PRESSED_TOO_OFTEN
        assert decision.chosen is None
        assert the_day(house).ledger[0, 0] == Reason.PRESSED_TOO_OFTEN


def test_silences_older_than_a_quarter_become_counts_and_words_stay(shop: Shop) -> None:
    with shop.open() as house:
        first = plan_day(house)
    shop.says_yes("lucie", "2017-10-10")
    with shop.open("2018-02-02") as house:
        plan_day(house)
        assert house.truth.run("SELECT reason FROM decision WHERE day = ?", (day(TODAY),)) == [(0,)] * 4
        assert house.truth.run("SELECT SUM(customers) FROM silence_count WHERE day = ?", (day(TODAY),)) == [(first.silences,)]
        assert plan_day(house, day(TODAY)).touches == first.touches


def test_the_week_of_a_word_ends_at_six_even_when_the_clocks_go_forward(shop: Shop) -> None:
    shop.book(thanks(repeat_days="1"), shop=SHOP.replace("week = 2", "week = 1"))
    with shop.open("2018-03-22") as house:  # a Thursday; the clocks change on Sunday
        assert plan_day(house).touches > 0
        assert decide_for(house, "nina").is_touch
    with shop.open("2018-03-29") as house:
        plan_day(house)
        assert decide_for(house, "nina").is_touch
