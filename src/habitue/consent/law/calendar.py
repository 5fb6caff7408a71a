"""Which days are public holidays in the brand's country."""

from __future__ import annotations

from datetime import date
from functools import cache


@cache
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of a whole country (those of a region alone are none here: a day earlier is never too late); none where it is not known.

    Costs 0.3 s to load and 0.5 s for a first year, so it is loaded when a deadline is reckoned and at no other time.
    """
    import holidays

    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


def is_holiday(country: str, on: date) -> bool:
    """Whether that day is a public holiday there."""
    return on in holidays_of(country, on.year)
