"""What a day's plan says by e-mail, on its way out: put into the post once the plan is written, taken out again one by one, each looked at once more.

The books balance: what was decided is sent, withdrawn, expired, refused by a mail server, in doubt, still waiting, or left for a person to carry.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import TypeVar

from habitue.app.deciding import decided_now
from habitue.app.house import House
from habitue.app.planning import is_planned
from habitue.app.post.claiming import Step, claim_within, drop_claim, give_up
from habitue.app.post.gate import may_leave_on
from habitue.app.post.letter_values import tongue_of
from habitue.app.post.letter_writing import OURS
from habitue.app.spoken import planned_number
from habitue.channels.letters import Letter, Outcome, State, Waiting, add_touches, doubt_adrift, expire, is_any_adrift, touches_over
from habitue.content.model import Action, Mode
from habitue.identity.records import people
from habitue.store import sql_text
from habitue.words.clock import instant_of
from habitue.words.errors import HabitueError
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel

BLAST_FACTOR, BLAST_LEAST, BLAST_DAYS = 3, 50, 28
"""More letters than so many times the usual of as many days, and than so many at least, wait for a person."""
MIDNIGHT = 24
Ended = TypeVar("Ended")
log = logging.getLogger("habitue.post")


@dataclass(frozen=True)
class Balance:
    """The books of one day and way: what was decided, and what became of it. What has no letter is for a person to carry.

    `came_back` are those of the sent ones that could not be delivered after all.
    """

    day: int
    channel: Channel
    decided: int
    posted: dict[State, int] = field(default_factory=dict)
    came_back: int = 0

    @property
    def by_hand(self) -> int:
        return self.decided - sum(self.posted.values())


def post_today(house: House) -> int:
    """Puts what today's plan says by e-mail into the post, once; gives how many letters that made. Nothing where no plan is written or the gate is closed."""
    today = house.today
    if not may_leave_on(house.settings, today) or house.truth.run(sql_text("app", "post_day_begun"), (today,)) or not is_planned(house, today):
        return 0
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        words = _words_of(house, today)
        if not house.truth.run(sql_text("app", "begin_post_day"), (today, house.clock.instant(), len(words))):
            return 0
        if _is_blast(house, today, len(words)):
            house.truth.run(sql_text("app", "stop_post"), ("touch", house.clock.instant()))
        add_touches(house.truth, words, house.clock.instant())
    return len(words)


def _words_of(house: House, today: int) -> list[Waiting]:
    rows = house.truth.run(sql_text("app", "words_by_mail"), (today, int(Channel.EMAIL)))
    book = house.by_book(int(house.truth.run(sql_text("app", "plan_of_day"), (today,))[0][0]))
    told = {number: person.language for number, person in people(house.truth, [customer for customer, _ in rows]).items()}
    words = []
    for customer, action_id in rows:
        action = book.action(action_id)
        if action and leaves_by_itself(action):
            language = tongue_of(house, told.get(customer, ""))
            words.append(Waiting(planned_number(today, customer), customer, today, language, *_hours(house, action, today)))
    return words


def leaves_by_itself(action: Action) -> bool:
    """Whether a letter of that action leaves without a person: it has one, and its mode says so."""
    return bool(action.letter) and action.mode != Mode.WAITS


