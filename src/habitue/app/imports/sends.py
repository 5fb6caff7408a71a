"""Importing what a newsletter tool sent and what came back: touches, answers, and who left.

A click or a reply is an answer; an open is not. Who unsubscribed, complained, or whose address is dead has taken her leave back.
"""

from __future__ import annotations

from habitue.app.imports.desk import Desk, Row
from habitue.app.imports.leave import Leaves
from habitue.app.imports.reading import HAPPENINGS
from habitue.consent.model import MARKETING
from habitue.events.model import TouchAnswered, TouchSent
from habitue.identity.model import Who
from habitue.memory.records import touches_known
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Channel, Kind, Level

SENT, ANSWERED, LEFT, BOUNCED = (HAPPENINGS[word] for word in ("sent", "answered", "left", "bounced"))
ASKING = (Kind.OFFER, Kind.QUESTION)
NOTHING_KEPT = {
    HAPPENINGS["opened"]: "happened: an open is no answer; nothing is kept of it",
    HAPPENINGS["deferred"]: "happened: it did not arrive this time; nothing is kept of it",
}
NEVER_SENT = "message: nothing is known of its having been sent to her; bring the file of what was sent first"
UNNAMED = "campaign: nothing says which message it was"
DAY_SECONDS = 86_400


def import_sends(desk: Desk, rows: list[Row]) -> None:
    """Each row tells one message to one person, or one thing that happened to it."""
    told = [(row, who) for row, who in desk.known(rows) if _is_kept(desk, row)]
    touches = _sent(desk, [(row, who) for row, who in told if row["happened"] == SENT and not row.get("bounced")])
    _answered(desk, [(row, who) for row, who in told if row["happened"] == ANSWERED or row.get("answered") or row.get("answered_at")], touches)
    _left(desk, told)


def _left(desk: Desk, told: list[tuple[Row, Who]]) -> None:
    """Who may not be written to there any more; an address that several people use, for each of them."""
    everybody: list[tuple[Row, tuple[Who, ...]]] = [(row, (who,)) for row, who in told] + [(row, ()) for row in desk.shared]
    holders = desk.holders(row for row, _ in everybody)
    everybody = [(row, holders.get(row["customer"], whom)) for row, whom in everybody]
    leaves = Leaves(desk, [who for _, whom in everybody for who in whom])
    for row, whom in everybody:
        if why := why_left(row):
            leaves.refuse(row, whom, MARKETING, Channel(row["channel"]), why[0], f"{desk.origin}: {why[1]}")


def why_left(row: Row) -> tuple[int, str] | None:
    """When somebody left by a row, and why she may not be written to; nothing where she may. Units: UTC seconds."""
    has_left = row["happened"] == LEFT or row.get("left") or row.get("left_at")
    if not has_left and row["happened"] != BOUNCED and not row.get("bounced"):
        return None
    return row.get("left_at") or row.get("bounced_at") or row["at"], "left" if has_left else "address does not work"


def _is_kept(desk: Desk, row: Row) -> bool:
    if reason := NOTHING_KEPT.get(row["happened"]):
        desk.reject(row, reason)
    elif row["happened"] in (SENT, ANSWERED) and not _campaign(row):
        desk.reject(row, UNNAMED)
    else:
        return True
    return False


def _campaign(row: Row) -> str:
    return str(row.get("campaign") or row.get("subject") or row.get("message") or "")


def _touch_key(desk: Desk, row: Row) -> str:
    """The same for whatever is told of one message to one person, and telling nobody's address."""
    return key_hash("sends", desk.mapping.source, row.get("message") or _campaign(row), row["customer"].casefold()).hex()


def _sent(desk: Desk, rows: list[tuple[Row, Who]]) -> dict[str, int]:
    """Takes down what was sent; gives the instant of each touch of this batch. A message sent to her again later is another touch."""
    known = {key: at for key, (_customer, _day, at) in touches_known(desk.truth, {_touch_key(desk, row) for row, _ in rows}).items()}
    for row, who in sorted(rows, key=lambda told: told[0]["at"]):
        key = _touch_key(desk, row)
        if known.setdefault(key, row["at"]) != row["at"]:
            key = f"{key} {row['at'] // DAY_SECONDS}"
            if known.setdefault(key, row["at"]) != row["at"]:
                desk.same(row)
                continue
        kind = Kind(row["kind"]) if row.get("kind") else Kind.OFFER
        action = f"{desk.mapping.source}: {_campaign(row)}"
        event = TouchSent(key, action, kind, Channel(row["channel"]), Level.PRODUCT, "", kind in ASKING)
        desk.tell({**row, "id": key}, who, event)
    return known


def _answered(desk: Desk, rows: list[tuple[Row, Who]], told: dict[str, int]) -> None:
    keys = {_touch_key(desk, row) for row, _ in rows}
    sent = {key: at for key, (_customer, _day, at) in touches_known(desk.truth, keys - told.keys()).items()} | told
    for row, who in rows:
        key = _touch_key(desk, row)
        if key not in sent:
            desk.reject(row, NEVER_SENT)
            continue
        at = max(sent[key], row.get("answered_at") or row["at"])
        desk.tell({**row, "at": at, "id": f"{key} answered {at}"}, who, TouchAnswered(key))
