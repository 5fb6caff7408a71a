"""What becomes of letters in the mail queues of others under the torture of `habitue torture`: `python -m tests.post.compare_senders --kills 40 --sends 2000`.

The same mail server that loses one answer in a hundred, the same kills, two senders at once, PostgreSQL for each; what arrived is counted where it arrived.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

from habitue.words.errors import HabitueError
from habitue.workshop.lossy_mail import LossyServer, forgetful_server
from habitue.workshop.postgres_server import postgres_server
from habitue.workshop.torture import torture
from habitue.workshop.torture_senders import kill_senders

PYTHON = Path(__file__).parents[2] / ".venv-queues" / "bin" / "python"
PROJECT = Path(__file__).with_name("django_queue.py")
QUEUES = ("django-post-office", "django-mailer")
AT_ONCE = 2
NUMBER = re.compile(r"<letter\.(\d+)\.")


@dataclass(frozen=True)
class Outcome:
    """What became of the letters. `twice` counts arrivals after the first; `lost` the queue calls sent, and they never arrived; `left_open` it does not call
    sent, though it has tried all that it tries, and `of_which_arrived` of them did.
    """

    queue: str
    killed: int
    seconds: float
    arrived: int
    twice: int
    lost: int
    left_open: int
    of_which_arrived: int

    def __str__(self) -> str:
        counts = f"{self.killed:>8,}{self.arrived:>9,}{self.twice:>8,}{self.lost:>6,}{self.left_open:>8,}{self.of_which_arrived:>9,}"
        return f"{self.queue:<42}{counts}{self.seconds:>9,.0f}"


HEAD = f"{'':<42}{'killed':>8}{'arrived':>9}{'twice':>8}{'lost':>6}{'open':>8}{'arrived':>9}{'seconds':>9}"


def compare(kills: int, sends: int, queues: tuple[str, ...] = QUEUES) -> Iterator[Outcome]:
    """Habitué first, then the others.

    Raises: HabitueError where a queue cannot be run at all.
    """
    if not PYTHON.exists():
        raise HabitueError("The queues of others are not installed: run tools/setup queues, then try again.")
    for one in torture(kills, sends, AT_ONCE, is_on_postgres=True, with_postfix=False, tell=lambda _: None):
        yield Outcome("Habitué", one.kills, one.seconds, one.arrived, one.duplicated, one.lost, one.in_doubt + one.unresolved, one.of_which_arrived)
    for name in queues:
        with forgetful_server() as server, postgres_server() as database, TemporaryDirectory(prefix="habitue-queues-") as folder:
            yield suffer(Queue(name, _environment(database, server, folder)), server, kills, sends)


def suffer(queue: Queue, server: LossyServer, kills: int, sends: int) -> Outcome:
    """One queue, from the first kill until nothing is left that it would try."""
    named, began = queue.run("fill", str(sends)), time.monotonic()
    killed = kill_senders(lambda: DjangoSender(queue), kills, sends, AT_ONCE, lambda: server.taken)
    left = {int(NUMBER.findall(each)[0]) for each in json.loads(queue.run("finish"))}
    seconds, arrived = time.monotonic() - began, server.arrived()
    lost = sum(number not in arrived and number not in left for number in range(1, sends + 1))
    twice = sum(count - 1 for count in arrived.values())
    return Outcome(named, killed, seconds, len(arrived), twice, lost, len(left), len(left & arrived.keys()))


@dataclass(frozen=True)
class Queue:
    """A queue of others and where it works: its database, its folder and the port it sends to."""

    name: str
    environment: dict[str, str]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A process of it, which ends when its input is closed; what it has to complain of goes where our own complaints go."""
        command = [PYTHON, "-P", PROJECT, self.name, *words]
        return subprocess.Popen(command, env=self.environment, cwd=self.environment["TMPDIR"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, *words: str) -> str:
        """What a process of it says. Raises: HabitueError where it fails."""
        with self.start(*words) as process:
            assert process.stdout
            said = process.stdout.read()
        if process.returncode:
            raise HabitueError(f"{self.name} failed; above stands what it complained of.")
        return said.decode()


class DjangoSender:
    """A process that sends what waits in a queue of others."""

    def __init__(self, queue: Queue) -> None:
        self._process = queue.start("send")

    def has_begun(self) -> bool:
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()

    def join(self) -> int:
        with self._process:
            return self._process.wait()


def _environment(database: str, server: LossyServer, folder: str) -> dict[str, str]:
    """What the project of Django reads; its temporary folder is a new one, in which post-office locks itself."""
    (host,) = parse_qs(urlsplit(database).query)["host"]
    told = {"DATABASE": f"postgres {host}", "PORT": str(server.port), "TMPDIR": folder}
    return {name: value for name, value in os.environ.items() if not name.startswith(("HABITUE_", "PYTHON", "DJANGO_"))} | told


def main() -> None:
    """Prints a line for each as it comes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--sends", type=int, default=2_000)
    told = asked.parse_args()
    sys.stdout.write(f"{told.sends:,} letters, up to {told.kills:,} senders killed with kill -9, one answer in 100 lost, on PostgreSQL\n{HEAD}\n")
    for one in compare(told.kills, told.sends):
        sys.stdout.write(f"{one}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
