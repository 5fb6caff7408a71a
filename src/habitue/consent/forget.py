"""What she allowed: shown, erased, and sealed. Of each word a hash, the purpose, the way and the day stay, so that the house can prove that it had leave,
or heeded a no, to whoever tells it the address, and heeds that no should she come back; nobody can read an address out of it.

Source: Regulation (EU) 2016/679, article 7(1) (proof of consent), article 17(3)(e) (what legal claims need).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from habitue.consent.law.model import HEARD, Case, Did, Step
from habitue.consent.law.records import add_step, cases
from habitue.events.lookup import look_up
from habitue.identity.records import who_have
from habitue.store import Truth, sql_text
from habitue.store.relations import compiled
from habitue.store.schema import drop_where, rows_where
from habitue.words.vocabulary import Channel, Purpose
from habitue.words.whom import Whom

HOLDS = {
    "consent_fact": "what she allowed and took back",
    "law_case": "which requests of the law were hers",
    "case_step": "what was noted of them in words",
    "case_callback": "where to tell how they stand",
}
CARRIED_BY = {"customer": tuple(Channel), "email": (Channel.EMAIL,), "phone": (Channel.SMS, Channel.PHONE)}
"""By kind of identifier: the ways of which it can prove a yes. A no is sealed by each of them: by whichever she is known again, it counts."""
END = 1 << 62
DAY_SECONDS = 86_400
BY_ITSELF = "habitue"
PARTS = re.compile(r"[/?&=#;,]")
Bearer = tuple[str, bytes]
"""A kind of identifier, and the hash of one."""
SealedRow = tuple[bytes, int, int, int, int]
"""A hash, purpose, channel, day and whether it is a yes, as they are kept."""


class Sealed(NamedTuple):
    """One word that stays. Units: `day` is a day number (UTC)."""

    purpose: Purpose
    channel: Channel
    day: int
    is_granted: bool


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    found = {relation: rows_where(truth, relation, "profile_id", whom.profiles) for relation in ("consent_fact", "law_case")}
    numbers = [row["case_id"] for row in found["law_case"]]
    return found | {"case_step": _steps(truth, whom, numbers), "case_callback": rows_where(truth, "case_callback", "case_id", numbers)}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction; `seal` comes first."""
    return {"consent_fact": drop_where(truth, "consent_fact", "profile_id", whom.profiles)} | _erase_cases(truth, whom)


def waiting_cases(truth: Truth, whom: Whom) -> list[Case]:
    """Her cases that are not over. Before she is erased: afterwards they are nobody's."""
    numbers = [row["case_id"] for row in rows_where(truth, "law_case", "profile_id", whom.profiles)]
    return [case for _, case in sorted(cases(truth, numbers).items()) if not case.is_over]


def mark_erased(truth: Truth, waiting: Iterable[Case], at: int) -> None:
    """Writes into what were her cases that she was erased, so that each can be closed without asking for her name. Inside a transaction."""
    for case in waiting:
        add_step(truth, case.number, Step(len(case.steps) + 1, at, Did.ERASED, BY_ITSELF, 0, "", 0))


