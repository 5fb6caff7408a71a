"""How the report speaks: phrases of two languages with their slots filled, figures by Babel, and the texts of strangers made harmless.

What comes from a file (names, keys, things) is a stranger's text: it is escaped, freed of signs that steer the page, and shortened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale, dates, numbers
from markupsafe import Markup, escape

from habitue.audit.figures import Interval
from habitue.audit.report_words import COUNTED, WORDS
from habitue.words.clock import date_of, day_number, parse_day
from habitue.words.errors import BadInput
from habitue.words.typesetting import hour_text

LOCALES = {"en": "en_GB", "fr": "fr_FR"}
NARROW, NO_BREAK = "\u202f", "\u00a0"
LONGEST, LONGEST_TITLE = 80, 2_000

_BEFORE = re.compile(r"[ \u00a0]+(?=[;:!?»])")
_AFTER = re.compile(r"«[ \u00a0]+")
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]*>")
_MONTH = re.compile(r"\d{4}-\d{2}")


def typeset(text: str, language: str) -> str:
    """A sentence with the spaces that a French printer sets before high signs; doing it twice changes nothing."""
    return _AFTER.sub("«" + NARROW, _BEFORE.sub(NARROW, text)) if language == "fr" else text


def shortened(text: str, longest: int = LONGEST) -> str:
    """A stranger's text without signs that steer (NUL, direction overrides, broken halves), with an end where it has none."""
    text = _STEERING.sub("\ufffd", text[: longest + 1])
    return text if len(text) <= longest else text[: longest - 1] + "…"


def of_stranger(text: str) -> Markup:
    """A stranger's text for the page, which keeps its direction to itself; the whole of a shortened one is its title."""
    if len(text) <= LONGEST:
        return Markup("<bdi>{}</bdi>").format(shortened(text))
    return Markup('<bdi title="{}">{}</bdi>').format(shortened(text, LONGEST_TITLE), shortened(text))


def spoken(text: Markup) -> str:
    """Markup of ours as plain text with its spaces kept, for labels that are read aloud."""
    return Markup(_TAG.sub("", text)).unescape()


@dataclass(frozen=True)
class Voice:
    """One language of the report."""

    language: str
    locale: Locale

    def say(self, name: str, /, **values: object) -> Markup:
        """A phrase of ours with its slots filled; what fills them is escaped unless it is markup already."""
        return Markup(typeset(WORDS[name][self.language], self.language)).format(**values)

    def count(self, name: str, number: int, /, **values: object) -> Markup:
        """So many of something: “1 send”, “53,885 sends”. In French nought and one are singular."""
        one, many = COUNTED[name][self.language]
        is_one = number == 1 or (number == 0 and self.language == "fr")
        pattern = typeset(one if is_one else many, self.language).replace("{n} ", "{n}" + NO_BREAK)
        return Markup(pattern).format(n=self.number(number), **values)

    def either(self, phrases: dict[str, str]) -> Markup:
        """This language's side of a pair of phrases."""
        return Markup(typeset(phrases[self.language], self.language))

    def sentence(self, text: str) -> Markup:
        """A sentence that was made elsewhere, escaped and typeset."""
        return escape(typeset(shortened(text, LONGEST_TITLE), self.language))

    def number(self, number: float) -> str:
        return numbers.format_decimal(number, locale=self.locale)

    def decimal(self, number: float, digits: int) -> str:
        """“0.80”, “0,80”: always as many digits."""
        return numbers.format_decimal(round(number, digits), "#,##0." + "0" * digits, locale=self.locale)

    def signed(self, number: float) -> str:
        """“+0.42”, “−1.10”."""
        return numbers.format_decimal(round(number, 2), "+#,##0.00;\u2212#,##0.00", locale=self.locale)

    def percent(self, share: float) -> str:
        """“43%”, “4.1%”, “0.71%”; the small ones with more digits, and only a whole is a hundred."""
        per_cent = share * 100
        if 0 < per_cent < 0.01:
            return "<" + NO_BREAK + self._percent(0.01, 2)
        digits = 0 if per_cent in (0, 100) else 2 if per_cent < 1 or per_cent >= 99.5 else 1 if per_cent < 10 else 0
        return self._percent(min(per_cent, 99.99) if per_cent < 100 else per_cent, digits)

    def _percent(self, per_cent: float, digits: int) -> str:
        pattern = self.locale.percent_formats[None].pattern
        exact = pattern.replace("0", "0." + "0" * digits, 1) if digits else pattern
        return numbers.format_percent(Decimal(str(round(per_cent, digits))) / 100, exact, locale=self.locale)

    def whole_percent(self, percent: int) -> str:
        """“25%”, from a whole number of percents."""
        return self._percent(percent, 0)

    def part(self, part: int, whole: int) -> str:
        """A part of a whole in percent; a dash where there is no whole."""
        return self.percent(part / whole) if whole else "–"

    def between(self, interval: Interval) -> Markup:
        """“between 30% and 44%”."""
        return self.say("between", low=self.percent(interval.low), high=self.percent(interval.high))

    def between_scores(self, low: float, high: float) -> Markup:
        """“0.010 to 0.025”: the ends of a band of scores."""
        return self.say("score_span", low=self.decimal(low, 3), high=self.decimal(high, 3))

    def money(self, cents: int, currency: str) -> str:
        """“$842.40”, “842,40 €”; an unknown currency says its own name."""
        return numbers.format_currency(Decimal(cents) / 100, shortened(currency, 12), locale=self.language)

    def date(self, day: int) -> str:
        """“2 November 2017”, “1er novembre 2017”."""
        written = dates.format_date(date_of(day), "d MMMM y", locale=self.locale)
        return ("1er" + written[1:] if self.language == "fr" and written.startswith("1 ") else written).replace(" ", NO_BREAK)

    def short_date(self, day: int) -> str:
        """“2 Nov 2017”, “2 nov. 2017”: in tables."""
        return dates.format_date(date_of(day), "d MMM y", locale=self.locale).replace(" ", NO_BREAK)

    def span(self, first: int, last: int) -> Markup:
        """From a day to a day, or one day."""
        return self.say("on_day", day=self.date(first)) if first == last else self.say("from_to", first=self.date(first), last=self.date(last))

    def month(self, name: str) -> str:
        """“November 2017” from 2017-11; whatever is no month stays as it is."""
        return dates.format_date(date_of(month_start(name)), "LLLL y", locale=self.locale) if _MONTH.fullmatch(name) else name

    def short_month(self, day: int) -> str:
        """“Nov”, “nov.”: under a picture."""
        return dates.format_date(date_of(day), "LLL", locale=self.locale)

    def year(self, day: int) -> str:
        """“2017”."""
        return str(date_of(day).year)

    def hour(self, hour: int) -> str:
        """“21:00”, and in French “21 h”."""
        return hour_text(hour, self.language)


def month_start(name: str) -> int:
    """The first day of a month named as 2017-11; today’s era begins where it is none."""
    try:
        return parse_day(f"{name}-01")
    except BadInput:
        return day_number(date_of(0))


@cache
def voice_of(language: str) -> Voice:
    """The voice of the report.

    Raises: BadInput where the report speaks no such language.
    """
    if language not in LOCALES:
        raise BadInput(f"The report speaks {' and '.join(LOCALES)}, not “{language}”.")
    return Voice(language, Locale.parse(LOCALES[language]))
