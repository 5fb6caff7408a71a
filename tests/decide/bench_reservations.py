"""Processes that reserve words for the same few customers at once, day by day: `python -m tests.decide.bench_reservations --calls 1000000 --processes 8`.

A call asks whether one customer may have a word that day. It takes a token of each span by the plan's own `take_tokens`, for a handful of customers a
transaction, and writes the planned touch beside it as the plan does. Every tenth word of a process does not leave after all: it is withdrawn by the code of
the claim, which gives her tokens back. The house's turn to write, which the plan takes first, is left out: the tokens must hold without it. Judgement is not
in it. Who is over a cap is counted in plain Python, in what the processes remember that they were granted, not in the tokens.

With `--counting` a call counts her words of 7 and of 28 days instead of taking tokens.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from habitue.app import House, open_house
from habitue.app.post.claiming import give_up
from habitue.decide.tokens import take_tokens
from habitue.identity.records import who_is
from habitue.store import Settings, Truth, sql_text
from habitue.words.clock import PLAN_HOUR, StoppedClock, instant_of, parse_day
from habitue.words.keys import positive_number
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Kind
from habitue.workshop.bench import figure, show
from habitue.workshop.postgres_server import postgres_server
from habitue.workshop.torture_senders import end_with_parent
from tests.cast import TODAY, Shop, settings_at, thanks

CAPS = {7: 2, 28: 5}
CUSTOMERS, AT_ONCE = 100, 5
FIRST_DAY = parse_day(TODAY)
WITHDRAWN_OF = 10
PATIENCE_SECONDS = 600
SAID_SINCE = "SELECT COUNT(*) FROM touch_fact WHERE profile_id = ? AND day > ?"

Word = tuple[int, int, int]
"""A customer, the day of a word for her, and its touch."""


@dataclass(frozen=True)
class Work:
    """What every process does: so many days, on each of them one call for each customer."""

    settings: Settings
    customers: list[int]
    days: int
    is_counting: bool


@dataclass(frozen=True)
class Reserved:
    """What came of all calls. `granted` are the words that were reserved, `withdrawn` those of them that did not leave."""

    calls: int
    days: int
    seconds: float
    granted: list[Word]
    withdrawn: set[Word]

    @property
    def kept(self) -> set[Word]:
        return set(self.granted) - self.withdrawn


def over_cap(words: Iterable[Word]) -> set[int]:
    """Customers with more words than their caps within any 7 or 28 days in a row."""
    hers: dict[int, list[int]] = defaultdict(list)
    for customer, day, _ in words:
        hers[customer].append(day)
    return {
        customer
        for customer, days in hers.items()
        if any(sum(first <= day < first + span for day in days) > cap for first in days for span, cap in CAPS.items())
    }


def room_for(days: int) -> int:
    """How many words one customer could have had, were each said as soon as her caps allow."""
    said: list[int] = []
    for day in range(days):
        while all(sum(day - span < other for other in said) < cap for span, cap in CAPS.items()):
            said.append(day)
    return len(said)


def count_words(truth: Truth, customers: Sequence[int], on: int) -> set[int]:
    """What a call with `--counting` does in place of `take_tokens`: gives those who have had their words."""
    return {who for who in customers if any(truth.run(SAID_SINCE, (who, on - days))[0][0] >= cap for days, cap in CAPS.items())}


def reserve(house: House, customers: Sequence[int], on: int, process: int, is_counting: bool) -> list[Word]:
    """A call for each of these customers, in one transaction; gives the words that were granted. A process asks once a day for each."""
    truth, zone = house.truth, house.settings.zone
    now, [action_id] = instant_of(on, PLAN_HOUR, zone), house.question.actions
    spans = [(days, cap, instant_of(on + days, PLAN_HOUR, zone)) for days, cap in CAPS.items()]
    with truth.transaction():
        lost = count_words(truth, customers, on) if is_counting else take_tokens(truth, customers, now, spans)
        words = [(who, on, positive_number("touch", f"{on} {process}", str(who))) for who in customers if who not in lost]
        if words:
            what = int(Kind.GESTURE), int(Channel.EMAIL)
            decisions = [(who, on, int(Reason.SAID), action_id, 0, 0, *what, 1, 1000, 1, "{}", b"\0") for who, _, _ in words]
            touches = [(who, now, process, touch, action_id, 0, *what, on, 0) for who, _, touch in words]
            truth.run_many(sql_text("app", "add_decision") + " ON CONFLICT DO NOTHING", decisions)  # a day has one of hers
            truth.run_many(sql_text("app", "add_planned_touch"), touches)
    return words


def withdraw(house: House, word: Word) -> None:
    """The word does not leave: what the claim does then."""
    with house.truth.transaction():
        house.truth.next_seq(0)
        give_up(house, word[2], Reason.UNREACHABLE)


def work(what: Work, number: int, morning: Barrier, told: Connection) -> None:
    """One process: all its days, each begun together with the others. Tells what it was granted, and what it withdrew."""
    end_with_parent()
    chance, granted, withdrawn = random.Random(number), list[Word](), list[Word]()
    try:
        with open_house(what.settings) as house:
            for on in range(FIRST_DAY, FIRST_DAY + what.days):
                today = replace(house, clock=StoppedClock(instant_of(on, PLAN_HOUR, house.settings.zone)))
                customers = chance.sample(what.customers, len(what.customers))
                morning.wait(PATIENCE_SECONDS)
                for first in range(0, len(customers), AT_ONCE):
                    some = sorted(customers[first : first + AT_ONCE])  # in one order, as the plan has them: who waits for another is never waited for
                    for word in reserve(today, some, on, number, what.is_counting):
                        granted.append(word)
                        if len(granted) % WITHDRAWN_OF == 0:
                            withdraw(today, word)
                            withdrawn.append(word)
    except BaseException:
        morning.abort()
        raise
    told.send((granted, withdrawn))


def run(settings: Settings, desk: Path, calls: int, processes: int, customers: int = CUSTOMERS, is_counting: bool = False) -> Reserved:
    """At least so many calls of so many processes. The house is made first, and is not in the seconds.

    Raises: AssertionError where a process fails, or the processes remember other words than the house does.
    """
    shop = Shop(settings, desk).book(thanks())
    keys = [f"c{n}" for n in range(customers)]
    shop.bring("customers", "customer,since,email\n" + "".join(f"{key},2017-01-05,{key}@example.org\n" for key in keys))
    with shop.open() as house:
        who = who_is(house.truth, "customer", keys)
        what = Work(settings, sorted(who[key].profile_id for key in keys), -(-calls // (processes * customers)), is_counting)
        seconds, told = _all_at_once(what, processes)
        granted, withdrawn = [word for each in told for word in each[0]], {word for each in told for word in each[1]}
        done = Reserved(processes * customers * what.days, what.days, seconds, granted, withdrawn)
        assert done.kept == set(house.truth.run("SELECT profile_id, day, touch_id FROM touch_fact")), "the house remembers other words"
    return done


def _all_at_once(what: Work, processes: int) -> tuple[float, list[tuple[list[Word], list[Word]]]]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["habitue.app.post.claiming", "tests.cast"])
    morning, pipes, started = context.Barrier(processes + 1), [], []
    for number in range(processes):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(what, number, morning, there), daemon=True)
        process.start()
        there.close()
        pipes.append(here)
        started.append(process)
    morning.wait(PATIENCE_SECONDS)  # all have opened the house
    began = time.perf_counter()
    for _ in range(what.days - 1):
        morning.wait(PATIENCE_SECONDS)
    told = [pipe.recv() for pipe in pipes]
    return time.perf_counter() - began, told


def main() -> None:
    """Prints the figures; ends with 1 where the tokens put anybody over a cap."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--calls", type=int, default=1_000_000)
    asked.add_argument("--processes", type=int, default=8)
    asked.add_argument("--customers", type=int, default=CUSTOMERS)
    asked.add_argument("--counting", action="store_true", help="count words instead of taking tokens")
    told = asked.parse_args()
    with TemporaryDirectory() as folder, postgres_server() as url:
        done = run(settings_at(Path(folder) / "house", url), Path(folder) / "desk", told.calls, told.processes, told.customers, told.counting)
    over, how = over_cap(done.kept), "counting" if told.counting else "tokens"
    what = f"reservations by {how}, {told.processes} processes on PostgreSQL, {told.customers} customers, {done.days} days"
    room = room_for(done.days) * told.customers
    granted = (
        f"{len(done.granted):,} words granted, {len(done.withdrawn):,} of them withdrawn; {len(done.kept):,} kept of {room:,} that the caps leave room for"
    )
    figures = (
        figure(f"{what}: calls", "a second", [done.calls / done.seconds], f"{done.calls:,} in {done.seconds:.0f} s, {AT_ONCE} customers a transaction"),
        figure(f"{what}: over a cap of 2 in 7 days or 5 in 28", "customers", [float(len(over))], granted),
    )
    show(figures, Console(highlight=False, soft_wrap=True))
    sys.exit(bool(over) and not told.counting)


if __name__ == "__main__":
    main()
