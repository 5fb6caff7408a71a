"""“Forget this”, on her page: of what she said nothing is left in what judgement reads, in the days that it decided, nor under a name of her own."""

from __future__ import annotations

from contextlib import closing

import pyarrow.parquet as pq
from starlette.testclient import TestClient

from habitue.app import House, decide_for, plan_day, statements_of
from habitue.app.her_saying import forget_line, say_taste
from habitue.events.attributes import attribute_id
from habitue.store import Settings, open_truth
from habitue.store.migrate import every_migration, lay_anew, migrate
from habitue.store.projection import refresh
from habitue.store.schema import columns, our_tables, tables
from habitue.words.clock import parse_day
from habitue.words.reasons import Reason
from tests.cast import Shop, thanks, veal
from tests.web.test_pages import words_of

MADE_NUMBERS = "2026_11_28_a_attribute.sql"


def test_of_what_she_had_forgotten_nothing_is_left_nor_in_the_days_that_it_decided(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        say_taste(house, "martin", "veal", -1, "")
        say_taste(house, "martin", "comme chez ma tante", -1, "")
    with shop.open("2017-11-03") as house:
        plan_day(house)
        assert (decide_for(house, "martin").reason, "veal" in said_of(house)) == (Reason.DISLIKED, True)
        assert judged_by(house) == 2
        for one in statements_of(house, "martin"):
            forget_line(house, "martin", one.number)
            forget_line(house, "martin", one.number)  # two pages open at once
        assert (statements_of(house, "martin"), kept(house)) == ([], [])
        assert decide_for(house, "martin").reason == Reason.DISLIKED
        assert "veal" not in said_of(house)
        assert "Ce qu’on savait d’elle ici n’est plus montré" in said_of(house, "fr")
    with shop.open("2017-11-04") as house:
        refresh(house.truth, house.settings)
        assert judged_by(house) == 0
        assert decide_for(house, "martin").is_touch
        assert "veal" not in said_of(house, on="2017-11-03")


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


def said_of(house: House, language: str = "en", on: str = "") -> str:
    """What the house says of what she does not want, among the reasons of a decision on her."""
    decision = decide_for(house, "martin", parse_day(on) if on else None, language)
    stopped = [f"{each.thing} {each.sentence}" for each in decision.others if each.reason == Reason.DISLIKED]
    return " ".join([decision.sentences[0], *stopped])


def kept(house: House) -> list[tuple[object, ...]]:
    """Statements, withdrawals and the things of which a decision says that she does not want them."""
    facts = "SELECT seq FROM preference_fact UNION ALL SELECT seq FROM withdrawal_fact"
    return house.truth.run(f"{facts} UNION ALL SELECT item_id FROM decision WHERE reason = ? AND item_id <> 0", (int(Reason.DISLIKED),))


def judged_by(house: House) -> int:
    """How many statements lie in the files for judgement."""
    named = house.truth.run("SELECT file FROM projection_file WHERE relation = 'preference'")
    return sum(pq.read_table(house.settings.projection_folder / file).num_rows for (file,) in named)