def words_to_seal(truth: Truth, whom: Whom) -> list[Sealed]:
    """Her words, each once a day; where two numbers of hers disagree and the no stands, it is her last word."""
    rows = shown(truth, whom)["consent_fact"]
    words = {Sealed(Purpose(row["purpose"]), Channel(row["channel"]), row["known_at"] // DAY_SECONDS, bool(row["is_granted"])) for row in rows}
    last: dict[tuple[int, int], int] = {}
    for word in words:
        last[word.purpose, word.channel] = max(word.day, last.get((word.purpose, word.channel), word.day))
    for purpose, channel, is_granted in standing_leaves(truth, whom.profiles):
        if not is_granted:
            words.add(Sealed(Purpose(purpose), Channel(channel), last[purpose, channel], False))
    return sorted(words)


def standing_leaves(truth: Truth, profiles: Iterable[int]) -> set[tuple[int, int, int]]:
    """How each leave of whoever has these profiles, and no other, stands by all that is written, dated ahead or not: purpose, channel, whether it is a yes."""
    hers = sorted(set(profiles))
    if not hers:
        return set()
    text = _standing_text(truth.dialect).replace("IN (?)", f"IN ({', '.join('?' * len(hers))})")
    return {(purpose, channel, is_yes) for _, purpose, channel, is_yes in truth.run(text, hers)}


@cache
def _standing_text(dialect: str) -> str:
    """Her profiles as one customer, whoever else is joined with them: in an older truth that may be somebody who stays."""
    moment = f"SELECT 1 AS moment_id, 1 AS customer_id, CAST({END} AS BIGINT) AS as_of"
    told = (
        "SELECT 1 AS customer_id, p.profile_id, p.joined_at, f.known_at, f.seq, f.purpose, f.channel, f.is_granted "
        "FROM profile AS p JOIN consent_fact AS f ON f.profile_id = p.profile_id WHERE p.profile_id IN (?)"
    )
    return compiled("said_leave", dialect, given={"moment": moment, "consent": told})


def sealed_by(bearers: Iterable[Bearer], words: Iterable[Sealed]) -> list[SealedRow]:
    """These words as they are kept under these hashes of hers."""
    known, told = [each for each in bearers if each[0] in CARRIED_BY], list(words)
    rows = {(each, *word) for kind, each in known for word in told if not word.is_granted or word.channel in CARRIED_BY[kind]}
    return sorted((each, int(purpose), int(channel), day, int(is_yes)) for each, purpose, channel, day, is_yes in rows)


def seal(truth: Truth, rows: Iterable[SealedRow]) -> None:
    """Keeps the minimal proof of her words. Inside the transaction that erases her."""
    truth.run_many(sql_text("consent", "seal_leave"), list(rows))


def sealed_of(truth: Truth, hashes: Iterable[bytes]) -> list[Sealed]:
    """What was sealed of whoever has these hashes, oldest first."""
    rows = look_up(truth, "consent", "sealed_leaves", set(hashes))
    return sorted({Sealed(Purpose(purpose), Channel(channel), day, bool(is_yes)) for _, purpose, channel, day, is_yes in rows}, key=lambda word: word.day)


def noes_of(truth: Truth, hashes: Iterable[bytes]) -> list[Sealed]:
    """What whoever has these hashes said no to last, as it was sealed; of two words of one day, the no. A sealed yes gives nothing."""
    last = {(word.purpose, word.channel): word for word in sorted(sealed_of(truth, hashes), key=lambda word: (word.day, not word.is_granted))}
    return [word for word in last.values() if not word.is_granted]


def _erase_cases(truth: Truth, whom: Whom) -> dict[str, int]:
    """That a request came, and when it was answered, stays, as proof that it was: nobody's, without a word."""
    hers = rows_where(truth, "law_case", "profile_id", whom.profiles)
    truth.run_many(sql_text("consent", "name_no_case"), [(row["case_id"],) for row in hers])
    outside = [row["case_id"] for row in hers if whom.is_value(row["outside_id"])]  # most often a number that says nothing, by which its answer is fetched
    truth.run_many(sql_text("consent", "unname_request"), [(number,) for number in outside])
    steps = _steps(truth, whom, [row["case_id"] for row in hers])
    truth.run_many(sql_text("consent", "empty_case_step"), [(row["case_id"], row["step_no"]) for row in steps])
    naming = [row for row in rows_where(truth, "case_callback", "case_id", [row["case_id"] for row in hers]) if _names(whom, row["url"])]
    truth.run_many(sql_text("consent", "drop_case_callback"), [(row["case_id"], row["url"]) for row in naming])
    return {"law_case": len(hers), "case_step": len(steps), "case_callback": len(naming)}


def _steps(truth: Truth, whom: Whom, cases: list[int]) -> list[dict[str, Any]]:
    """What was done in these cases, and in any other that was opened, or looked into, by an address or a number of hers, or whose sentence names her."""
    hers, only = rows_where(truth, "case_step", "case_id", cases), alone(truth, whom)
    others = rows_where(truth, "case_step", "did", [Did.OPENED, Did.SOUGHT, Did.FOUND, *HEARD])
    sought = [row for row in others if row["case_id"] not in set(cases) and not (row["did"] in HEARD and row["who"])]
    named = [row for row in sought if only.is_value(row["words"]) or only.is_identified("phone", row["words"])]
    by_mail = {row["case_id"] for row in named if row["did"] == Did.OPENED}
    quoted = [row for row in sought if row["did"] in HEARD and row["case_id"] in by_mail and row not in named]
    return hers + named + quoted


def alone(truth: Truth, whom: Whom) -> Whom:
    """Her, without the addresses and telephones that somebody else has, too: what came from there may be his, and waits for its answer."""
    shared = Whom(
        (),
        tuple(
            (kind, value)
            for kind in ("email", "phone")
            for value, those in who_have(truth, kind, whom.of_kind(kind)).items()
            if {each.profile_id for each in those.who} - set(whom.profiles)
        ),
    )
    return replace(whom, identifiers=tuple((kind, value) for kind, value in whom.identifiers if not shared.is_identified(kind, value)))


def _names(whom: Whom, url: str) -> bool:
    """Whether an address holds one of her identifiers; most hold none, and who passed a request on is still to be told that it is done."""
    return any(whom.is_value(part) for part in PARTS.split(unquote(url)))
