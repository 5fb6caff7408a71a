"""Processes that send, to be killed. Each is forked off one that has imported everything, and holds its own database and its own line to the mail server."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Protocol

from habitue.app import open_house
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import relay_of
from habitue.channels.letters import due
from habitue.store import load_settings
from habitue.words.errors import HabitueError

LOOK_SECONDS = 0.002
FIRST_SECONDS = 0.02
"""What a letter is thought to take before any has arrived."""
START_SECONDS, MOST_BROKEN = 60.0, 50
SPREAD = 1.9
"""Twice the mean, and a little less: some letters are left when the last sender has died."""


class Sender(Protocol):
    """One process that sends, to be killed."""

    def has_begun(self) -> bool:
        """Whether it has said that it sends."""

    def is_alive(self) -> bool: ...

    def kill(self) -> None:
        """Ends it as `kill -9` does."""

    def join(self) -> int:
        """Waits for its end; gives its exit code, below 0 where a signal ended it."""


@dataclass
class _Doomed:
    """A sender, since when it sends, and when it is killed (seconds of the monotonic clock)."""

    sender: Sender
    kill_at: float
    since: float = 0.0


class HouseSender:
    """A process that sends what waits in a house."""

    def __init__(self, forked: ForkServerContext, data: Path) -> None:
        self._begun, theirs = forked.Pipe(duplex=False)
        self._process = forked.Process(target=send_everything, args=(data, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def has_begun(self) -> bool:
        return self._begun.poll()

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()

    def join(self) -> int:
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        self._begun.close()
        assert code is not None, "it has ended"
        return code


def senders_of(data: Path) -> Callable[[], Sender]:
    """What starts a sender of that house, forked off a process that has imported everything."""
    forked = get_context("forkserver")
    forked.set_forkserver_preload([__name__])
    return lambda: HouseSender(forked, data)


def send_everything(data: Path, begun: Connection) -> None:
    """Sends what waits, and says when it begins; ends at once when whoever started it is gone."""
    end_with_parent()
    settings = load_settings(data, {})
    with open_house(settings) as house:
        house.alone.make_ready(house.when())
        room = PostRoom(house, relay_of(settings))
        begun.send_bytes(b"!")
        while room.send_some() or due(house.truth, "touch", house.clock.instant(), 1):  # another may have had all that we saw
            pass


def end_with_parent() -> None:
    """From now on this process ends at once when the one that started it is gone, however that went."""
    threading.Thread(target=_end_after_parent, name="end with parent", daemon=True).start()


def _end_after_parent() -> None:
    parent = parent_process()
    assert parent, "it was started by another"
    parent.join()
    os._exit(1)


def kill_senders(start: Callable[[], Sender], kills: int, sends: int, at_once: int, taken: Callable[[], int]) -> int:
    """Kills senders with `kill -9` at random instants while they send, so many at once, until so many have died or everything is sent.

    The instants are spread so that the kills last about as long as the letters do. A sender that ends with 0 has seen that nothing is left.
    Gives how many died.

    Raises: HabitueError where senders end by themselves, again and again.
    """
    senders: list[_Doomed] = []
    first, killed, broken, spent, is_over = taken(), 0, 0, 0.0, False
    while senders or not (is_over or killed >= kills):
        while not is_over and len(senders) < min(at_once, kills - killed):
            senders.append(_Doomed(start(), time.monotonic() + START_SECONDS))
        time.sleep(LOOK_SECONDS)
        for one in tuple(senders):
            now, arrived = time.monotonic(), taken() - first
            if not one.since and one.sender.has_begun():
                each = spent / arrived if arrived and spent else FIRST_SECONDS
                one.since, one.kill_at = now, now + random.uniform(0, SPREAD * each * max(sends - arrived, 1) / max(kills - killed, 1))
            if now >= one.kill_at:
                one.sender.kill()
            elif one.sender.is_alive():
                continue
            code = one.sender.join()
            killed += code == -signal.SIGKILL
            is_over = is_over or code == 0
            broken += code not in (0, -signal.SIGKILL)
            spent += now - one.since if one.since else 0.0
            senders.remove(one)
            if broken > MOST_BROKEN:
                raise HabitueError("The senders of the torture end by themselves, again and again: send one letter by hand, and see why.")
    return killed
