"""What a letter can say of her, put together for one word, and the language in which she is written to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from habitue.app.house import House
from habitue.app.names import person_of, thing_name
from habitue.content.model import LANGUAGES
from habitue.decide.model import When
from habitue.decide.sentences import MONTHS
from habitue.words.clock import date_of


def values_of(house: House, customer: int, row: Mapping[str, Any], when: When, language: str) -> dict[str, str]:
    """What a letter can say of her, by the names of `content.letters.VALUES`; empty where it is not known. `row` names the thing and what it goes with."""
    her = house.alone.read("her", customer, when)
    is_reckoned = not house.alone.read("no_profiling", customer, when)
    since = month_text(when.today - her[0]["days_since_first"], language) if is_reckoned and her and her[0]["visits"] else ""
    return {
        "name": person_of(house, customer).given_name,
        "thing": thing_name(house, row["item_id"], language),
        "because": thing_name(house, row["because_item_id"], language),
        "since": since,
        "order": "",
    }


def tongue_of(house: House, language: str) -> str:
    """The language in which somebody is written to: hers, as she told it, where we write it, else the house's."""
    hers = language[:2].lower()
    return hers if hers in LANGUAGES else house.settings.language


def month_text(day: int, language: str) -> str:
    """The month of a day: “March 2016”, “mars 2016”."""
    on = date_of(day)
    return f"{MONTHS[language][on.month - 1]} {on.year}"
