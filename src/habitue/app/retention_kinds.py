"""How each kind of data that is kept for a time is counted and let go. Units: instants in UTC seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from habitue.app.erasure.files import INBOX, KEPT, drop_file
from habitue.app.erasure.forgetting import forget_customers
from habitue.app.house import House
from habitue.consent.law.model import END_NUMBERS
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where

DAY_SECONDS = 86_400
EVERY = 1 << 60
AT_A_TIME = 1_000
"""Rows that are let go in one transaction: nobody waits long for it."""
Due = tuple[int, int | None]
"""How many there are from before an instant, and when the oldest was."""


@dataclass(frozen=True)
class Kept:
    """One kind: what of it is from before an instant, and letting that go."""

    due: Callable[[House, int], Due]
    let_go: Callable[[House, int], int]


def quiet_customers(truth: Truth, before: int, how_many: int = EVERY, after: int = 0) -> list[tuple[int, int]]:
    """Customers, from the one after a number on, known since before an instant who gave no sign since then, each with the instant of the last one."""
    return [(int(customer), int(at)) for customer, at in truth.run(sql_text("app", "quiet_customers"), (after, before, before, *END_NUMBERS, before, how_many))]


def _quiet(house: House, before: int) -> Due:
    found = quiet_customers(house.truth, before)
    return len(found), min((at for _, at in found), default=None)


def _forget_quiet(house: House, before: int) -> int:
    def is_quiet(customer: int) -> bool:
        return any(each == customer for each, _ in quiet_customers(house.truth, before, 1, after=customer - 1))

    return len(forget_customers(house, [customer for customer, _ in quiet_customers(house.truth, before)], is_quiet))


def _counted(kind: str) -> Callable[[House, int], Due]:
    def due(house: House, before: int) -> Due:
        ((count, first_at),) = house.truth.run(sql_text("app", f"count_{kind}"), (before,))
        return int(count), first_at

    return due


def _dropped(kind: str) -> Callable[[House, int], int]:
    def let_go(house: House, before: int) -> int:
        with house.truth.transaction():
            return len(house.truth.run(sql_text("app", f"drop_{kind}"), (before,)))

    return let_go


def _drop_visits(house: House, before: int) -> int:
    """What was looked at; and that somebody was there, unless it is known who: of a customer it counts as a sign for as long as she is kept."""
    _drop_nobodys(house, before // DAY_SECONDS)
    gone = 0
    while rows := house.truth.run(sql_text("app", "old_visits"), (before, AT_A_TIME)):
        with house.truth.transaction():
            house.truth.run_many(sql_text("app", "drop_visit"), rows)
        gone += len(rows)
    return gone


def _drop_nobodys(house: House, before_day: int) -> None:
    """Nobody waits while they are looked for, which takes long where many are known."""
    found = house.truth.run(sql_text("app", "nobodys_profiles"), (before_day,))
    for first in range(0, len(found), AT_A_TIME):
        with house.truth.transaction():
            house.truth.next_seq(0)  # waits for whoever is saying who it is
            house.truth.run_many(sql_text("app", "drop_nobodys_visits"), [(profile, before_day) for (profile,) in found[first : first + AT_A_TIME]])


def _drop_notes(house: House, before: int) -> int:
    """Beside the conversations of customers, and of strangers."""
    return _dropped("talk_notes")(house, before) + _dropped("stray_notes")(house, before)


Rows = list[tuple[int, int]]
"""Numbers, each with its instant."""


def _listed(rows_of: Callable[[House, int], Rows], relations: tuple[str, ...], by: str) -> Kept:
    """What lies in several relations under one number: counted, and let go together."""

    def due(house: House, before: int) -> Due:
        found = rows_of(house, before)
        return len(found), min((at for _, at in found), default=None)

    def let_go(house: House, before: int) -> int:
        with house.truth.transaction():
            numbers = [number for number, _ in rows_of(house, before)]
            for relation in relations:
                drop_where(house.truth, relation, by, numbers)
        return len(numbers)

    return Kept(due, let_go)


def _old_cases(house: House, before: int) -> Rows:
    return [(number, at) for number, at in house.truth.run(sql_text("app", "old_cases"), (*END_NUMBERS, before))]


def _old_strays(house: House, before: int) -> Rows:
    return [(number, at) for number, at in house.truth.run(sql_text("app", "old_strays"), (before,))]


def _old_letters(house: House, before: int) -> Rows:
    return [(number, at) for number, at in house.truth.run(sql_text("app", "old_letters"), (before,))]


def _files(house: House, before: int) -> list[Path]:
    """Files that lie in the watched folder since before an instant; what was said of each goes with it."""
    folders = [house.settings.data / INBOX / name for name in KEPT]
    found = [path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()]
    return sorted(path for path in found if path.stat().st_mtime < before)


def _due_files(house: House, before: int) -> Due:
    found = _files(house, before)
    return len(found), min((int(path.stat().st_mtime) for path in found), default=None)


def _drop_files(house: House, before: int) -> int:
    return sum(map(drop_file, _files(house, before)))


KINDS: Mapping[str, Kept] = {
    "quiet_customers": Kept(_quiet, _forget_quiet),
    "visits": Kept(_counted("visits"), _drop_visits),
    "dead_letters": Kept(_counted("dead_letters"), _dropped("dead_letters")),
    "refused_messages": Kept(_counted("refused_messages"), _dropped("refused_messages")),
    "rejected_rows": Kept(_counted("rejected_rows"), _dropped("rejected_rows")),
    "strays": _listed(_old_strays, ("attachment", "stray_answer", "stray_note", "stray_reminder", "stray"), "stray_id"),
    "talk_notes": Kept(_counted("talk_notes"), _drop_notes),
    "suggestions": Kept(_counted("suggestions"), _dropped("suggestions")),
    "attachments": Kept(_counted("attachments"), _dropped("attachments")),
    "looks": Kept(_counted("looks"), _dropped("looks")),
    "files": Kept(_due_files, _drop_files),
    "ended_links": Kept(_counted("ended_links"), _dropped("ended_links")),
    "letters": _listed(_old_letters, ("reminder", "stray_reminder", "closing_note", "satisfaction", "letter_return", "letter_attempt", "letter"), "letter_id"),
    "closed_cases": _listed(_old_cases, ("case_callback", "case_step", "law_case"), "case_id"),
}
"""In the order in which a person reads them."""
