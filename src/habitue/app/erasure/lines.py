"""“Forget this”, of one line: a statement of hers is erased, from what judgement reads and from the days that it decided, while she stays."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from habitue.app.erasure.forgetting import whom_of
from habitue.app.house import House
from habitue.app.names import customer_of
from habitue.app.remembering import heard, said_with, withdraw_within
from habitue.events.forget import forget_words
from habitue.events.lookup import look_up, take_numbers
from habitue.events.model import PreferenceStated, body_of
from habitue.memory.forget import forget_statements
from habitue.store import Truth, sql_text
from habitue.store.projection import customers_changed
from habitue.store.schema import rows_where
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Level, Subject

FORGOTTEN = PreferenceStated(Level.PRODUCT, "", 0, subject=Subject.RHYTHM)
"""What stands in the place of a statement that she had forgotten: that one was made, and nothing of what it said."""
DAY_SECONDS, END = 86_400, 1 << 40
STOPS = {
    Subject.THING: Reason.DISLIKED,
    Subject.ATTRIBUTE: Reason.DISLIKED,
    Subject.CHANNEL: Reason.UNWELCOME_WAY,
    Subject.HOUR: Reason.UNWELCOME_HOUR,
}
"""By what a no is about: the reason for which it stops a word."""


def forget_line(house: House, customer_key: str, number: int) -> None:
    """Erases a statement, with all that the same word made: nothing of what it said is left, neither for judgement nor in the days it decided.

    That she said something, and took it back, stays. A second press changes nothing.

    Raises: Unknown where she has no statement of that number.
    """
    when = heard(house, None)  # may learn, and waits for whoever judges: never inside a transaction
    with house.truth.transaction():
        seq = house.truth.next_seq()  # waits for whoever is writing
        customer = customer_of(house, customer_key)
        whom = whom_of(house.truth, customer)
        if _is_forgotten(house.truth, whom.profiles, number):
            return
        word = said_with(house, customer_key, number, when)
        if not all(word.values()):
            withdraw_within(house, customer_key, number, when)
        told = rows_where(house.truth, "preference_fact", "seq", word)
        forget_statements(house.truth, word)
        forget_words(house.truth, word, body_of(FORGOTTEN).decode())
        _veil(house.truth, whom.profiles, told)
        customers_changed(house.truth, [customer], seq)
        take_numbers(house.truth, "merges", 1)  # whoever remembers a day, or is writing one, looks again
    with house.turn:
        house.days.clear()


def _is_forgotten(truth: Truth, profiles: Collection[int], number: int) -> bool:
    """Whether a statement of these profiles was erased already."""
    found = look_up(truth, "events", "events_by_seq", [number])
    return any(profile in profiles and body == body_of(FORGOTTEN).decode() for _, profile, _, _, body in found)


def _veil(truth: Truth, profiles: Collection[int], told: Collection[dict[str, Any]]) -> None:
    """What stopped a word on the days since she said no: something that she had forgotten. Another no of hers to a thing, of those days, is veiled with it.

    So it is on the days on which she was one with somebody else, whom she has been parted from since.
    """
    spans = _days_of(truth, profiles)
    for row in told:
        if row["feeling"] < 0 and (stop := STOPS.get(Subject(row["subject"]))):
            decided = look_up(truth, "app", "decided_since", spans, row["said_day"])
            for customer, day, reason, ledger in decided:
                if not any(first <= day <= last for first, last in spans[customer]):
                    continue
                veiled = bytes(ledger).replace(bytes([stop]), bytes([Reason.FORGOTTEN]))
                if reason == stop:
                    truth.run(sql_text("app", "veil_decision"), (int(Reason.FORGOTTEN), veiled, customer, day))
                elif veiled != bytes(ledger):
                    truth.run(sql_text("app", "veil_ledger"), (veiled, customer, day))


def _days_of(truth: Truth, profiles: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """By whose number days may have been decided on which these profiles were one with her, herself or by others between: from which day to which."""
    spans: dict[int, list[tuple[int, int]]] = {}
    new = {profile: [(0, END)] for profile in profiles}
    while new:
        for profile, found in new.items():
            spans.setdefault(profile, []).extend(found)
        links = [link for name in ("once_one", "once_one_other") for link in look_up(truth, "app", name, new)]
        reached: dict[int, list[tuple[int, int]]] = {}
        for one, other, since, until in links:
            for first, last in new[one]:
                span = max(first, since // DAY_SECONDS - 1), min(last, until // DAY_SECONDS + 1 if until else END)
                known = (*spans.get(other, ()), *reached.get(other, ()))
                if span[0] <= span[1] and not any(begin <= span[0] and span[1] <= end for begin, end in known):
                    reached.setdefault(other, []).append(span)
        new = reached
    return spans
