"""The console's JSON twin: the same answers for programs, with reasons by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import msgspec
from starlette.responses import Response

from habitue.app.inbox.talking import Conversation
from habitue.app.model import DayPlan, Verdict
from habitue.web.desk import Desk
from habitue.web.visit import Visit
from habitue.words.asking import plain_name
from habitue.words.clock import parse_day


def as_json(document: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(document), status, media_type="application/json")


def plan(visit: Visit, desk: Desk) -> dict[str, object]:
    """The day's plan in counts; touches + silences = customers."""
    return plan_document(desk.plan(visit.on))


def decision(visit: Visit, desk: Desk, key: str) -> dict[str, object]:
    """One customer's decision with every action and what stopped it."""
    made = desk.decision(key, visit.on, visit.language)
    return {
        **_plain(asdict(made)),
        "reason": made.reason.name.lower(),
        "chosen": verdict_document(made.chosen) if made.chosen else None,
        "others": [verdict_document(verdict) for verdict in made.others],
    }


def card(visit: Visit, desk: Desk, key: str) -> dict[str, object]:
    """One customer's card; `year[].day` counts days since 1970-01-01."""
    return _plain(asdict(desk.card(key, visit.on, visit.language)))


def said(visit: Visit, desk: Desk, key: str) -> list[dict[str, object]]:
    """What one customer told us, each with its number and whether it counts."""
    return [{**asdict(one), "counts": one.counts} for one in desk.statements(key, visit.on, visit.language)]


def leave(visit: Visit, desk: Desk, key: str) -> list[dict[str, object]]:
    """What one customer allows at this moment, with every word that made it so; instants are UTC seconds."""
    return [asdict(line) for line in desk.leaves(key, visit.language)]


def asks(visit: Visit, desk: Desk, key: str) -> list[dict[str, object]]:
    """What one customer asked of us by law, the newest first."""
    return [asdict(case) for case in desk.cases.hers(key, visit.language)]


def looks(visit: Visit, desk: Desk, key: str) -> list[dict[str, object]]:
    """Who looked at one customer, the newest first; instants are UTC seconds."""
    return [asdict(line) for line in desk.looks(key, visit.language)]


def cases(visit: Visit, desk: Desk) -> dict[str, object]:
    """The requests of the law that wait for us, what is due next first, and the last of those that are over."""
    return {"due": [asdict(case) for case in desk.cases.due(visit.language)], "past": [asdict(case) for case in desk.cases.past(visit.language)]}


def case(visit: Visit, desk: Desk, number: int) -> dict[str, object]:
    """One request of the law with its log."""
    return asdict(desk.cases.one(number, visit.language))


def inbox(visit: Visit, desk: Desk) -> list[dict[str, object]]:
    """The conversations in which a customer waits for us, what is due next first; instants are UTC seconds.

    `?of=NAME` leaves those that this person of the shop has in hand, `?of=` those that nobody has.
    """
    of = plain_name(visit.asked("of")) if "of" in visit.query else None
    return [talk_document(each) for each in desk.inbox.waiting(visit.language, of)]


def find_talks(visit: Visit, desk: Desk) -> list[dict[str, object]]:
    """The conversations in which the words of `?q=` stand, hers, ours or in her name, the newest first."""
    return [asdict(each) for each in desk.inbox.find(visit.asked("q"))]


def times(visit: Visit, desk: Desk) -> dict[str, object]:
    """How long customers waited, in seconds in which the shop was open: all together, then by week; `?since=2026-11-02`, `?by=month`.

    `asked` is what those said of the same days who were asked whether we had answered well.
    """
    since = parse_day(visit.asked("since")) if visit.asked("since") else None
    total, spans = desk.inbox.times(since, by_month=visit.asked("by") == "month")
    return {"all": asdict(total), "spans": [asdict(each) for each in spans], "asked": asdict(desk.inbox.pleased(since))}


def talk(visit: Visit, desk: Desk, number: int) -> dict[str, object]:
    """One conversation, with what her words propose to remember."""
    return talk_document(desk.inbox.one(number, visit.language))


def talk_document(told: Conversation) -> dict[str, object]:
    """A conversation without what it is kept under here."""
    whole = asdict(told)
    for said in whole["messages"]:
        said["proposals"] = [{name: value for name, value in line.items() if name != "proposal"} for line in said["proposals"]]
    return {name: value for name, value in whole.items() if name not in ("source", "thread_key", "profile_id")}


def plan_document(made: DayPlan) -> dict[str, object]:
    """A plan with its reasons by name, the most frequent first."""
    reasons = sorted(made.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return {**_plain(asdict(made)), "reasons": {reason.name.lower(): count for reason, count in reasons}}


def verdict_document(verdict: Verdict) -> dict[str, object]:
    """A verdict with its reason by name."""
    return {**_plain(asdict(verdict)), "reason": verdict.reason.name.lower()}


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    """Without our internal number: programs know a customer by the brand's own key."""
    return {name: value for name, value in fields.items() if name != "customer_id"}
