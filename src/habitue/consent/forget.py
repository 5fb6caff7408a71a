"""What she allowed: shown, erased, and sealed. Of each word a hash, the purpose, the way and the day stay, so that the house can prove that it had leave,
or heeded a no, to whoever tells it the address; nobody can read an address out of it.

Source: Regulation (EU) 2016/679, article 7(1) (proof of consent), article 17(3)(e) (what legal claims need).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where, rows_where
from habitue.words.vocabulary import Channel, Purpose
from habitue.words.whom import Whom

HOLDS = {
    "consent_fact": "what she allowed and took back",
    "law_case": "which requests of the law were hers",
    "case_step": "what was noted of them in words",
}
CARRIED_BY = {"customer": tuple(Channel), "email": (Channel.EMAIL,), "phone": (Channel.SMS, Channel.PHONE)}
"""By kind of identifier: the ways of which it can prove anything."""
DAY_SECONDS = 86_400
HashOf = Callable[[str, str], bytes]


class Sealed(NamedTuple):
    """One word that stays. Units: `day` is a day number (UTC)."""

    purpose: Purpose
    channel: Channel
    day: int
    is_granted: bool


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    found = {relation: rows_where(truth, relation, "profile_id", whom.profiles) for relation in ("consent_fact", "law_case")}
    return found | {"case_step": rows_where(truth, "case_step", "case_id", [row["case_id"] for row in found["law_case"]])}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction; `seal` comes first."""
    return {"consent_fact": drop_where(truth, "consent_fact", "profile_id", whom.profiles)} | _erase_cases(truth, whom)


def seal(truth: Truth, whom: Whom, hash_of: HashOf) -> int:
    """Keeps the minimal proof of her words; gives how many. Inside the transaction that erases her. `hash_of` hashes a kind and a value by the house's key."""
    words = {(row["purpose"], row["channel"], row["known_at"] // DAY_SECONDS, row["is_granted"]) for row in shown(truth, whom)["consent_fact"]}
    bearers = [(hash_of(kind, value), CARRIED_BY[kind]) for kind, value in whom.identifiers if kind in CARRIED_BY]
    rows = sorted((each, *word) for each, channels in bearers for word in words if word[1] in channels)
    truth.run_many(sql_text("consent", "seal_leave"), rows)
    return len(words)


def sealed_of(truth: Truth, hashes: Iterable[bytes]) -> list[Sealed]:
    """What was sealed of whoever has these hashes, oldest first."""
    rows = look_up(truth, "consent", "sealed_leaves", set(hashes))
    return sorted({Sealed(Purpose(purpose), Channel(channel), day, bool(is_yes)) for _, purpose, channel, day, is_yes in rows}, key=lambda word: word.day)


def _erase_cases(truth: Truth, whom: Whom) -> dict[str, int]:
    """That a request came, and when it was answered, stays, as proof that it was: nobody's, without a word."""
    cases = rows_where(truth, "law_case", "profile_id", whom.profiles)
    truth.run_many(sql_text("consent", "name_no_case"), [(row["case_id"],) for row in cases])
    outside = [row["case_id"] for row in cases if whom.is_value(row["outside_id"])]  # most often a number that says nothing, by which its answer is fetched
    truth.run_many(sql_text("consent", "unname_request"), [(number,) for number in outside])
    steps = rows_where(truth, "case_step", "case_id", [row["case_id"] for row in cases])
    truth.run_many(sql_text("consent", "empty_case_step"), [(row["case_id"], row["step_no"]) for row in steps])
    return {"law_case": len(cases), "case_step": len(steps)}
