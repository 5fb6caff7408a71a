"""Telephone numbers as people write them: with or without the country's code, and with what they put between the digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FEWEST_DIGITS, MOST_DIGITS = 8, 20
"""In a text, a number of fewer digits than the first may be anything, and one of more than the second is none."""
LONGEST_CODE = 3
GUESSED_DIGITS = 9
"""Of a number that does not say where its country's code ends, so many of the last are read as the national number, too."""
BETWEEN_DIGITS = r" \u00a0\u2007\u2009\u202f.()/\-\u2010-\u2015\u2212"
"""What people put between digits, as part of a set of signs in an expression; a tab and a new line part columns and lines."""
GAP = f"[{BETWEEN_DIGITS}]{{0,3}}"

_RUN = re.compile(rf"(\+{GAP})?(\d(?:{GAP}\d){{{FEWEST_DIGITS - 1},}})")
_GROUP = re.compile(r"\d+")


class Telephones:
    """Somebody's telephone numbers. Source: ITU-T E.164; national numbers and what is dialled before them as phonenumbers knows them."""

    def __init__(self, values: Iterable[str]) -> None:
        self._asked, self._said = set[str](), set[str]()
        at_home, anywhere = set[str](), set[str]()
        for code, national, trunks in (parts for value in values for parts in _parts(value)):
            whole = [f"{begin}{code}{trunk}{national}" for begin in ("", "00") for trunk in trunks] if code else []
            alone = [trunk + national for trunk in trunks]
            self._asked.update(whole, alone)
            self._said.update(whole, alone if len(national) >= FEWEST_DIGITS else ())
            (at_home if code else anywhere).add(national)
        self._anywhere = anywhere - at_home  # the same number, told once with its country and once without, is of that country

    def is_in(self, text: str) -> bool:
        """Whether a text holds one of them, and not within more digits."""
        return bool(self._said) and any(digits in self._said or self._is_abroad(abroad, FEWEST_DIGITS) for digits, abroad in _numbers_in(text))

    def is_one(self, text: str) -> bool:
        """Whether the value of a field that holds a telephone number is one of them, however short."""
        digits = _digits(text)
        return bool(digits) and (digits in self._asked or self._is_abroad(digits.removeprefix("00"), 1))

    def _is_abroad(self, digits: str, fewest: int) -> bool:
        """Whether a number after its `+` is one of those whose country nobody knows: after a code of one to three digits."""
        return bool(self._anywhere and digits) and any(
            rest in self._anywhere and len(rest) >= fewest
            for place in range(1, LONGEST_CODE + 1)
            for rest in (digits[place:], digits[place:].removeprefix("0"))
        )


def _parts(value: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """A number as (country's code, national number, what may be dialled before this); without a code where it names no country."""
    import phonenumbers  # a tenth of a second that most commands need not wait

    digits = _digits(value)
    if (code := "+" if value.strip().startswith("+") else "00" if digits.startswith("00") else "") and digits:
        try:
            number = phonenumbers.parse("+" + digits.removeprefix(code), None)
        except phonenumbers.NumberParseException:
            pass
        else:
            region = phonenumbers.region_code_for_country_code(number.country_code or 0)
            trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
            yield str(number.country_code), phonenumbers.national_significant_number(number), tuple(dict.fromkeys(("", "0", trunk)))
            return
    if national := digits.lstrip("0"):
        yield "", national, ("", "0")
        if not digits.startswith("0") and len(digits) > GUESSED_DIGITS:
            yield "", digits[-GUESSED_DIGITS:], ("", "0")


def _numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """Each number that may stand in a text: its digits, and those after a `+` or `00` that it begins with (none: "").

    What follows a country's code is no number by itself.
    """
    for run in _RUN.finditer(text):
        groups = _GROUP.findall(run[2])
        mark = 0 if run[1] else 2 if groups[0].startswith("00") else None
        before = 0
        for first, group in enumerate(groups):
            if not first or mark is None or before > mark + LONGEST_CODE:
                yield from ((digits, digits[mark:] if mark is not None and not first else "") for digits in _joined(groups[first : first + MOST_DIGITS]))
            before += len(group)


def _joined(groups: Iterable[str]) -> Iterator[str]:
    """The digits of the first group, of the first two, of the first three…, as long as they may be a number."""
    digits = ""
    for group in groups:
        digits += group
        if len(digits) > MOST_DIGITS:
            return
        if len(digits) >= FEWEST_DIGITS:
            yield digits


def _digits(value: str) -> str:
    return "".join(sign for sign in value if sign.isdigit())
