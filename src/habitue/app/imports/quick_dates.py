"""Dates and instants of a whole column at once, where they are written with two digits each: 2017-03-04T18:05:00Z, 04/03/2017 18:05.

Units: instants are UTC seconds; local seconds are what a clock on the wall counts, as if it were in UTC.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache

import numpy as np

from habitue.app.imports.quick_texts import Texts
from habitue.app.imports.values import DAY_SECONDS, FIRST_INSTANT, NOON, Manner
from habitue.words.clock import date_of, day_number, zone

UNSURE = -(2**62)
FIRST_DAY, LAST_DAY = FIRST_INSTANT // DAY_SECONDS - 1, day_number(date(2200, 1, 1))
MINUS, ZERO = b"-0"
SEVERAL = {" ": b" T", "/": b"/.-", "±": b"+-"}
HOURS = (" hh:mm", " hh:mm:ss", " hh:mm:ss.fff", " hh:mm:ss.ffffff")
LIMITS = {"h": 24, "m": 60, "s": 60, "H": 24, "N": 60}


class Shape:
    """One way to write a date: YMD hms are its digits, f parts of a second, ±HH:NN its distance from UTC; all else stands for itself."""

    def __init__(self, shape: str) -> None:
        self.length, self.has_hour, self.has_zone = len(shape), "h" in shape, "Z" in shape or "±" in shape
        self.digits = {letter: [place for place, sign in enumerate(shape) if sign == letter] for letter in "YMDhmsfHN"}
        self.sign = shape.find("±")
        self.others = {place: SEVERAL.get(sign, sign.encode()) for place, sign in enumerate(shape) if sign not in self.digits}

    def read(self, signs: np.ndarray, manner: Manner) -> np.ndarray:
        """Bytes, a row a place and a column a date, as instants; `UNSURE` where they have not this shape or no such date is."""
        is_sure = np.logical_and.reduce([np.isin(signs[place], list(allowed)) for place, allowed in self.others.items()])
        numbers = {letter: np.zeros(signs.shape[1], np.int64) for letter in self.digits}
        for letter, places in self.digits.items():
            for place in places:
                digit = signs[place] - ZERO
                is_sure &= digit <= 9
                numbers[letter] = numbers[letter] * 10 + digit
        for letter, limit in LIMITS.items():
            is_sure &= numbers[letter] < limit
        months = (numbers["Y"] - 1970) * 12 + numbers["M"] - 1
        days = months.astype("M8[M]").astype("M8[D]").astype(np.int64) + numbers["D"] - 1
        is_sure &= (numbers["M"] >= 1) & (numbers["M"] <= 12) & (days.astype("M8[D]").astype("M8[M]").astype(np.int64) == months)
        return np.where(is_sure, self._at(days, numbers, signs, manner), UNSURE)

    def _at(self, days: np.ndarray, numbers: dict[str, np.ndarray], signs: np.ndarray, manner: Manner) -> np.ndarray:
        if manner.is_day or not self.has_hour:
            return _in_zone(days * DAY_SECONDS + NOON * 3600, manner.zone)
        local = days * DAY_SECONDS + numbers["h"] * 3600 + numbers["m"] * 60 + numbers["s"]
        if not self.has_zone:
            return _in_zone(local, manner.times_in)
        ahead = numbers["H"] * 3600 + numbers["N"] * 60
        return np.asarray(local - np.where(signs[self.sign] == MINUS, -ahead, ahead))


ISO = tuple(Shape(f"YYYY-MM-DD{hour}{its_zone}") for hour in HOURS for its_zone in ("", "Z", "±HH:NN")) + (Shape("YYYY-MM-DD"),)
SLASHED = {order: tuple(Shape(f"{day}/YYYY{hour}") for hour in ("", *HOURS[:2])) for order, day in (("day-first", "DD/MM"), ("month-first", "MM/DD"))}


def written_instants(texts: Texts, manner: Manner) -> np.ndarray:
    """The instants that texts write; `UNSURE` where they are not written in a shape of ours."""
    at = np.full(len(texts.starts), UNSURE, np.int64)
    lengths = np.diff(texts.edges)
    for shape in (*ISO, *SLASHED.get(manner.dates, ())):
        rows = np.flatnonzero((lengths == shape.length) & (at == UNSURE))
        if len(rows):
            windows = np.lib.stride_tricks.sliding_window_view(texts.signs, shape.length)
            at[rows] = shape.read(np.ascontiguousarray(windows[texts.starts[rows]].T), manner)
    return at


def clock_instants(local: np.ndarray, manner: Manner) -> np.ndarray:
    """The instants of local seconds that name no zone."""
    if manner.is_day:
        return _in_zone(local // DAY_SECONDS * DAY_SECONDS + NOON * 3600, manner.zone)
    return _in_zone(local, manner.times_in)


def _in_zone(local: np.ndarray, zone_name: str) -> np.ndarray:
    """UTC seconds of local ones; before all belief on days too far away and on those on which the clock changes."""
    days = local // DAY_SECONDS
    is_near = (days >= FIRST_DAY) & (days <= LAST_DAY)
    since = np.where(is_near, days - FIRST_DAY, 0)
    ahead = np.zeros(since.max() + 1, np.int64)
    for day in np.flatnonzero(np.bincount(since)).tolist():
        ahead[day] = _ahead(zone_name, day + FIRST_DAY)
    return np.where(is_near, local - ahead[since], UNSURE)


@cache
def _ahead(zone_name: str, day: int) -> int:
    """By how many seconds a zone is ahead of UTC all through a local day; for ever where its clock changes on it.

    No zone has changed its clock there and back within one day.
    """
    first, last = (zone(zone_name).utcoffset(datetime.combine(date_of(on), time.min)) for on in (day, day + 1))
    return int(first.total_seconds()) if first is not None and first == last else -UNSURE
