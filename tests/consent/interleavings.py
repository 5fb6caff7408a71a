"""Her word and the claim of a touch, set off at once in two processes, as often as one likes: `python -m tests.consent.interleavings --times 100000`.

A state machine of hypothesis draws whose word it is, which, and who starts how much earlier. The house's clock stands still, so that all of it happens in
one second. Two judges that know nothing of each other look at every claim: one at when each call began and ended, one at what the database holds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from habitue.app import House, open_house
from habitue.app.leaving import Said, say_leave
from habitue.app.listeners import record
from habitue.app.post.claiming import claim
from habitue.app.post.ways_out import WayOut, step_out
from habitue.consent.suppression import address_hashes, suppress
from habitue.events.model import ConsentGiven, ConsentWithdrawn, Occurrence
from habitue.identity.her_links import make_link
from habitue.identity.records import who_is
from habitue.store import Settings
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Channel, Collected, Purpose
from habitue.workshop.postgres_server import postgres_server
from tests.cast import CONSENTS, Shop, settings_at, thanks

LEAVE = Purpose.ADVICE, Channel.EMAIL
WORDS = ("yes", "no", "counter", "press", "stop")
"""Her yes and her no as any door writes them down, and through three whole doors: the counter, the press in a message, an address that nobody need have."""
CHOSEN = ("yes", "yes", "yes", "no", "no", "counter", "press", "stop")
IN_PLAY, RACES_EACH, TOUCHES_EACH = 6, 24, 30
"""Between how many customers one example chooses, and how many races each runs before others come: a ledger of a thousand words would be slow to read."""
SOON_NS = 400_000


@dataclass(frozen=True)
class Runner:
    """A customer who is raced for, with one planned touch a race."""

    key: str
    profile_id: int
    secret: str
    address: str


@dataclass(frozen=True)
class Call:
    """One call that a process made. Units: nanoseconds of the machine's steady clock, which all processes share."""

    what: str
    profile_id: int
    began: int
    ended: int
    is_claimed: bool = False


def work(settings: Settings, pipe: Connection) -> None:
    """One process: a house of its own, doing what it is told at the instant it is told."""
    with open_house(settings) as house:
        pipe.send(None)
        for what, runner, touch, at in iter(pipe.recv, None):
            while time.monotonic_ns() < at:
                pass
            began = time.monotonic_ns()
            is_claimed = _do(house, what, runner, touch)
            pipe.send(Call(what, runner.profile_id, began, time.monotonic_ns(), is_claimed))


def _do(house: House, what: str, runner: Runner, touch: int) -> bool:
    if what == "claim":
        return claim(house, touch).may_leave
    if what in ("yes", "no"):
        kind, now = ConsentGiven if what == "yes" else ConsentWithdrawn, house.clock.instant()
        with house.truth.transaction():
            said = Occurrence(
                kind(*LEAVE, collected=Collected.COUNTER), "races", f"{time.monotonic_ns()} {runner.key}", runner.profile_id, now, house.today, 6, now
            )
            record(house.truth, [said], house.settings.zone, now)
    elif what == "counter":
        say_leave(house, runner.key, Said(False, LEAVE[:1], LEAVE[1:]))
    elif what == "press":
        step_out(house, runner.secret, WayOut((), LEAVE[1:]))
    else:
        with house.truth.transaction():
            house.truth.next_seq(0)
            suppress(house.truth, "email", runner.address, [LEAVE], house.clock.instant())
    return False


