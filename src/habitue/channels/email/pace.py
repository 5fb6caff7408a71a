"""How fast letters may go: to one mailbox provider, and from a sender whom nobody knows yet. Pure: what is known is told, and the clock with it.

A provider that says "not now" means the next letter too: his letters rest, longer each time, while those to others go on. A new sender begins with few
letters a day and sends half as many again each day; who sends thousands at once from nowhere is taken for what he looks like.
Source: RFC 5321, 4.5.4.1 (after a failure, wait for that host, longer each time); M3AAWG, Sender Best Common Practices (warming up).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

RESTS_SECONDS = (60, 300, 900, 1_800, 3_600)
"""How long a provider's letters rest after the first "not now" in a row, the second, and so on."""
MINUTE_SECONDS = 60
MOST_KEPT = 1_000
ENOUGH = 100_000
"""Who may send so many a day is known."""


@dataclass(frozen=True)
class Pace:
    """What we know of one provider. Units: UTC seconds; `not_nows` in a row, `letters` in the minute that began at `minute_at`."""

    rests_until: int = 0
    not_nows: int = 0
    minute_at: int = 0
    letters: int = 0


def next_at(pace: Pace, now: int, letters_a_minute: int) -> int:
    """When the next letter may go; not later than now where it may at once. `letters_a_minute` 0 is no limit. Units: UTC seconds."""
    is_full = letters_a_minute and pace.letters >= letters_a_minute and _is_in(pace, now)
    is_ahead = pace.rests_until > now + RESTS_SECONDS[-1]  # no rest is so long: a clock's that was ahead
    return max(now if is_ahead else pace.rests_until, pace.minute_at + MINUTE_SECONDS if is_full else now)


def begun(pace: Pace, now: int) -> Pace:
    """One letter more."""
    if _is_in(pace, now):
        return replace(pace, letters=pace.letters + 1)
    return replace(pace, minute_at=now, letters=1)


def _is_in(pace: Pace, now: int) -> bool:
    """Whether that is within the minute in hand; one that has yet to begin is a clock's that was ahead."""
    return pace.minute_at <= now < pace.minute_at + MINUTE_SECONDS


def answered(pace: Pace, is_not_now: bool, now: int) -> Pace:
    """What a provider's answer changes: any but "not now" ends the row."""
    if not is_not_now:
        return replace(pace, rests_until=0, not_nows=0)
    return replace(pace, rests_until=now + RESTS_SECONDS[min(pace.not_nows, len(RESTS_SECONDS) - 1)], not_nows=pace.not_nows + 1)


def most_on(day: int, begun_on: int, first_day: int) -> int | None:
    """How many letters of its own accord a sender may send on a day of his warm-up, half as many again as the day before; none where it is over.

    Units: day numbers; `first_day` is letters. Before it began there are none to send.
    """
    if day < begun_on:
        return 0
    most = float(first_day)
    for _ in range(day - begun_on):
        most *= 1.5
        if most >= ENOUGH:
            return None
    return int(most)


def provider_of(address: str) -> str:
    """Whose mailbox it is, as far as an address tells: its domain."""
    return address.rpartition("@")[2].lower()


class Paces:
    """What one process knows of every provider it writes to. Forgotten when it ends: to learn it again costs a letter's attempt."""

    def __init__(self, letters_a_minute: int) -> None:
        self.letters_a_minute = letters_a_minute
        self._of: dict[str, Pace] = {}

    def next_at(self, provider: str, now: int) -> int:
        return next_at(self._of.get(provider, Pace()), now, self.letters_a_minute)

    def begun(self, provider: str, now: int) -> None:
        if len(self._of) >= MOST_KEPT:
            self._of = {name: pace for name, pace in self._of.items() if pace.not_nows or now < pace.minute_at + MINUTE_SECONDS}
        self._of[provider] = begun(self._of.get(provider, Pace()), now)

    def answered(self, provider: str, is_not_now: bool, now: int) -> None:
        self._of[provider] = answered(self._of.get(provider, Pace()), is_not_now, now)
