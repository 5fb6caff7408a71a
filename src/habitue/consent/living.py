"""Where she lives, as far as the law asks: from what she, a file or a shop tells of her country to the letters of the country whose law that is."""

from __future__ import annotations

from functools import cache, lru_cache

from habitue.consent.countries import by_law_of, every_part
from habitue.identity.rules import plain
from habitue.words.country import UNREADABLE

LANGUAGES = (
    *("en", "fr", "de", "nl", "es", "it", "pt", "ca", "pl", "ro", "da", "sv", "nb", "fi"),
    *("cs", "sk", "hu", "hr", "sl", "el", "bg", "tr", "uk", "ru", "ar", "zh", "ja"),
)
"""In whose names of countries what was told is looked for, in this order."""
LONGEST_NAME = 64
TEXTS_KEPT = 4_096


def law_country(told: str) -> str:
    """The two letters of the country by whose law she is written to who tells this of where she lives (ISO 3166).

    A code of two or three letters, a number, or a name in one of `LANGUAGES`. Empty where nothing was told; ZZ where it is no country, so that nothing is
    known of its law.
    """
    return _law_country(plain(told[:LONGEST_NAME])) if told.strip() else ""


@lru_cache(TEXTS_KEPT)
def _law_country(text: str) -> str:
    return by_law_of(_of_code(text.upper()) or _of_name(text))


def _of_code(text: str) -> str:
    from babel.core import get_global  # with its names, a fifth of a second that most commands need not wait

    if len(text) == 2 and text in _names("en").values():
        return text
    others: list[str] = get_global("territory_aliases").get(text, [])
    return others[0] if len(others) == 1 and others[0].isalpha() else ""


def _of_name(text: str) -> str:
    ours = {plain(name): code for part in every_part() for name, code in part.names.items()}
    return ours.get(text) or next((code for language in LANGUAGES if (code := _names(language).get(text))), UNREADABLE)


@cache
def _names(language: str) -> dict[str, str]:
    """The countries by their name in a language, in its plainest spelling."""
    from babel import Locale

    return {plain(name): code for code, name in Locale(language).territories.items() if len(code) == 2}
