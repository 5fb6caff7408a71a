"""The post room under torture: processes that send are killed at any instant, and the mail server loses some of its answers.

What became of each letter is counted where it arrived, and held against what the books say.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from habitue.app import House, open_house
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import relay_of
from habitue.app.post.sending import balances
from habitue.channels.email.relay_log import SETTLE_SECONDS
from habitue.channels.letters import FORGOTTEN_SECONDS, State, count_letters, doubt_adrift
from habitue.store import Settings
from habitue.words.clock import StoppedClock
from habitue.workshop.lossy_mail import LossyServer, breaking_postfix, forgetful_server
from habitue.workshop.postfix_server import has_postfix
from habitue.workshop.postgres_server import postgres_server
from habitue.workshop.torture_house import made_house
from habitue.workshop.torture_senders import kill_senders, senders_of

PATIENCE_SECONDS = 600
AGAIN_SECONDS = (0, FORGOTTEN_SECONDS + 60, 4_000, 12_000)
"""How far the clock is turned on, one after the other, so that what was tried and put off is tried again."""


class Suffered(msgspec.Struct, frozen=True):
    """What became of it all, in letters. `duplicated` arrived twice; `lost` were said to be sent, or not to be in doubt, and never arrived; `in_doubt` are
    listed for a person, `of_which_arrived` of them did; of `unresolved` the books say nothing.
    """

    server: str
    truth: str
    kills: int
    sends: int
    seconds: float
    arrived: int
    duplicated: int
    lost: int
    in_doubt: int
    of_which_arrived: int
    unresolved: int


def torture(kills: int, sends: int, at_once: int, is_on_postgres: bool, with_postfix: bool | None, tell: Callable[[str], None]) -> Iterator[Suffered]:
    """What became of so many letters while so many senders were killed: against the made server, then against Postfix (`None`: where there is one).

    Raises: BadInput or StoreError where what is needed is not installed.
    """
    servers: list[Callable[[], AbstractContextManager[LossyServer]]] = [forgetful_server]
    if with_postfix or (with_postfix is None and has_postfix()):
        servers.append(breaking_postfix)
    for listening in servers:
        with listening() as server, _database(is_on_postgres) as truth, tempfile.TemporaryDirectory(prefix="habitue-torture-") as folder:
            tell(f"{server.name}, {sends} letters, {kills} kills")
            yield _suffer(Path(folder) / "house", truth, server, kills, sends, at_once)


@contextmanager
def _database(is_on_postgres: bool) -> Iterator[str]:
    if not is_on_postgres:
        yield "sqlite"
        return
    with postgres_server() as address:
        yield address


def _suffer(data: Path, truth: str, server: LossyServer, kills: int, sends: int, at_once: int) -> Suffered:
    settings = made_house(data, sends, server.port, truth, server.log)
    began = time.monotonic()
    killed = kill_senders(senders_of(data), kills, sends, at_once, lambda: server.taken)
    with open_house(settings) as house:
        if server.log:
            _by_evidence(house, settings, server)
        else:
            _send_the_rest(house, settings)
        (books,) = balances(house, house.today, house.today)
        states = {int(number): State(state) for number, state in house.truth.run("SELECT letter_id, state FROM letter")}
    return _counted(server, truth, killed, sends, time.monotonic() - began, states, books.by_hand)


def _send_the_rest(house: House, settings: Settings) -> None:
    now = house.clock.instant()
    for seconds in AGAIN_SECONDS:
        room = PostRoom(replace(house, clock=StoppedClock(now + seconds)), relay_of(settings))
        while room.send_some():
            pass


def _by_evidence(house: House, settings: Settings, server: LossyServer) -> None:
    """Reads what the server wrote down until nothing is left to do. All senders are dead: none of them is waited for."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        room = PostRoom(house, relay_of(settings))
        while room.send_some():
            pass
        with house.truth.transaction():
            house.truth.next_seq(0)
            doubt_adrift(house.truth, house.clock.instant(), 0)
        if not {State.WAITING, State.SENDING, State.IN_DOUBT} & {state for state, count in count_letters(house.truth).items() if count}:
            return
        time.sleep(SETTLE_SECONDS + 1)
        server.knock()


def _counted(server: LossyServer, truth: str, killed: int, sends: int, seconds: float, states: dict[int, State], by_hand: int) -> Suffered:
    arrived: Counter[int] = server.arrived()
    doubted = {number for number, state in states.items() if state == State.IN_DOUBT}
    return Suffered(
        server=server.name,
        truth=truth.partition(":")[0],
        kills=killed,
        sends=sends,
        seconds=round(seconds, 1),
        arrived=len(arrived),
        duplicated=sum(count - 1 for count in arrived.values()),
        lost=sum(state == State.SENT and number not in arrived for number, state in states.items()),
        in_doubt=len(doubted),
        of_which_arrived=len(doubted & arrived.keys()),
        unresolved=by_hand + sum(state in (State.SENDING, State.WAITING) for state in states.values()),
    )
