"""Importing everything but orders: each row becomes one event (or one catalogue entry), a batch of rows one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from habitue.app.erasure.heeding import Heeding
from habitue.app.imports.customers import import_customers
from habitue.app.imports.desk import Desk, Row
from habitue.app.imports.heeding import unforgotten
from habitue.app.imports.leave import Leaves
from habitue.app.imports.products import import_products
from habitue.app.imports.reading import STATES, Reading
from habitue.app.imports.report import Run
from habitue.app.imports.sends import ASKING, import_sends
from habitue.app.stating import ENDED, Note, stated
from habitue.events.catalogue import names_of_things, things_ids
from habitue.events.model import (
    ConversationAnswered,
    ConversationClosed,
    ConversationOpened,
    PauseAsked,
    StockCounted,
    TouchAnswered,
    TouchSent,
)
from habitue.identity.model import Who
from habitue.identity.records import whose
from habitue.memory.records import touches_known
from habitue.store import Truth
from habitue.words.clock import SystemClock, local_day_and_hour
from habitue.words.errors import BadInput, Refused
from habitue.words.vocabulary import Channel, Kind, Level, Purpose, Strength, Subject, Thread, Told

NOBODY = Who(0, 0)
TURNS: dict[int, type[ConversationOpened | ConversationAnswered | ConversationClosed]] = {
    STATES["opened"]: ConversationOpened,
    STATES["answered"]: ConversationAnswered,
    STATES["closed"]: ConversationClosed,
}


def import_facts(truth: Truth, reading: Reading, run: Run, heeding: Heeding, now: int) -> None:
    """The whole file, batch by batch; a kill leaves whole batches, and the next run repeats those."""
    write = WRITERS[reading.mapping.kind]
    for values in reading:
        rows = values.rows()
        desk = Desk(truth, reading.mapping, run, now)
        with truth.transaction():
            truth.next_seq(0)  # waits for whoever is writing
            run.reject(values.rejected)
            write(desk, unforgotten(desk, rows, heeding))
            desk.settle()
            heeding.say_again()
        desk.count()
        run.tell(values.share)


def _consents(desk: Desk, rows: list[Row]) -> None:
    """What was taken back is written first, so that the order of rows decides nothing."""
    told = sorted(desk.known(rows), key=lambda told: bool(told[0]["granted"]))
    holders = desk.holders(rows)
    leaves = Leaves(desk, [*(who for _, who in told), *(each for held in holders.values() for each in held)])
    for row in desk.shared:
        if not row["granted"]:
            leaves.refuse(row, holders[row["customer"]], [Purpose(row["purpose"])], Channel(row["channel"]), row["at"], row.get("proof") or "")
    for row, who in told:
        leaves.in_ledger(row, holders.get(row["customer"]) or [who], Purpose(row["purpose"]), Channel(row["channel"]), row.get("proof") or "")


def _preferences(desk: Desk, rows: list[Row]) -> None:
    """What touches health is set aside unless she allows it, before anything else of the row is looked at: no reason repeats what she said."""
    said = []
    names = names_of_things(desk.truth, things_ids(desk.truth, {(Level(row["level"]), row["item"]) for row in rows if row["subject"] == Subject.THING}))
    for row, who in desk.known(rows):
        note = Note(
            Subject(row["subject"]),
            row["item"],
            row["feeling"],
            Strength(row["strength"]),
            Told(row["told"]),
            row.get("quote") or "",
            row.get("until"),
            bool(row.get("health")),
            Level(row["level"]),
            row.get("where") or "",
            names.get((Level(row["level"]), row["item"]), ()),
            local_day_and_hour(row["at"], desk.mapping.zone)[0],
        )
        try:
            said.append({**row, "who": who, "event": stated(desk.truth, who.profile_id, note, desk.now)})
        except Refused as wrong:
            desk.reject(row, str(wrong))
        except BadInput as wrong:
            desk.reject(
                row, "until: it lies before the day on which that was said" if str(wrong) == ENDED else f"item: it names no {note.subject.name.lower()}"
            )
    # A day without an hour is noon, and a file's clock may be fast: what comes in now was said by now, and what she says next at the counter is newer.
    # (Where the house's own clock stands in the past of its file, as a demo's does, the machine's says what is past.)
    received_at = max(desk.now, SystemClock().instant())
    for row in _of_things(desk, said):
        desk.tell(row, row["who"], row["event"], known_at=min(row["at"], received_at))


def _stock(desk: Desk, rows: list[Row]) -> None:
    for row in _of_things(desk, rows):
        desk.tell(row, NOBODY, StockCounted(Level(row["level"]), row["item"], row["units"]))


def _conversations(desk: Desk, rows: list[Row]) -> None:
    for row, who in desk.known(rows):
        desk.tell(row, who, TURNS[row["state"]](row["thread"], Thread(row["kind"])))


def _pauses(desk: Desk, rows: list[Row]) -> None:
    for row, who in desk.known(rows):
        desk.tell(row, who, PauseAsked(row["until"]))


def _touches(desk: Desk, rows: list[Row]) -> None:
    """A touch without a key of its own is known by customer, action, thing and instant."""
    for row, who in desk.known(_of_things(desk, rows)):
        item = row.get("item") or ""
        made_up = "|".join((row["customer"], row["action"], item, str(row["at"])))
        row["id"] = row.get("touch") or made_up
        kind, channel = Kind(row["kind"]), Channel(row["channel"])
        is_asking = bool(row["asking"]) if row.get("asking") is not None else kind in ASKING
        desk.tell(row, who, TouchSent(row["id"], row["action"], kind, channel, Level(row["level"]), item, is_asking))


def _answers(desk: Desk, rows: list[Row]) -> None:
    """An answer belongs to whom the touch was sent; a file that says otherwise, or answers before it was asked, is wrong in that row."""
    touches = touches_known(desk.truth, {row["touch"] for row in rows})
    hers = whose(desk.truth, {profile for profile, _, _ in touches.values()})
    named = desk.who(row["customer"] for row in rows if row.get("customer"))
    for row in rows:
        profile, _day, sent_at = touches.get(row["touch"], (0, 0, 0))
        if not profile:
            desk.reject(row, f"touch: there is none “{row['touch']}”")
        elif row.get("customer") and (row["customer"] not in named or named[row["customer"]].customer_id != hers[profile].customer_id):
            desk.reject(row, f"touch: “{row['touch']}” was sent to somebody else than this customer")
        elif row["at"] < sent_at:
            desk.reject(row, f"at: it lies before touch “{row['touch']}” was sent")
        else:
            desk.tell(row, hers[profile], TouchAnswered(row["touch"]))


def _of_things(desk: Desk, rows: list[Row]) -> Iterator[Row]:
    """The rows whose thing is in the catalogue (or that name none); the others are rejected."""
    things = things_ids(desk.truth, {(Level(row["level"]), row["item"]) for row in rows if row.get("item")})
    for row in rows:
        if row.get("item") and row.get("subject", Subject.THING) == Subject.THING and (Level(row["level"]), row["item"]) not in things:
            called = "" if "feeling" in row else f" “{row['item']}”"  # what she said of it is not repeated
            desk.reject(row, f"item: the catalogue has no {Level(row['level']).name.lower()}{called or ' of that key'}")
        else:
            yield row


WRITERS: dict[str, Callable[[Desk, list[Row]], None]] = {
    "products": import_products,
    "customers": import_customers,
    "consents": _consents,
    "touches": _touches,
    "sends": import_sends,
    "answers": _answers,
    "preferences": _preferences,
    "stock": _stock,
    "conversations": _conversations,
    "pauses": _pauses,
}
