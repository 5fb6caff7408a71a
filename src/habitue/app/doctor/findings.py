"""What was found: one sentence each, in three grades; what could not be looked at is none of them, and never in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, SimpleQueue
from typing import TypeVar

LONGEST_SHOWN = 160
Ended = TypeVar("Ended")


class Grade(StrEnum):
    """How it stands with a thing."""

    IN_ORDER = "in_order"
    BETTER = "could_be_better"
    MEND = "mend"
    NOT_SEEN = "could_not_look"


@dataclass(frozen=True)
class Finding:
    """What is so and what to do about it; where a record is to be published, its `name` and `value`."""

    about: str
    grade: Grade
    said: str
    name: str = ""
    value: str = ""


class NotSeen(Exception):
    """Nobody could look: its text says why, as the end of a sentence."""


def looked(about: str, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a check finds; where it could not look to the end, that it could not."""
    try:
        yield from check()
    except NotSeen as why:
        yield Finding(about, Grade.NOT_SEEN, f"Could not look: {why}")
    except Exception as wrong:  # noqa: BLE001 - whatever a stranger's server answers, the other checks go on
        yield Finding(about, Grade.NOT_SEEN, f"Could not look: what was answered cannot be read ({type(wrong).__name__}).")


def within(seconds: float, work: Callable[[], Ended], whom: str) -> Ended:
    """What some work gives, if it ends in time; one that does not is left to itself. Raises: NotSeen, or what the work raises."""
    ended: SimpleQueue[Callable[[], Ended]] = SimpleQueue()

    def run() -> None:
        try:
            result = work()
        except Exception as wrong:  # noqa: BLE001 - it is raised where somebody waits
            failed = wrong

            def fail() -> Ended:
                raise failed

            ended.put(fail)
        else:
            ended.put(lambda: result)

    threading.Thread(target=run, name="doctor", daemon=True).start()
    try:
        return ended.get(timeout=seconds)()
    except Empty:
        raise NotSeen(f"{whom} did not come to an end within {seconds:.0f} s.") from None


def shown(text: str) -> str:
    """What a stranger's server says, short and without signs that steer a terminal."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[: LONGEST_SHOWN + 1])
    return f"“{plain[:LONGEST_SHOWN]}…”" if len(plain) > LONGEST_SHOWN else f"“{plain}”"
