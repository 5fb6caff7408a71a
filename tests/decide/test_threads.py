"""Two people ask about different days at once, and each gets the answer of her own day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from habitue.app import decide_for
from habitue.words.clock import parse_day
from tests.cast import Shop


def test_questions_about_two_months_at_once_do_not_mix(shop: Shop) -> None:
    days = [parse_day(day) for day in ("2017-10-12", "2017-11-02", "2017-09-21", "2017-10-05")]
    with shop.open() as house:
        one_by_one = {day: decide_for(house, "martin", day) for day in days}
        with ThreadPoolExecutor(4) as together:
            asked = days * 5
            answers = list(together.map(lambda day: decide_for(house, "martin", day), asked))
    assert answers == [one_by_one[day] for day in asked]