@dataclass
class Track:
    """The processes, whom they race for, and every call that was made."""

    settings: Settings
    runners: list[Runner]
    touches: list[list[int]]
    idle: list[Connection]
    times: int
    until: float = float("inf")
    races: int = 0
    calls: list[Call] = field(default_factory=list)
    busy: set[Connection] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        return self.races >= self.times or time.monotonic() > self.until

    def race(self, place: int, word: str, lead_ns: int) -> None:
        """Sets off one word and one claim; below 0 the claim has the lead."""
        if self.is_over:
            return
        if self.races and self.races % 5_000 == 0:
            sys.stderr.write(f"{self.races:,} of {self.times:,}\n")
        first = self.races // (IN_PLAY * RACES_EACH) * IN_PLAY
        who = next(one for n in range(IN_PLAY) if self.touches[one := first + (place + n) % IN_PLAY])
        at = time.monotonic_ns() + SOON_NS
        self._tell("claim", who, self.touches[who].pop(), at + max(lead_ns, 0))
        self._tell(word, who, 0, at + max(-lead_ns, 0))
        self.races += 1

    def _tell(self, what: str, who: int, touch: int, at: int) -> None:
        while not self.idle:
            self.gather()
        pipe = self.idle.pop(0)
        pipe.send((what, self.runners[who], touch, at))
        self.busy.add(pipe)

    def gather(self) -> None:
        """Waits for whoever is done first."""
        for pipe in wait(list(self.busy)):
            assert isinstance(pipe, Connection)
            self.calls.append(pipe.recv())
            self.busy.discard(pipe)
            self.idle.append(pipe)

    def rest(self) -> None:
        while self.busy:
            self.gather()


def machine(track: Track) -> type[RuleBasedStateMachine]:
    """The state machine over a track."""

    class Racing(RuleBasedStateMachine):
        @rule(place=st.integers(0, IN_PLAY - 1), word=st.sampled_from(CHOSEN), lead_ns=st.sampled_from((-1_000_000, -300_000, 0, 0, 0, 300_000, 1_000_000)))
        def race(self, place: int, word: str, lead_ns: int) -> None:
            track.race(place, word, lead_ns)

        def teardown(self) -> None:
            track.rest()

    return Racing


