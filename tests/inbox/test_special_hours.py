"""Days with hours of their own, through every question that is asked of the shop's hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from habitue.app.inbox.shop_hours import open_seconds, opens_at, promised_at, soon_at
from habitue.store import Settings
from habitue.words.vocabulary import Thread

SHOP = Settings(
    opening="Tu-Sa 09:00-19:00",
    closed="2026-12-29..2027-01-03",
    special_hours="2026-12-31 09:00-12:00; 2026-12-24 09:00-12:00; 2026-12-25..2026-12-26 10:00-12:00; 2026-12-26 08:00-09:00; 2026-12-27 09:00-10:00",
    answer_hours=4,
)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(SHOP.zone)).timestamp())


@pytest.mark.parametrize(
    ("since", "due", "soon", "opens"),
    [
        ("2026-12-24 08:00", "2026-12-25 11:00", "2026-12-24 12:00", "2026-12-24 09:00"),  # Christmas is open, as is said of the day
        ("2026-12-24 11:30", "2026-12-26 10:30", "2026-12-26 08:30", "2026-12-24 11:30"),  # a day that stands there twice has both spans
        ("2026-12-26 12:00", "2026-12-31 12:00", "2026-12-31 11:00", "2026-12-27 09:00"),  # a Sunday; then a day of those on which it is closed
        ("2026-12-31 12:00", "2027-01-05 13:00", "2027-01-05 12:00", "2027-01-05 09:00"),
    ],
)
def test_they_count_instead_of_those_of_the_weekday(since: str, due: str, soon: str, opens: str) -> None:
    told = (promised_at(SHOP, at(since), Thread.QUESTION), soon_at(SHOP, at(since), Thread.QUESTION), opens_at(SHOP, at(since)))
    assert [datetime.fromtimestamp(each, ZoneInfo(SHOP.zone)).strftime("%Y-%m-%d %H:%M") for each in told] == [due, soon, opens]


def test_how_long_it_was_open_knows_them() -> None:
    assert open_seconds(SHOP, at("2026-12-24 00:00"), at("2027-01-04 00:00")) == (3 + 2 + 3 + 1 + 3) * 3_600
    every_hour = Settings(special_hours="2026-12-24 09:00-12:00")
    assert open_seconds(every_hour, at("2026-12-24 00:00"), at("2026-12-26 00:00")) == (3 + 24) * 3_600
