"""What she waits for: conversations that are open, in her own words where she wrote them here; opened by her, answered by a person of the shop."""

from __future__ import annotations

from habitue.app.house import House
from habitue.app.model import HerWait
from habitue.app.names import customer_of
from habitue.app.telling import profile_of, tell
from habitue.events.lookup import look_up
from habitue.events.model import ConversationAnswered, ConversationClosed, ConversationOpened, event_of
from habitue.store import sql_text
from habitue.words.errors import BadInput, Unknown
from habitue.words.vocabulary import Thread

NO_WORDS = "Write what you would like to say; an empty letter cannot be answered."


def waits_of(house: House, customer_key: str) -> list[HerWait]:
    """Every conversation with a customer that is open at this moment, the oldest first.

    Raises: Unknown where nobody has that key.
    """
    rows = house.truth.run(sql_text("app", "conversations_of"), (customer_of(house, customer_key), house.clock.instant()))
    opened: dict[int, tuple[int, int]] = {}
    last: dict[int, tuple[int, int]] = {}
    for thread, seq, kind, is_open, day, _ in rows:
        opened.setdefault(thread, (seq, day))
        last[thread] = kind, is_open
    bodies = {seq: event_of(body) for seq, _, _, _, body in look_up(house.truth, "events", "events_by_seq", [seq for seq, _ in opened.values()])}
    waits = []
    for thread, (seq, day) in opened.items():
        kind, is_open = last[thread]
        if is_open:
            event = bodies.get(seq)
            waits.append(HerWait(seq, day, kind == Thread.COMPLAINT, event.words if isinstance(event, ConversationOpened) else ""))
    return waits


def open_wait(house: House, customer_key: str, kind: Thread, words: str) -> None:
    """She writes to a person of the shop, however long; until it is answered, nothing else is said to her.

    Raises: Unknown where nobody has that key; BadInput where she wrote nothing.
    """
    customer_of(house, customer_key)
    if not words.strip():
        raise BadInput(NO_WORDS)
    with house.truth.transaction():
        thread_key = f"her page {house.truth.next_seq()}"
        tell(house, profile_of(house, customer_key), [ConversationOpened(thread_key, kind, words)])


def settle_wait(house: House, customer_key: str, number: int) -> None:
    """A person of the shop says that it is answered; a complaint, that it is settled.

    Raises: Unknown where no conversation with her is open under that number.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        wait = next((wait for wait in waits_of(house, customer_key) if wait.number == number), None)
        if wait is None:
            raise Unknown(f"No conversation with “{customer_key}” is open under the number {number}.")
        _seq, profile, source, _message_id, body = look_up(house.truth, "events", "events_by_seq", [number])[0]
        event = event_of(body)
        assert isinstance(event, ConversationOpened | ConversationAnswered | ConversationClosed)
        done = ConversationClosed if wait.is_complaint else ConversationAnswered
        tell(house, profile, [done(event.thread_key, event.kind)], source)
