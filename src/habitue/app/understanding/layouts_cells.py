"""Cells as a reader of values expects them: dates, sums, addresses and long texts, whatever tool or spreadsheet wrote them."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.understanding.layouts_texts import is_text, replaced, without, written

READABLE_DATE = (
    r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?)?$"
    r"|^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}([ T,]+\d{1,2}[:hH]\d{2}(:\d{2})?)?$|^\d{9,13}(\.\d+)?$"
)
MONTHS = (
    "jan january janv janvier|feb february fév févr fevr février fevrier|mar march mars|apr april avr avril|may mai|jun june juin|jul july juil juillet|"
    "aug august août aout|sep sept september septembre|oct october octobre|nov november novembre|dec december déc décembre decembre"
)
MONTH = {name: number for number, names in enumerate(MONTHS.split("|"), 1) for name in names.split()}
NAMED = re.compile(
    r"(?:[^\W\d]+\.?,? +)?(?:([^\W\d]+)\.? +(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:er|st|nd|rd|th)?[ \-]([^\W\d]+)\.?),?[ \-](\d{4})(?:,? (?:at |à )?(.*))?"
)
CLOCK = re.compile(r"(.*?)\b(\d{1,2})(?:[:hH](\d{2}))?(?::(\d{2}))?(?:\.\d+)? ?([ap])\.?m\.?", re.IGNORECASE)
SHORT_YEAR = re.compile(r"(\d{1,2}[/.\-]\d{1,2}[/.\-])(\d{2})(?=[ T,]|$)")
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?=\D|$)(?:[ T](\d)(?=:))?")
DISTANCE, DISTANCED = r"(:\d{2}(?:\.\d+)?) ?([+-]\d{2}):?(\d{2})$", r"\1\2:\3"
ZONE_NAMES = re.compile(r" ?(?:UTC|GMT)(?=[+-]\d|$)")
CURRENCIES = r"(?i)\b(EUR|USD|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|JPY|MXN|BRL|INR|ZAR|TTC|HT)\b|[¥₹₽]|^(CA|A|US|R)\$"
MARKUP = r"(?is)<(style|script|head)\b.*?</(style|script|head)>|<[^>]*>"
LONGEST_BODY = 2_000


def dates(cells: pa.Array) -> pa.Array:
    """Dates written as people and spreadsheets do, in a form that is read: 4-digit years, 24 hours, months in figures."""
    if not is_text(cells):
        return cells
    if pc.any(pc.match_substring_regex(cells, DISTANCE)).as_py():
        cells = pc.replace_substring_regex(cells, DISTANCE, DISTANCED)
    odd = pc.invert(pc.match_substring_regex(cells, READABLE_DATE))
    return replaced(cells, pc.fill_null(odd, False), date)


def date(text: str) -> str:
    """One date; as it is where it cannot be understood."""
    text = ZONE_NAMES.sub(lambda found: "Z" if found.end() == len(found.string) else "", " ".join(text.split()))
    if found := CLOCK.fullmatch(text):
        day, hour, minute, second, half = found.groups()
        text = f"{day}{int(hour) % 12 + 12 * (half in 'pP'):02}:{minute or '00'}:{second or '00'}"
    if (named := NAMED.fullmatch(text)) and (month := MONTH.get((named[1] or named[4]).casefold())):
        return f"{named[5]}-{month:02}-{int(named[2] or named[3]):02} {(named[6] or '').replace('h', ':')}".strip()
    text = SHORT_YEAR.sub(r"\g<1>20\2", text, count=1) if SHORT_YEAR.match(text) else text
    return YEAR_FIRST.sub(_year_first, text, count=1) if YEAR_FIRST.match(text) else text


def _year_first(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}{f' 0{found[4]}' if found[4] else ''}"


def sums(cells: pa.Array) -> pa.Array:
    """Sums without the name of their currency."""
    if not is_text(cells):
        return cells
    named = pc.fill_null(pc.match_substring_regex(cells, CURRENCIES), False)
    return pc.replace_substring_regex(cells, CURRENCIES, "") if pc.any(named).as_py() else cells


def keys(cells: pa.Array) -> pa.Array:
    """Keys without the apostrophe that keeps a spreadsheet from counting with them."""
    if not is_text(cells) or not pc.any(pc.starts_with(cells, "'")).as_py():
        return cells
    return pc.replace_substring_regex(cells, r"^'(\+?\d|[=@-])", r"\1")


def emails(cells: pa.Array) -> pa.Array:
    """Addresses in one case, without blanks and without the name before them; what is no address is nothing."""
    if not is_text(cells):
        return cells
    cells = pc.utf8_trim_whitespace(keys(cells))
    cells = pc.ascii_lower(cells) if pc.all(pc.string_is_ascii(cells)).as_py() else pc.utf8_lower(cells)
    if pc.any(pc.match_substring(cells, "<")).as_py():
        cells = pc.replace_substring_regex(cells, r"^.*<\s*([^<>]+?)\s*>$", r"\1")
    return without(cells, pc.invert(pc.match_substring(cells, "@")))


def phones(cells: pa.Array) -> pa.Array:
    """Telephone numbers by their last nine figures, so that 06 12 34 56 78 and +33 6 12 34 56 78 are one."""
    figures = pc.replace_substring_regex(written(cells), "[^0-9]", "")
    return without(pc.utf8_slice_codeunits(figures, -9), pc.less(pc.utf8_length(figures), 6))


def bodies(cells: pa.Array) -> pa.Array:
    """The beginning of long texts, without markup."""
    if not is_text(cells):
        return cells
    if pc.any(pc.match_substring(cells, "<")).as_py():
        cells = pc.replace_substring_regex(cells, MARKUP, " ")
    if pc.any(pc.greater(pc.utf8_length(cells), LONGEST_BODY)).as_py():
        cells = pc.utf8_slice_codeunits(cells, 0, LONGEST_BODY)
    return cells
