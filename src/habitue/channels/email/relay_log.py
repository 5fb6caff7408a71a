"""What Postfix wrote down of letters that it took: whether one is in its queue, or never got there, or the log does not tell.

Only conversations from this very machine count, so nobody elsewhere adds to them; and a letter is known by its Message-ID, which nobody can make without
the house's key (`channels.letters.letter_proof`). That a letter never got there is told by a log that is whole around it: it begins before and goes on after,
every conversation in between has ended, and in each the queue shows as many letters as were taken.
Source: Postfix 3.7, smtpd(8), cleanup(8), qmgr(8).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_SECONDS = 86_400
SETTLE_SECONDS = 2
"""The log must go on for so long after a doubt: programs of one second may write in any order."""
LINE_SIGNS = 2_000
LINE = re.compile(
    r"(?:([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)) "
    r"\S+ postfix(?:-[\w-]+)?/(?:[\w-]+/)?([\w-]+)\[(\d+)\]: (.*)",
    re.ASCII,
)
CLIENT = re.compile(r"(?:connect|disconnect) from \S+\[([0-9A-Fa-f:.]+)\](?: (.*))?", re.ASCII)
TAKES = re.compile(r"([0-9A-Za-z]{6,24}): client=\S+\[([0-9A-Fa-f:.]+)\](?:, .*)?", re.ASCII)
NAMED = re.compile(r"([0-9A-Za-z]{6,24}): message-id=(<[^<>\s]{1,400}>)", re.ASCII)
QUEUED = re.compile(r"([0-9A-Za-z]{6,24}): from=<[^<>\s]*>, size=\d+, nrcpt=\d+ \(queue active\)", re.ASCII)
REMOVED = re.compile(r"([0-9A-Za-z]{6,24}): removed", re.ASCII)
TEXTS = re.compile(r"(?:^| )(?:data|bdat)=(\d{1,6})(?:/\d{1,6})?(?= |$)", re.ASCII)


@dataclass
class Queued:
    """A letter that Postfix began to take: under which number of its queue, since when (UTC seconds), and whether it is in the queue."""

    queue_id: str
    at: int
    message_id: str = ""
    is_in: bool = False


@dataclass
class _Talk:
    """One conversation: since when, until when (none where it goes on), what was taken, and how many texts Postfix says that it took."""

    since: int
    until: int | None = None
    letters: list[Queued] = field(default_factory=list)
    texts: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.until is not None and self.texts == sum(letter.is_in for letter in self.letters)


class RelayLog:
    """A log, read line by line, the oldest first. `taken` is what is in the queue, by Message-ID.

    Units: UTC seconds. `now` gives the year to dates that have none.
    """

    def __init__(self, lines: Iterable[str], now: int) -> None:
        self.now = now
        self.begins_at: int | None = None
        self.ends_at = 0
        self._talks: list[_Talk] = []
        self._open: dict[str, _Talk] = {}
        self._letters: dict[str, Queued] = {}
        self._every: list[Queued] = []
        self._stamps: dict[tuple[str | None, ...], tuple[int, int]] = {}
        for line in lines:
            self._read(line)
        self.taken = {letter.message_id: letter for letter in self._every if letter.is_in and letter.message_id}

    def never_had(self, since: int, until: int) -> bool:
        """Whether a letter that is not among those taken can never have got there, that somebody tried to send in that span and nobody after it."""
        if self.begins_at is None or self.begins_at >= since or self.ends_at < until + SETTLE_SECONDS:
            return False
        return all(talk.is_whole for talk in self._talks if talk.since <= until + 1 and (talk.until is None or talk.until >= since - 1))

    def _read(self, line: str) -> None:
        found = LINE.fullmatch(line[:LINE_SIGNS])
        if not found:
            return
        stamp, (program, process, said) = found.groups()[:7], found.groups()[7:]
        if stamp not in self._stamps:
            instants = _instants(stamp, self.now)
            if instants is None:
                return
            self._stamps = {stamp: instants}
        earliest, latest = self._stamps[stamp]
        self.begins_at = latest if self.begins_at is None else self.begins_at
        self.ends_at = earliest
        if program == "smtpd":
            self._talked(process, said, earliest, latest)
        elif program == "cleanup" and (named := NAMED.fullmatch(said)) and named[1] in self._letters:
            self._letters[named[1]].message_id = self._letters[named[1]].message_id or named[2]
        elif program == "qmgr" and (removed := REMOVED.fullmatch(said)):
            self._letters.pop(removed[1], None)  # the number may come again
        elif program == "qmgr" and (queued := QUEUED.fullmatch(said)) and queued[1] in self._letters:
            self._letters[queued[1]].is_in = True

    def _talked(self, process: str, said: str, earliest: int, latest: int) -> None:
        if (takes := TAKES.fullmatch(said)) and _is_here(takes[2]):
            letter = Queued(takes[1], earliest)
            self._letters[takes[1]] = letter
            self._every.append(letter)
            self._talk(process, earliest).letters.append(letter)
        elif takes:
            self._letters.pop(takes[1], None)  # as below
        elif (client := CLIENT.fullmatch(said)) and _is_here(client[1]):
            if said.startswith("connect"):
                self._open.pop(process, None)  # its end was never written down: it stays open
                self._talk(process, earliest)
            else:
                talk = self._talk(process, earliest)
                talk.until, talk.texts = latest, sum(int(texts) for texts in TEXTS.findall(client[2] or ""))
                del self._open[process]

    def _talk(self, process: str, at: int) -> _Talk:
        if process not in self._open:
            self._open[process] = _Talk(at)
            self._talks.append(self._open[process])
        return self._open[process]


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _instants(stamp: tuple[str | None, ...], now: int) -> tuple[int, int] | None:
    """The earliest and the latest instant that a date of the log may mean: where clocks are set back, an hour comes twice. None where it is no date."""
    month, day, hour, minute, second, whole, zone = stamp
    try:
        if whole:
            at = int(datetime.fromisoformat(whole + (zone or "Z")).timestamp())
            return at, at
        rest = (MONTHS.index(month or "") + 1, int(day or ""), int(hour or ""), int(minute or ""), int(second or ""))
        this_year = time.localtime(now + DAY_SECONDS).tm_year
        return next((told for year in (this_year, this_year - 1) if (told := _local(year, *rest)) and told[0] <= now + DAY_SECONDS), None)
    except (ValueError, OverflowError):
        return None


def _local(*date: int) -> tuple[int, int] | None:
    """What a date of this machine's own time may mean."""
    meant = [at for summer in (0, 1) if time.localtime(at := int(time.mktime((*date, 0, 0, summer))))[:6] == date]  # type: ignore[arg-type]
    return (min(meant), max(meant)) if meant else None
