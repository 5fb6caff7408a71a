"""How the console speaks: gettext catalogues read from `locale/`, numbers and dates by Babel, and French spacing.

The English text is the key; `locale/fr.po` holds the French. Catalogues are plain text and are compiled in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from io import BytesIO

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from habitue.words.clock import date_of
from habitue.words.typesetting import hour_text, typeset

LANGUAGES = {"en": "English", "fr": "Français"}
LOCALES = {"en": "en_GB", "fr": "fr_FR"}


@dataclass(frozen=True)
class Tongue:
    """One language of the console."""

    language: str
    locale: Locale
    catalogue: NullTranslations

    def say(self, text: str, **values: str) -> str:
        """A sentence of ours in this language, with `%(name)s` filled in."""
        said = str(self.catalogue.ugettext(text)) if text else ""  # the catalogue answers "" with its own head
        return said % values if values else said

    def number(self, count: float) -> str:
        return numbers.format_decimal(count, locale=self.locale)

    def money(self, cents: float, currency: str) -> str:
        """“$1.20”, “1,20 €”; below one unit “12.5 cents”, because a word is seldom worth more."""
        if abs(cents) < 100:
            return self.say("%(amount)s cents", amount=numbers.format_decimal(cents, "0.0;−0.0", locale=self.locale))
        return numbers.format_currency(round(cents) / 100, currency, locale=self.language)

    def percent(self, per_cent: float) -> str:
        """“41%”, “4.2%”, “41 %”."""
        tenths = Decimal(round(per_cent * 10)) / 1000
        return numbers.format_percent(tenths, locale=self.locale, decimal_quantization=False)

    def weekday(self, day: int) -> str:
        """“Thursday”, “Jeudi”: a capital, because it opens a heading."""
        name = dates.format_date(date_of(day), "EEEE", locale=self.locale)
        return name[:1].upper() + name[1:]

    def date(self, day: int) -> str:
        """“2 November 2017”, “2 novembre 2017”, and in French “1er novembre 2017”."""
        return self._first(dates.format_date(date_of(day), "d MMMM y", locale=self.locale))

    def full_date(self, day: int) -> str:
        """“Thursday 2 November 2017”, “jeudi 2 novembre 2017”."""
        weekday = dates.format_date(date_of(day), "EEEE", locale=self.locale)
        return f"{weekday} {self.date(day)}"

    def hour(self, time: str) -> str:
        """“06:00”, and in French “6 h” or “11 h 04”; anything else is left as it is."""
        hour, colon, minute = time.partition(":")
        return hour_text(int(hour), self.language, int(minute)) if colon and hour.isdigit() and minute.isdigit() else time

    def month(self, day: int) -> str:
        """“November 2017”, “novembre 2017”."""
        return dates.format_date(date_of(day), "LLLL y", locale=self.locale)

    def short_month(self, day: int) -> str:
        """“Nov”, “nov.”: under the strip of a year."""
        return dates.format_date(date_of(day), "LLL", locale=self.locale)

    def month_name(self, month: int) -> str:
        """“November”, “novembre”."""
        return str(self.locale.months["stand-alone"]["wide"][month])

    def _first(self, written: str) -> str:
        return "1er" + written[1:] if self.language == "fr" and written.startswith("1 ") else written


@cache
def tongue(language: str) -> Tongue:
    """The console's voice in a language of `LANGUAGES`."""
    return Tongue(language, Locale.parse(LOCALES[language]), _catalogue(language))


def _catalogue(language: str) -> NullTranslations:
    """The catalogue of a language; English needs none."""
    source = resources.files("habitue.web") / "locale" / f"{language}.po"
    if not source.is_file():
        return NullTranslations()
    written = read_po(BytesIO(source.read_bytes()), locale=language)
    for message in written:
        message.string = _typeset_message(message.string, language)
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return Translations(compiled)


def _typeset_message(string: str | tuple[str, ...] | list[str] | None, language: str) -> str | tuple[str, ...]:
    if string is None or isinstance(string, str):
        return typeset(string or "", language)
    return tuple(typeset(form, language) for form in string)


def language_wanted(header: str) -> str:
    """The first language of ours in an Accept-Language header, by its own weights; empty where there is none.

    Source: RFC 9110, section 12.5.4.
    """
    wishes = []
    for place, wish in enumerate(header.split(",")[:20]):
        name, _, weight = wish.partition(";")
        wishes.append((-_weight(weight), place, name.strip().lower().split("-")[0]))
    return next((name for weight, _, name in sorted(wishes) if weight < 0 and name in LANGUAGES), "")


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0
