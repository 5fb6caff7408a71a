"""Processes that send, to be killed. Each is forked off one that has imported everything, and holds its own database and its own line to the mail server."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from habitue.app import open_house
from habitue.app.post_room import PostRoom
from habitue.app.relaying import relay_of
from habitue.channels.letters import due
from habitue.store import load_settings
from habitue.words.errors import HabitueError

LOOK_SECONDS = 0.002
FIRST_SECONDS = 0.02
"""What a letter is thought to take before any has arrived."""
START_SECONDS, MOST_BROKEN = 60.0, 50
SPREAD = 1.9
"""Twice the mean, and a little less: some letters are left when the last sender has died."""


@dataclass
class _Sender:
    """One process: what tells that it sends, since when it does, and when it is killed (seconds of the monotonic clock)."""

    process: BaseProcess
    begun: Connection
    kill_at: float
    since: float = 0.0


def send_everything(data: Path, begun: Connection) -> None:
    """Sends what waits, and says when it begins."""
    settings = load_settings(data, {})
    with open_house(settings) as house:
        house.alone.make_ready(house.when())
        room = PostRoom(house, relay_of(settings))
        begun.send_bytes(b"!")
        while room.send_some() or due(house.truth, "touch", house.clock.instant(), 1):  # another may have had all that we saw
            pass


def kill_senders(data: Path, kills: int, sends: int, at_once: int, taken: Callable[[], int]) -> int:
    """Kills senders with `kill -9` at random instants while they send, so many at once, until so many have died or everything is sent.

    The instants are spread so that the kills last about as long as the letters do. Gives how many died.

    Raises: HabitueError where senders end by themselves, again and again.
    """
    forked = get_context("forkserver")
    forked.set_forkserver_preload([__name__])
    senders: list[_Sender] = []
    first, killed, broken, spent, is_over = taken(), 0, 0, 0.0, False
    while senders or not (is_over or killed >= kills):
        while not is_over and len(senders) < min(at_once, kills - killed):
            senders.append(_start(forked, data))
        time.sleep(LOOK_SECONDS)
        for sender in tuple(senders):
            now, arrived = time.monotonic(), taken() - first
            if not sender.since and sender.begun.poll():
                each = spent / arrived if arrived and spent else FIRST_SECONDS
                sender.since, sender.kill_at = now, now + random.uniform(0, SPREAD * each * max(sends - arrived, 1) / max(kills - killed, 1))
            if now >= sender.kill_at:
                sender.process.kill()
            elif sender.process.is_alive():
                continue
            sender.process.join()
            killed += sender.process.exitcode == -signal.SIGKILL
            is_over = is_over or sender.process.exitcode == 0
            broken += sender.process.exitcode not in (0, -signal.SIGKILL)
            spent += now - sender.since if sender.since else 0.0
            sender.process.close()
            sender.begun.close()
            senders.remove(sender)
            if broken > MOST_BROKEN:
                raise HabitueError("The senders of the torture end by themselves, again and again: send one letter by hand, and see why.")
    return killed


def _start(forked: ForkServerContext, data: Path) -> _Sender:
    ours, theirs = forked.Pipe(duplex=False)
    process = forked.Process(target=send_everything, args=(data, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Sender(process, ours, time.monotonic() + START_SECONDS)