def run(track: Track) -> None:
    """Races until all are run."""
    while not track.is_over:
        examples = max(1, (track.times - track.races) // 50)
        chosen = how(
            max_examples=examples, stateful_step_count=50, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(machine(track), settings=chosen)


@contextmanager
def track_at(settings: Settings, times: int, processes: int) -> Iterator[Track]:
    """A house with customers enough, and its processes."""
    customers = (times // (IN_PLAY * RACES_EACH) + 1) * IN_PLAY
    shop = Shop(settings, settings.data.parent / "races").book(thanks())
    keys = [f"runner-{n}" for n in range(customers)]
    shop.bring("customers", "customer,since,email\n" + "".join(f"{key},2017-01-05,{key}@example.org\n" for key in keys))
    shop.bring("consents", CONSENTS + "".join(f"{key},advice,email,yes,2017-06-01\n" for key in keys))
    with shop.open() as house:
        runners, touches = _planned(house, keys)
    with ExitStack() as stack:
        context, pipes = multiprocessing.get_context("spawn"), []
        for _ in range(processes):
            here, there = context.Pipe()
            started = context.Process(target=work, args=(shop.standing("2017-11-02"), there), daemon=True)
            started.start()
            stack.callback(here.close)
            stack.callback(started.join, 30)
            stack.callback(here.send, None)
            pipes.append(here)
        for pipe in pipes:
            pipe.recv()
        yield Track(settings, runners, touches, pipes, times)


def _planned(house: House, keys: list[str]) -> tuple[list[Runner], list[list[int]]]:
    """Every customer with a way out, and a planned touch for each race: as the plan of so many days would have written them."""
    truth, now = house.truth, house.clock.instant()
    who = who_is(truth, "customer", keys)
    [action_id] = house.question.actions
    runners, touches, facts, decisions = [], [], [], []
    with truth.transaction():
        for key in keys:
            profile = who[key].profile_id
            runners.append(Runner(key, profile, make_link(truth, profile, "out", now), f"{key}@example.org"))
            touches.append([positive_number("touch", str(turn), str(profile)) for turn in range(TOUCHES_EACH)])
            for turn, touch in enumerate(touches[-1]):
                facts.append((profile, now, turn + 1, touch, action_id, 0, 5, int(Channel.EMAIL), turn, 0))
                decisions.append((profile, turn, 0, action_id, 0, 0, 5, int(Channel.EMAIL), 1, 1000, 1, "{}", b"\0"))
        truth.run_many(f"INSERT INTO touch_fact VALUES ({', '.join('?' * 10)})", facts)
        truth.run_many(f"INSERT INTO decision VALUES ({', '.join('?' * 13)})", decisions)
    return runners, touches


def late_by_the_clock(calls: list[Call]) -> list[Call]:
    """Claims that were granted although a no had been acknowledged before they began, and no yes can have come between the two."""
    words: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        if call.what != "claim":
            words[call.profile_id].append(call)
    late = []
    for call in calls:
        if not call.is_claimed:
            continue
        hers = words[call.profile_id]
        noes = [each for each in hers if each.what != "yes" and each.ended < call.began]
        if noes and not any(each.what == "yes" and each.ended > max(no.began for no in noes) and each.began < call.ended for each in hers):
            late.append(call)
    return late


def late_by_the_books(house: House) -> list[int]:
    """Touches that were claimed while the last word written before the claim, in the ledger or on the list, was a no."""
    words: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for profile, seq, is_yes in house.truth.run("SELECT profile_id, seq, is_granted FROM consent_fact WHERE purpose = 1 AND channel = 1"):
        words[profile].append((seq, bool(is_yes)))
    listed: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    rows = house.truth.run("SELECT profile_id, value FROM identifier WHERE kind = 'email'")
    owner = {address_hashes(house.truth, [("email", value)])["email", value]: profile for profile, value in rows}
    for address, number, is_lifted in house.truth.run("SELECT address_hash, number, is_lifted FROM suppression WHERE purpose = 1 AND channel = 1"):
        listed[owner[bytes(address)]].append((number, bool(is_lifted)))
    late = []
    for touch, profile, seq in house.truth.run("SELECT touch_id, profile_id, seq FROM touch_step WHERE step = 1"):
        for told in (words[profile], listed[profile]):
            before = [word for word in told if word[0] < seq]
            if before and not max(before)[1]:
                late.append(touch)
    return late


def overlapping(calls: list[Call]) -> int:
    """How many claims ran at the same time as a word of the same customer."""
    words: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        if call.what != "claim":
            words[call.profile_id].append(call)
    return sum(any(w.began < c.ended and c.began < w.ended for w in words[c.profile_id]) for c in calls if c.what == "claim")


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=100_000)
    asked.add_argument("--processes", type=int, default=8)
    asked.add_argument("--minutes", type=float, default=float("inf"), help="no longer than so, however many were run by then")
    told = asked.parse_args()
    with TemporaryDirectory() as folder, postgres_server() as url:
        settings, began = settings_at(Path(folder) / "house", url), time.monotonic()
        with track_at(settings, told.times, told.processes) as track:
            track.until = began + 60 * told.minutes
            run(track)
            calls = track.calls
        with Shop(settings, Path(folder)).open() as house:
            by_books = late_by_the_books(house)
        by_what = Counter(call.what for call in calls)
        claimed = sum(call.is_claimed for call in calls)
        lines = (
            f"Interleavings of a word of hers and a claim, {told.processes} processes on PostgreSQL, {time.monotonic() - began:.0f} s",
            f"  interleavings {track.races:>9,}   words: {', '.join(f'{word} {by_what[word]:,}' for word in WORDS)}",
            f"  claims that ran while a word of hers ran: {overlapping(calls):,}",
            f"  claimed {claimed:,}, withdrawn {by_what['claim'] - claimed:,}",
            f"  sends claimed after a withdrawal: by the clock {len(late_by_the_clock(calls))}, by the books {len(by_books)}",
        )
        sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(bool(by_books or late_by_the_clock(calls)))


if __name__ == "__main__":
    main()
