"""What the law of each country says of writing to a customer, read from `countries.toml`; and the same as rows for judgement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product

import msgspec

from habitue.words.clock import day_number
from habitue.words.country import country_number
from habitue.words.vocabulary import Basis, Channel, Purpose

DAYS_A_YEAR = 365
"""Three years are counted as 1,095 days: never a day too many."""
NO_END = date(9999, 12, 31)
STRICT = {
    "en": "Of this country's law nothing is known here: whatever we would say of our own accord needs her yes.",
    "fr": "De la loi de ce pays, on ne sait rien ici\u202f: tout ce que nous dirions de nous-mêmes demande son oui.",
}


class Mode(StrEnum):
    """What a rule does."""

    OPT_IN = "opt_in"
    SIMILAR_PRODUCTS = "similar_products"
    OPT_OUT = "opt_out"
    OBJECTION_LIST = "objection_list"
    YEARS = "years"


WITHOUT_HER_YES = {Mode.SIMILAR_PRODUCTS: Basis.SIMILAR_PRODUCTS, Mode.OPT_OUT: Basis.LEGITIMATE_INTEREST}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from", "until_on": "until"}):
    """One rule: for which purposes and ways, from which day until before which, by which article, and what it says to a reader."""

    country: str
    mode: Mode
    purposes: tuple[str, ...]
    channels: tuple[str, ...]
    from_on: date
    law: str
    source: str
    en: str
    fr: str
    until_on: date = NO_END
    years: int = 0

    def holds(self, day: int) -> bool:
        """Whether it holds on a day. Units: a local day number."""
        return day_number(self.from_on) <= day < day_number(self.until_on)

    def concerns(self) -> list[tuple[Purpose, Channel]]:
        """Each purpose and way."""
        return [(Purpose[purpose.upper()], Channel[channel.upper()]) for purpose, channel in product(self.purposes, self.channels)]

    def sentence(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lands that have letters of their own in ISO 3166, and live by the law of a country: which, by which article, and how else people write them all."""

    country: str
    codes: tuple[str, ...]
    law: str
    names: dict[str, str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]
    part: tuple[Part, ...]


@dataclass(frozen=True)
class Told:
    """On which form, and since which day, the brand tells every customer that she may refuse; without it no rule goes without her yes."""

    form: str
    since_day: int


Exceptions = dict[Mode, Told]
"""Which of the rules that go without her yes the brand makes use of."""


@cache
def _file() -> _File:
    return msgspec.toml.decode((files("habitue.consent") / "countries.toml").read_bytes(), type=_File)


def every_rule() -> tuple[Rule, ...]:
    """All rules of all countries, in the order of the file."""
    return _file().rule


def every_part() -> tuple[Part, ...]:
    """All lands that live by the law of another country."""
    return _file().part


def by_law_of(code: str) -> str:
    """The country by whose law a country or a land lives: most often its own. Two letters in, two letters out (ISO 3166)."""
    return next((part.country for part in every_part() if code in part.codes), code)


def rules_of(country: str, day: int) -> list[Rule]:
    """The rules that hold in a country on a day; none where its law is not known here: then the strictest is kept to. Units: a local day number."""
    return [rule for rule in every_rule() if rule.country == by_law_of(country) and rule.holds(day)]


def rule_rows(country: str, exceptions: Exceptions) -> dict[str, list[tuple[int, ...]]]:
    """The rows of judgement's relations `leave_rule` and `lapse_rule`, for a brand that is at home in a country.

    What goes without her yes follows her country, and the brand's where she told of none. After how many years it stops is a rule for who keeps the
    data, and follows the brand's.
    """
    ours = by_law_of(country)
    free = [(rule, exceptions[rule.mode].since_day) for rule in every_rule() if rule.mode in exceptions and rule.mode in WITHOUT_HER_YES]
    return {
        "leave_rule": sorted(row for rule, told_day in free for number in _numbers(rule, ours) for row in _free_rows(number, rule, told_day)),
        "lapse_rule": sorted((*_span(rule), rule.years * DAYS_A_YEAR) for rule in every_rule() if rule.country == ours and rule.mode == Mode.YEARS),
    }


def _numbers(rule: Rule, ours: str) -> tuple[int, ...]:
    """For whom a rule is: for those who live in its country; where it is the brand's, for those who told of none, too."""
    return (country_number(rule.country), *((0,) if rule.country == ours else ()))


def _free_rows(country: int, rule: Rule, told_day: int) -> Iterable[tuple[int, ...]]:
    for purpose, channel in rule.concerns():
        yield country, int(purpose), int(channel), *_span(rule), int(WITHOUT_HER_YES[rule.mode]), told_day


def _span(rule: Rule) -> tuple[int, int]:
    return day_number(rule.from_on), day_number(rule.until_on)
