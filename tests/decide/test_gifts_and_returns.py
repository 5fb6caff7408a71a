"""A gift is no habit, and a return undoes its purchase everywhere, except that it is known to have been one."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from habitue.app import House
from habitue.app.names import customer_of
from habitue.measure.lessons import forget_lessons, lesson_for
from habitue.words.reasons import Reason
from tests.cast import AFTERWARDS, Shop, day, settings_at, thanks, veal, verdicts_of

LINES = "order,customer,product,sold_at,quantity,amount,place,gift\n"
REFUND = 'kind = "orders"\nnegative = "refund"\n'
NEW = veal(key='"try-lamb"', kind='"offer"', purpose='"offers"', asks='"purchase"', basis='"near"', about='{ types = ["MEAT/LAMB"] }')
WHY_BACK = veal(
    key='"what-was-wrong"', kind='"question"', purpose='"service"', asks='"answer"', basis='"returned"', about="{ any = true }",
    whom='"days_since_return between 1 and 21"', title='{ en = "What was wrong?" }', say='{ en = "Ask {name} what was wrong with {thing}." }',
)  # fmt: skip
READ = ("bought_type", "bought_category", "bought_product", "visit", "rhythm", "weekday_habit", "habit", "steady", "affinity", "new_and_lapsed", "her")
_NUMBERS = count()


def line(order: str, on: str, product: str = "lamb", quantity: int = 1, gift: str = "no", place: str = "shop", hour: int = 10) -> str:
    return f"{order},martin,{product},{on}T{hour:02d}:00:00,{quantity},{9 * abs(quantity)}.00,{place},{gift}\n"


def rows(house: House, relation: str, on: str) -> list[dict[str, Any]]:
    found = house.alone.read(relation, customer_of(house, "martin"), house.when(day(on)))
    return sorted(found, key=lambda row: tuple(row.values()))


def known(house: House, on: str) -> dict[str, list[dict[str, Any]]]:
    return {relation: rows(house, relation, on) for relation in READ}


def test_a_gift_makes_no_habit_and_still_is_a_basket(shop: Shop) -> None:
    shop.bring("orders", LINES + "".join(line(f"g{n}", f"2017-10-{n:02d}", gift="yes") for n in (3, 10, 17, 24)) + line("own", "2017-10-20"))
    with shop.open() as house:
        habits = {row["item_id"]: row["times"] for row in rows(house, "habit", "2017-11-02")}
        assert sorted(habits.values()) == [1, 20]  # her own lamb, once, and the veal
        assert rows(house, "her", "2017-11-02")[0]["spend_28_cents"] >= 4 * 900


def test_what_she_gave_away_lately_is_not_offered_to_her_as_new(shop: Shop) -> None:
    shop.bring("orders", LINES + line("g", "2017-10-20", gift="yes"))
    decision = shop.book(NEW).decides("martin")
    assert decision.reason == Reason.ALREADY_BOUGHT
    assert decision.sentences[0] == "She bought it 13 days ago for somebody else (lamb)."
    assert shop.decides("martin", "2017-11-20").reason != Reason.ALREADY_BOUGHT


def test_a_gift_that_comes_back_leaves_her_own_purchase_alone(shop: Shop) -> None:
    shop.bring("orders", LINES + line("own", "2017-10-20") + line("g", "2017-10-20", gift="yes", hour=11))
    with shop.open(AFTERWARDS) as house:
        before = known(house, AFTERWARDS)["habit"]
    shop.bring("orders", LINES + line("g", "2017-10-21", quantity=-1), REFUND)
    with shop.open(AFTERWARDS) as house:
        assert known(house, AFTERWARDS)["habit"] == before
        assert rows(house, "given_away", "2017-11-02") == []


def test_what_was_bought_on_the_web_and_given_back_in_the_shop_was_not_bought(shop: Shop) -> None:
    with shop.open(AFTERWARDS) as house:
        before = known(house, "2017-11-02")
    shop.bring("orders", LINES + line("w", "2017-10-20", place="web"))
    shop.bring("orders", LINES + line("w", "2017-10-24", quantity=-1, place="shop"), REFUND)
    with shop.open(AFTERWARDS) as house:
        assert known(house, "2017-11-02") == before
        assert rows(house, "returned", "2017-11-02")[0]["last_day"] == day("2017-10-24")


def test_what_came_back_teaches_nothing_about_who_buys_it_again(shop: Shop) -> None:
    def learned() -> tuple[Any, ...]:
        with shop.open(AFTERWARDS) as house:
            forget_lessons(house.truth)
            lesson = lesson_for(house.truth, house.settings, day(AFTERWARDS))
            tables = ("SELECT cell, permille FROM chance WHERE lesson_id = ? ORDER BY 1", "SELECT * FROM item_rhythm WHERE lesson_id = ? ORDER BY 2")
            return rows(house, "came_after", "2017-10-19"), *(house.truth.run(text, (lesson,)) for text in tables)

    before = learned()
    shop.bring("orders", LINES + line("w", "2017-10-20") + line("v", "2017-10-21", "veal"))
    assert learned() != before
    shop.bring("orders", LINES + line("w", "2017-10-24", quantity=-1) + line("v", "2017-10-24", "veal", -1), REFUND)
    assert learned() == before


def test_an_order_that_turns_out_to_be_of_another_day_after_its_return_was_not_bought(shop: Shop) -> None:
    with shop.open(AFTERWARDS) as house:
        before = known(house, AFTERWARDS)
    shop.bring("orders", LINES + line("e", "2017-10-30"))
    shop.bring("orders", LINES + line("e", "2017-10-31", quantity=-1), REFUND)
    shop.bring("orders", LINES + line("e", "2017-10-29"))
    with shop.open(AFTERWARDS) as house:
        assert known(house, AFTERWARDS) == before
        assert rows(house, "returned", "2017-11-02")[0]["last_day"] == day("2017-10-31")


def test_what_turns_out_to_have_been_bought_and_given_back_by_another_is_not_asked_about(shop: Shop) -> None:
    told = LINES + line("o", "2017-10-20"), LINES + line("o", "2017-10-24", quantity=-1)
    for content, mapping in ((told[0], ""), (told[1], REFUND), (told[0].replace("martin", "karim"), "")):
        shop.bring("orders", content, mapping)
    with shop.open(AFTERWARDS) as house:
        assert rows(house, "returned", AFTERWARDS) == []
        found = house.alone.read("returned", customer_of(house, "karim"), house.when(day(AFTERWARDS)))
        assert [row["last_day"] for row in found] == [day("2017-10-24")]


def test_an_order_that_turns_out_to_be_a_gift_after_its_return_leaves_her_own_purchase_alone(shop: Shop) -> None:
    shop.bring("orders", LINES + line("own", "2017-10-20"))
    with shop.open(AFTERWARDS) as house:
        before = known(house, AFTERWARDS)
    shop.bring("orders", LINES + line("d", "2017-10-20", hour=11))
    shop.bring("orders", LINES + line("d", "2017-10-24", quantity=-1), REFUND)
    shop.bring("orders", LINES + line("d", "2017-10-20", hour=11, gift="yes"))
    with shop.open(AFTERWARDS) as house:
        assert known(house, AFTERWARDS) == before
        assert rows(house, "given_away", "2017-11-02") == []


def test_an_order_that_turns_out_to_be_of_another_place_is_one_basket_there(shop: Shop) -> None:
    shop.bring("orders", LINES + line("f", "2017-10-20", place="web"))
    shop.bring("orders", LINES + line("f", "2017-10-20", quantity=2, place="shop"))
    with shop.open(AFTERWARDS) as house:
        (visit,) = [row for row in rows(house, "visit", AFTERWARDS) if row["day"] == day("2017-10-20")]
        assert (visit["baskets"], visit["web_baskets"], visit["amount_cents"]) == (1, 0, 1800)


def test_after_a_return_she_is_asked_once_what_was_wrong(shop: Shop) -> None:
    shop.book(WHY_BACK, NEW)
    shop.bring("orders", LINES + line("r", "2017-10-20"))
    assert verdicts_of(shop.decides("martin", "2017-10-26"))["what-was-wrong"] == Reason.NOT_CONCERNED
    shop.bring("orders", LINES + line("r", "2017-10-28", quantity=-1), REFUND)
    decision = shop.decides("martin")
    assert (decision.is_touch, decision.sentences[0]) == (True, "Ask Jeanne what was wrong with lamb.")
    assert decision.sentences[1] == "She gave one back five days ago."
    assert verdicts_of(decision)["try-lamb"] == Reason.NOT_CONCERNED, "she has tried it, and gave it back"
    shop.touch("martin", "2017-11-02", action="what-was-wrong", kind="question", level="type", item="MEAT/LAMB")
    decision = shop.decides("martin", "2017-11-08")
    assert decision.reason == Reason.SAID_ALREADY
    assert decision.sentences[0] == "We asked her six days ago, after she gave it back (lamb); once is enough."
    shop.bring("orders", LINES + line("r2", "2017-11-06"))
    shop.bring("orders", LINES + line("r2", "2017-11-09", quantity=-1), REFUND)
    assert verdicts_of(shop.decides("martin", "2017-11-12"))["what-was-wrong"] == Reason.SAID, "another return is another question"


@st.composite
def purchases(draw: st.DrawFn) -> tuple[str, str]:
    """An order of some lines, and what gives all of it back later, perhaps elsewhere."""
    number, on, later = next(_NUMBERS), draw(st.integers(1, 24)), draw(st.integers(0, 6))
    gift, place, back = draw(st.sampled_from(("yes", "no"))), draw(st.sampled_from(("shop", "web"))), draw(st.sampled_from(("shop", "web")))
    things = draw(st.lists(st.tuples(st.sampled_from(("veal", "lamb", "sage")), st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda each: each[0]))
    bought = "".join(line(f"p{number}", f"2017-10-{on:02d}", thing, quantity, gift, place) for thing, quantity in things)
    returned = "".join(line(f"p{number}", f"2017-10-{on + later:02d}", thing, -quantity, "no", back, 18) for thing, quantity in things)
    return bought, returned


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a house each: shrinking would take minutes
@given(st.lists(purchases(), min_size=1, max_size=4))
def _undone(shop: Shop, tmp_path: Path, done: list[tuple[str, str]]) -> None:
    folder = tmp_path / f"{next(_NUMBERS)}"
    other = Shop(settings_at(folder), folder / "desk")
    folder.mkdir(parents=True)
    (folder / "truth.sqlite").write_bytes((shop.settings.data / "truth.sqlite").read_bytes())
    other.book(veal(), thanks(), NEW)
    days = ("2017-11-02", "2017-11-20")
    with other.open(AFTERWARDS) as house:
        before = [known(house, on) for on in days]
    other.bring("orders", LINES + "".join(bought for bought, _ in done))
    other.bring("orders", LINES + "".join(returned for _, returned in done), REFUND)
    with other.open(AFTERWARDS) as house:
        assert [known(house, on) for on in days] == before
        assert rows(house, "returned", days[0]) != []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"])
def test_buying_and_giving_all_of_it_back_leaves_every_relation_as_it_was(shop: Shop, tmp_path: Path) -> None:
    _undone(shop, tmp_path)
