"""Hours as she states them: from one hour up to another, on some weekdays or on all."""

from __future__ import annotations

from typing import NamedTuple


class Hours(NamedTuple):
    """A span of hours. Units: `from_hour` 0 to 23, `until_hour` 1 to 24 and not in it; over midnight where it is not later.

    Weekdays 1 (Monday) to 7, both ends included; 0 and 0 for every day.
    """

    from_hour: int
    until_hour: int
    from_weekday: int = 0
    until_weekday: int = 0

    @property
    def key(self) -> str:
        """How an event names them: “0-10”, “12-8 6-7”."""
        weekdays = f" {self.from_weekday}-{self.until_weekday}" if self.from_weekday else ""
        return f"{self.from_hour}-{self.until_hour}{weekdays}"
