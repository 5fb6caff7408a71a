"""The work of an audit in a process of its own: it may take all memory or break, and the console goes on; it is ended by ending the process.

Run as a program it does one part of a job (`look` or `judge`) and writes a line of JSON for each step, in the end perhaps one with what went wrong.
It ends by itself when whoever started it has gone: its standard input then ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from habitue.app.audits.auditing import audit, understand
from habitue.app.audits.job import UNDERSTANDING, asking_of, read_job
from habitue.app.audits.understanding import keep_understanding
from habitue.words.errors import HabitueError

Wish = Literal["look", "judge"]
TEMPORARY = "temporary"
BROKE, NICER = 1, 5


class Step(msgspec.Struct, frozen=True, tag=True):
    """How far the work is: what it is at, as `auditing` names it, and done of all."""

    what: str
    done: int
    of: int


class Ending(msgspec.Struct, frozen=True, tag=True):
    """How the work ended: with nothing to say, with a sentence for the reader, or with a place for the log."""

    problem: str = ""
    broke: str = ""


class Halt:
    """A cord by which the work is stopped from another thread."""

    def __init__(self) -> None:
        self._lock, self.is_pulled = threading.Lock(), False
        self._stop: list[Callable[[], None]] = []

    def on(self, stop: Callable[[], None]) -> None:
        with self._lock:
            self._stop.append(stop)
            if self.is_pulled:
                stop()

    def pull(self) -> None:
        with self._lock:
            self.is_pulled = True
            for stop in self._stop:
                stop()


Tell = Callable[[Step], None]
Work = Callable[[Path, Wish, Tell, Halt], Ending]


def in_child(folder: Path, wish: Wish, tell: Tell, halt: Halt) -> Ending:
    """Does one part of a job in a process of its own; what that process leaves behind in passing lies in the job's folder."""
    temporary = folder / TEMPORARY
    temporary.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-P", "-m", "habitue.app.audits.child", str(folder.resolve()), wish]
    env, pipe, ending = {**os.environ, "TMPDIR": str(temporary.resolve())}, subprocess.PIPE, Ending()
    with subprocess.Popen(command, env=env, start_new_session=True, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as child:
        halt.on(child.kill)
        for line in child.stdout or ():
            try:
                said = msgspec.json.decode(line, type=Step | Ending)
            except msgspec.DecodeError:
                continue
            if isinstance(said, Step):
                tell(said)
            else:
                ending = said
        code = child.wait()
    return ending if code == 0 or ending != Ending() else Ending(broke=f"ended with {code}")


def carry_out(folder: Path, wish: Wish, tell: Tell) -> None:
    """Does one part of a job here and now. Raises: whatever the audit raises."""
    job = read_job(folder)
    if job is None:
        return
    asking, settings = asking_of(folder, job)
    understood = understand(asking, settings)
    if wish == "look":
        keep_understanding(folder / UNDERSTANDING, understood.files)
    else:
        audit(asking, understood, settings, lambda what, done, of: tell(Step(what, done, of)))


def ending_of(wrong: Exception) -> Ending:
    """What is to be said of an error: a sentence of the family, or where it broke; never the text of any other, which may hold a name."""
    if isinstance(wrong, HabitueError):
        return Ending(problem=str(wrong))
    places = traceback.extract_tb(wrong.__traceback__)
    return Ending(broke=f"{type(wrong).__name__} in {' < '.join(f'{place.name}:{place.lineno}' for place in reversed(places[-6:]))}")


def main() -> int:
    """The program. Arguments: the job's folder, `look` or `judge`."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    os.nice(NICER)
    folder, wish = Path(sys.argv[1]), sys.argv[2]
    try:
        carry_out(folder, "look" if wish == "look" else "judge", _say)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, the console is told, without a name
        _say(ending_of(wrong))
        return BROKE
    return 0


def _say(what: Step | Ending) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()


def _end_with_the_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):  # not sys.stdin.read: its lock would be held when this program ends by itself
        pass
    os._exit(BROKE)


if __name__ == "__main__":
    sys.exit(main())