def _hours(house: House, action: Action, today: int) -> tuple[int, int]:
    """From which instant on it may leave, and before which: from its hour until the quiet ones begin. Where the clock stands still, from that instant."""
    zone, shop = house.settings.zone, house.book.shop
    last = shop.quiet_from if shop.quiet_from > action.when.hour and shop.quiet_from != shop.quiet_until else MIDNIGHT
    until = instant_of(today + last // MIDNIGHT, last % MIDNIGHT, zone)
    return (house.clock.instant() if house.settings.today else instant_of(today, action.when.hour, zone)), until


def _is_blast(house: House, today: int, count: int) -> bool:
    before = [number for (number,) in house.truth.run(sql_text("app", "post_days"), (today - BLAST_DAYS, today))]
    return count > max(BLAST_LEAST, BLAST_FACTOR * (median(before) if before else 0))


def end_what_is_over(house: House) -> int:
    """Ends what nobody sends any more: its time is over, or whoever had it is gone. Each for itself; gives how many letters."""
    truth, now, ended = house.truth, house.clock.instant(), 0
    if is_any_adrift(truth, now):
        with truth.transaction():
            truth.next_seq(0)
            ended = doubt_adrift(truth, now)
    for letter, touch in touches_over(truth, now):
        ended += end_with_books(house, partial(expire, truth, letter, now), partial(_expired, house, touch))
    return ended


def _expired(house: House, touch: int, is_ended: bool) -> None:
    if is_ended:
        give_up(house, touch, Reason.EXPIRED)


def end_with_books(house: House, end: Callable[[], Ended], books: Callable[[Ended], None]) -> Ended:
    """Ends an attempt or a letter together with the books of its touch; where those cannot be written, alone: it holds up no other. The log says so."""
    try:
        with house.truth.transaction():
            house.truth.next_seq(0)  # waits for whoever is writing
            ended = end()
            books(ended)
            return ended
    except OURS:
        raise
    except Exception as wrong:  # noqa: BLE001 - whatever the books are missing, the letter is over
        log.error("a letter is over, the books of its touch are not: %s", wrong if isinstance(wrong, HabitueError) else type(wrong).__name__)
    with house.truth.transaction():
        house.truth.next_seq(0)
        return end()


def stopped(house: House, letter: Letter) -> Outcome | None:
    """Claims the touch of a letter in hand, or says why it does not leave: all guards are read once more. Inside the transaction that took it in hand."""
    claimed = claim_within(house, letter.touch_id)
    if claimed.step == Step.WITHDRAWN:
        return Outcome(State.WITHDRAWN, claimed.reason.name.lower())
    if not claimed.is_first:
        return Outcome(State.IN_DOUBT, "Somebody else claimed it, and never said what became of it.")
    reason = _against(house, letter.touch_id, claimed.customer_id)
    if reason != Reason.SAID:
        give_up(house, letter.touch_id, reason)
        return Outcome(State.WITHDRAWN, reason.name.lower())
    return None


def _against(house: House, touch_id: int, customer: int) -> Reason:
    """What speaks against a word that is claimed; `SAID` where nothing does."""
    words = house.truth.run(sql_text("app", "planned_today_for"), (house.today, touch_id, customer))
    if touch_id != next((touch for profile, touch in words if touch == planned_number(house.today, profile)), 0):
        return Reason.ANOTHER_IS_WORTH_MORE  # she was two people this morning, each with a word
    now = decided_now(house, customer)
    return Reason(now["reason"]) if now else Reason.NOT_CONCERNED


def settled(house: House, letter: Letter, outcome: Outcome) -> None:
    """What became of an attempt at a touch's letter: one that is tried again is claimed again, too; one that never reached her was not said.

    Inside a transaction.
    """
    if outcome.state == State.WAITING:
        drop_claim(house.truth, letter.touch_id)
    elif outcome.state == State.FAILED:
        give_up(house, letter.touch_id, Reason.UNREACHABLE)


def balances(house: House, from_day: int, until_day: int) -> list[Balance]:
    """The books of these days, each day and way that said anything."""
    posted: dict[int, Counter[State]] = {}
    for day, state, count in house.truth.run(sql_text("app", "posted_by_state"), (from_day, until_day)):
        posted.setdefault(day, Counter())[State(state)] += count
    back = {int(day): int(count) for day, count in house.truth.run(sql_text("app", "came_back_by_day"), (from_day, until_day))}
    rows = house.truth.run(sql_text("app", "decided_by_channel"), (from_day, until_day))
    return [
        Balance(day, Channel(way), count, dict(posted.get(day, {})), back.get(day, 0)) if way == Channel.EMAIL else Balance(day, Channel(way), count)
        for day, way, count in rows
    ]
