"""The days that she names: her birthday, and until when she is away, worked out from the day of her mail."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    "janvier january jan janv", "fevrier february feb fev fevr", "mars march mar", "avril april apr avr", "mai may", "juin june jun", "juillet july jul juil",
    "aout august aug", "septembre september sept sep", "octobre october oct", "novembre november nov", "decembre december dec",
)  # fmt: skip
WEEKDAYS = ("lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday", "dimanche sunday")
MONTH_OF = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}
WEEKDAY_OF = {name: number for number, names in enumerate(WEEKDAYS) for name in names.split()}
NUMBERS = {"un": 1, "une": 1, "a": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "dix": 10, "ten": 10, "quinze": 15}
_MONTH, _DAY = "|".join(sorted(MONTH_OF, key=len, reverse=True)), r"(?P<{0}>\d{{1,2}})(?:er|st|nd|rd|th)?"
_FRENCH_WORDS = rf"(?:the |le |au |lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche ){{0,2}}{_DAY.format('day')}(?: of)? (?P<month>{_MONTH})\b"
_ENGLISH_WORDS = rf"(?:the )?(?P<month_first>{_MONTH}) (?:the )?{_DAY.format('day_last')}\b"
_ON = rf"(?:{_FRENCH_WORDS}|{_ENGLISH_WORDS})(?:(?: ,)? (?P<year>\d{{4}}))?"
BIRTHDAY = re.compile(
    rf"\b(?:anniversaire|birthday|ne le|nee le|born on|born)"
    rf"(?: (?:de|d|of) (?:mon|ma|mes|my|notre|our) [a-z]+)?(?: (?:est|c|is|s|tombe|falls|sera|de|mon|on|le|,)){{0,4}} {_ON}",
    re.ASCII,
)
AWAY = re.compile(
    r"\b(?:vacances|absente?s?|conges?|deplacement|voyage|pas (?:la|chez moi|disponible)|partie?s?|pars|partons|on part|serai pas|l etranger|en cure|"
    r"away|holidays?|vacation|travelling|traveling|abroad|out of (?:town|office|the office)|not (?:here|home|around|available)|on leave|off|de retour|back)\b",
    re.ASCII,
)
NOT_HERS = re.compile(r"\b(?:vous|tu|you|your|votre|vos|mari|fils|fille|husband|son|daughter|he|she|il|elle)\b", re.ASCII)
_BACK = r"(?P<back>de retour|rentre|rentrons|reviens|revenons|avant|back|before|return|returning)(?: (?:on|home|le|here|chez moi|only|que))*"
UNTIL = re.compile(
    rf"\b(?:(?P<until>jusqu (?:au|a|en)|until|till|through|au|to){{1}}|{_BACK}) "
    rf"(?:{_ON}|(?P<weekday>{'|'.join(WEEKDAY_OF)})(?! \d)|(?P<end>(?:la )?fin du mois|(?:the )?end of the month)|(?P<next>demain|tomorrow)|"
    r"(?P<short_day>\d{1,2}) (?P<short_month>\d{1,2})(?! \d))",
    re.ASCII,
)
FROM_DAY = re.compile(rf"\b(?:du|from)(?: the)? {_DAY.format('first')}(?: (?P<first_month>{_MONTH}))? (?:au|to|until|a)\b", re.ASCII)
FOR_DAYS = re.compile(r"\b(?:pour|pendant|for|absente?s?|encore) (?P<number>\d{1,2}|[a-z]+) (?P<unit>jours?|semaines?|days?|weeks?)\b", re.ASCII)


def birthday_in(text: str) -> tuple[int, int] | None:
    """Month and day of a birthday that a sentence of plain words tells."""
    found = BIRTHDAY.search(text)
    day = _month_and_day(found) if found else None
    return day if day and 1 <= day[1] <= monthrange(2024, day[0])[1] else None


def absence_in(text: str, mail_on: date) -> tuple[date | None, date] | None:
    """From when (none where she says none) until which day she is away; nothing where no such day is told, or it is somebody else's."""
    if NOT_HERS.search(text) or not AWAY.search(text):
        return None
    span = FOR_DAYS.search(text)
    number = (NUMBERS.get(span["number"]) or (int(span["number"]) if span["number"].isdigit() else 0)) if span else 0
    last = next(filter(None, (_until(found, mail_on) for found in UNTIL.finditer(text))), None)
    if last is None and span and number:
        last = mail_on + timedelta(days=number * (7 if span["unit"][0] in "sw" else 1))
    return (_first(text, last), last) if last else None


def _until(found: re.Match[str], mail_on: date) -> date | None:
    """The last day away: the day before the one on which she says that she is back."""
    if found["weekday"]:
        last = mail_on + timedelta(days=(WEEKDAY_OF[found["weekday"]] - mail_on.weekday()) % 7 or 7)
    elif found["end"]:
        last = mail_on.replace(day=monthrange(mail_on.year, mail_on.month)[1])
    elif found["next"]:
        last = mail_on + timedelta(days=1)
    else:
        day = (int(found["short_month"]), int(found["short_day"])) if found["short_day"] else _month_and_day(found)
        told = _next(day, mail_on, int(found["year"] or 0)) if day else None
        if told is None:
            return None
        last = told
    return last - timedelta(days=1) if found["back"] else last


def _month_and_day(found: re.Match[str]) -> tuple[int, int] | None:
    if found["month"]:
        return MONTH_OF[found["month"]], int(found["day"])
    return (MONTH_OF[found["month_first"]], int(found["day_last"])) if found["month_first"] else None


def _next(day: tuple[int, int], mail_on: date, year: int = 0) -> date | None:
    """The next such day, that of the mail included; nothing where there is no such day, or the year that she told is over."""
    for each in (year,) if year else range(mail_on.year, mail_on.year + 2):
        try:
            told = date(each, *day)
        except ValueError:
            continue
        if told >= mail_on:
            return told
    return None


def _first(text: str, last: date) -> date | None:
    found = FROM_DAY.search(text)
    if not found:
        return None
    month = MONTH_OF[found["first_month"]] if found["first_month"] else last.month
    try:
        first = date(last.year, month, int(found["first"]))
    except ValueError:
        return None
    return first if first <= last else date(last.year - 1, month, int(found["first"]))
