"""“Forget this”, on her page: of what she said nothing is left in what judgement reads, in the days that it decided, nor under a name of her own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing, suppress

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from habitue.app import House, decide_for, note, plan_day, planning, statements_of, withdraw
from habitue.app.erasure.lines import forget_line
from habitue.app.her.saying import say_taste
from habitue.app.judging import JudgedDay
from habitue.app.merging import Pairing
from habitue.app.planning import planned_day
from habitue.app.stating import Note
from habitue.events.attributes import attribute_id
from habitue.store import Settings, open_truth
from habitue.store.migrate import every_migration, lay_anew, migrate
from habitue.store.projection import Progress, refresh
from habitue.store.schema import columns, our_tables, tables
from habitue.words.clock import parse_day
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Subject
from tests.cast import Shop, thanks, veal
from tests.web.test_pages import words_of

WAIT_SECONDS = 20
MADE_NUMBERS = "2026_11_28_a_attribute.sql"


NOES = {
    "thing": (Note(Subject.THING, "veal", -1), Reason.DISLIKED, "does not like it"),
    "attribute": (Note(Subject.ATTRIBUTE, "organic", -1), Reason.DISLIKED, "does not like it"),
    "way": (Note(Subject.CHANNEL, "email", -1), Reason.UNWELCOME_WAY, "not to come to her by this way"),
    "hour": (Note(Subject.HOUR, "0-24", -1), Reason.UNWELCOME_HOUR, "not to disturb her"),
}


@pytest.mark.parametrize(("noted", "stops", "words"), NOES.values(), ids=NOES)
def test_of_what_she_had_forgotten_nothing_is_left_nor_in_the_days_that_it_decided(shop: Shop, noted: Note, stops: Reason, words: str) -> None:
    shop.bring("products", "product,type,category,department,attributes\nveal,VEAL,MEAT,BUTCHER,organic\n")
    with shop.book(veal()).open() as house:
        note(house, "martin", noted)
    with shop.open("2017-11-03") as house:
        plan_day(house)
        assert (decide_for(house, "martin").reason, words in told(house), judged_by(house)) == (stops, True, 1)
        (one,) = statements_of(house, "martin")
        for _two_pages_open_at_once in range(2):
            forget_line(house, "martin", one.number)
        assert (statements_of(house, "martin"), facts(house)) == ([], [])
        assert decide_for(house, "martin").reason == Reason.FORGOTTEN
        assert "What was known of her here is shown no more." in told(house)
        for trace in (words, "veal", "like it", "way", "hour"):
            assert trace not in told(house), trace
        assert planned_day(house, house.today).reasons.get(stops, 0) == 0, "a console that runs has looked again"
    with shop.open("2017-11-04") as house:
        refresh(house.truth, house.settings)
        assert (judged_by(house), decide_for(house, "martin").is_touch) == (0, True)
        assert words not in told(house, "2017-11-03")


def test_a_yes_that_she_had_forgotten_veils_no_day(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        say_taste(house, "martin", "veal", -1, "")
        say_taste(house, "martin", "coffee", 1, "")
    with shop.open("2017-11-03") as house:
        plan_day(house)
        forget_line(house, "martin", next(one.number for one in statements_of(house, "martin") if one.feeling > 0))
        assert (decide_for(house, "martin").reason, "does not like it" in told(house)) == (Reason.DISLIKED, True)


def test_what_somebody_who_was_joined_with_her_had_forgotten_is_not_left_with_her(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        say_taste(house, "nina", "veal", -1, "")
    with shop.open("2017-11-03") as house:
        pair = Pairing(house.truth, house.settings, "martin", "nina", house.clock.instant())
        with house.truth.transaction():
            house.truth.next_seq(0)
            pair.merge()
        plan_day(house)
        assert stopped_by_dislike(house)
        with house.truth.transaction():
            house.truth.next_seq(0)
            pair.unmerge()
        forget_line(house, "nina", statements_of(house, "nina")[0].number)
        assert not stopped_by_dislike(house)


def test_so_it_is_where_a_third_was_between_them(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        say_taste(house, "nina", "veal", -1, "")
    with shop.open("2017-11-03") as house:
        pairs = [Pairing(house.truth, house.settings, one, other, house.clock.instant()) for one, other in (("martin", "karim"), ("karim", "nina"))]
        for do in (Pairing.merge, Pairing.unmerge):
            for pair in pairs:
                with house.truth.transaction():
                    house.truth.next_seq(0)
                    do(pair)
            if do == Pairing.merge:
                plan_day(house)
                assert stopped_by_dislike(house)
        forget_line(house, "nina", statements_of(house, "nina")[0].number)
        assert not stopped_by_dislike(house)


def test_what_one_of_a_household_had_forgotten_touches_no_other(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        for who in ("martin", "karim"):
            say_taste(house, who, "veal", -1, "")
        with house.truth.transaction():
            house.truth.next_seq(0)
            Pairing(house.truth, house.settings, "martin", "karim", house.clock.instant()).say_household()
    with shop.open("2017-11-03") as house:
        plan_day(house)
        forget_line(house, "martin", statements_of(house, "martin")[0].number)
        assert decide_for(house, "karim").reason == Reason.DISLIKED


@pytest.mark.parametrize("press", [forget_line, withdraw])
def test_who_judges_meanwhile_and_who_presses_do_not_wait_for_each_other(shop: Shop, press: Callable[[House, str, int], None]) -> None:
    """Whoever judges has the house in hand and asks the truth: nobody may have the truth in hand and ask for the house."""
    with shop.book(veal()).open() as house:
        say_taste(house, "martin", "veal", -1, "")
        number = statements_of(house, "martin")[0].number
        presses = threading.Thread(target=press, args=(house, "martin", number), daemon=True)
        judges = threading.Thread(target=house.truth.run, args=("SELECT 1",), daemon=True)
        with house.turn:
            presses.start()
            presses.join(1)  # it has come as far as it comes
            judges.start()
            judges.join(WAIT_SECONDS)
            assert not judges.is_alive()
        presses.join(WAIT_SECONDS)
        assert not presses.is_alive()


def test_a_day_that_is_being_planned_does_not_bring_it_back(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with shop.book(veal()).open() as house:
        say_taste(house, "martin", "veal", -1, "")
    with shop.open("2017-11-03") as house:
        judge, number = planning.judged_day, statements_of(house, "martin")[0].number

        def and_she_presses(asked: House, on: int, progress: Progress) -> JudgedDay:
            judged = judge(asked, on, progress)
            forget_line(house, "martin", number)
            return judged

        monkeypatch.setattr(planning, "judged_day", and_she_presses)
        plan_day(house)
        assert decide_for(house, "martin").is_touch


def test_what_a_file_told_under_that_number_is_let_go_in_whatever_words(shop: Shop) -> None:
    head = "customer,item,level,feeling,at,quote,id\n"
    for quote in ("one", "two"):
        with suppress(AssertionError):  # the same number in other words is set aside, and the shop of the tests allows no such row
            shop.bring("preferences", f"{head}martin,MEAT/VEAL,type,dislike,2017-10-01,{quote},x1\n")
    with shop.book(veal()).open() as house:
        for one in statements_of(house, "martin"):
            forget_line(house, "martin", one.number)
        held = "".join(str(house.truth.run(f"SELECT * FROM {table}")) for table in ("event", "event_refused", "import_reject"))
        assert ("VEAL" in held.partition("Preference")[2], '"two"' in held) == (False, False)


def test_what_she_had_forgotten_she_may_say_again_in_the_same_second(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        for _ in range(3):
            say_taste(house, "martin", "veal", -1, "")
            assert decide_for(house, "martin").reason == Reason.DISLIKED
            forget_line(house, "martin", statements_of(house, "martin")[0].number)
            assert decide_for(house, "martin").is_touch


def test_her_own_words_are_the_name_of_nothing(shop: Shop) -> None:
    """Nothing that outlives her word holds it: neither a list of names, nor, in readable form, a fact."""
    with shop.book(thanks()).open() as house:
        say_taste(house, "martin", "comme chez ma tante", -1, "")
        holding = {table for table in tables(house.truth) for row in house.truth.run(f"SELECT * FROM {table}") if "chez ma tante" in str(row)}
        assert holding == {"event"}


def test_another_word_of_hers_outlives_the_one_that_she_had_forgotten(house: House, browser_of_hers: TestClient, hers: str) -> None:
    for about in ("veal", "liver"):
        browser_of_hers.post(f"{hers}/taste", data={"feeling": "dislikes", "about": about})
    forgotten = next(one.number for one in statements_of(house, "martin") if one.about == "veal")
    browser_of_hers.post(f"{hers}/forget", data={"number": str(forgotten)})
    assert [(one.about, one.counts) for one in statements_of(house, "martin")] == [("liver", True)]
    assert "You do not want: liver." in words_of(browser_of_hers.get(f"{hers}?lang=en").text)


def test_what_was_known_of_things_before_has_the_number_of_its_name(settings: Settings) -> None:
    with closing(open_truth(settings)) as truth:
        older = [name for name in every_migration() if name < MADE_NUMBERS]
        with truth.transaction():
            lay_anew(truth, our_tables(), older)
            truth.run_many("INSERT INTO attribute (attribute_id, key) VALUES (?, ?)", [(1, "organic"), (2, "sans sucre")])
            for table, column in (("product_attribute", "product_id"), ("thing_attribute", "item_id")):
                truth.run_many(f"INSERT INTO {table} ({column}, attribute_id) VALUES (?, ?)", [(1, 1), (1, 2), (2, 2)])
            names = columns(truth, "preference_fact")
            told = [{"seq": 1, "subject": 2, "item_id": 2}, {"seq": 2, "subject": 1, "item_id": 2}]
            rows = [tuple(each.get(name, "" if name == "said_where" else 0) for name in names) for each in told]
            truth.run_many(f"INSERT INTO preference_fact ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
        assert MADE_NUMBERS in migrate(truth)
        organic, sugar = attribute_id("organic"), attribute_id("sans sucre")
        for table, column in (("product_attribute", "product_id"), ("thing_attribute", "item_id")):
            assert sorted(truth.run(f"SELECT {column}, attribute_id FROM {table}")) == sorted([(1, organic), (1, sugar), (2, sugar)])
        assert truth.run("SELECT seq, item_id FROM preference_fact ORDER BY seq") == [(1, sugar), (2, 2)]
        assert "attribute" not in tables(truth)


def told(house: House, on: str = "") -> str:
    """All that the house says of its decision on her, but what could be said to her on any day."""
    decision = decide_for(house, "martin", parse_day(on) if on else None)
    stopped = [f"{each.title} {each.thing} {each.sentence}" for each in decision.others if each.reason not in (Reason.SAID, Reason.NOT_CONCERNED)]
    return " ".join([decision.headline, *decision.sentences, *stopped])


def stopped_by_dislike(house: House) -> bool:
    """Whether any decision says that somebody did not want a thing."""
    return bool(house.truth.run("SELECT day FROM decision WHERE reason = ?", (int(Reason.DISLIKED),)))


def facts(house: House) -> list[tuple[object, ...]]:
    """Statements, and that they were taken back."""
    return house.truth.run("SELECT seq FROM preference_fact UNION ALL SELECT seq FROM withdrawal_fact")


def judged_by(house: House) -> int:
    """How many statements lie in the files for judgement."""
    named = house.truth.run("SELECT file FROM projection_file WHERE relation = 'preference'")
    return sum(pq.read_table(house.settings.projection_folder / file).num_rows for (file,) in named)
