"""Judges made customers bucket by bucket in a process of its own and says what that took: `python -m habitue.workshop.made_day FOLDER …`.

A process of its own, so that its peak of memory is the judgement's and nobody else's.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from habitue.decide.everyone import STEPS, Everyone
from habitue.store.columnar import Columnar
from habitue.store.relations import relation
from habitue.workshop.bench import peak_megabytes, spending
from habitue.workshop.synthetic import TODAY, Crowd, files_of_bucket
from habitue.workshop.synthetic_book import made_common, made_question, made_when

MEMORY_MB = 1_500
FEATURES = tuple(step for step in STEPS if relation(step).room == "memory")
HOW = ("judged", "features", "whole")


class DayTaken(msgspec.Struct, frozen=True):
    """What a made day took. Units: seconds by the wall and of the processor, megabytes, customers; `steps` seconds by relation."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    customers: int
    touches: int
    steps: dict[str, float]


class Timed(Columnar):
    """The engine, with a note of how long each relation took."""

    def __init__(self, memory_mb: int, temp: Path) -> None:
        super().__init__(memory_mb, temp)
        self.steps: dict[str, float] = {}

    def keep(self, name: str, sql: str) -> None:
        begun = time.perf_counter()
        super().keep(name, sql)
        self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - begun


def judged(folder: Path, crowd: Crowd, how: str = "judged") -> DayTaken:
    """Judges every made customer of a folder: with reasons (`judged`), as far as what we know of her (`features`), or all in one bucket (`whole`)."""
    question = made_question(folder / "book")
    customers = touches = 0
    with spending() as spent:
        engine = Timed(MEMORY_MB, folder / "temp")
        judge, when = Everyone(engine, question, made_common(), TODAY), made_when()
        judge.stand_at(when)
        for files in _looks(folder, crowd, how == "whole"):
            judge.look_at(files)
            customers += judge.ask_all(when)
            if how == "features":
                judge.keep(*FEATURES)
            else:
                decided, _ = judge.judge()
                touches += int((decided["reason"].to_numpy() == 0).sum())
        engine.close()
        took = spent()
    return DayTaken(took.wall, took.cpu, peak_megabytes(), customers, touches, dict(sorted(engine.steps.items(), key=lambda step: -step[1])))


def _looks(folder: Path, crowd: Crowd, is_whole: bool) -> list[dict[str, Sequence[Path]]]:
    buckets = [files_of_bucket(folder, bucket) for bucket in range(crowd.buckets)]
    if not is_whole:
        return buckets
    return [{name: [file for files in buckets for file in files[name]] for name in buckets[0]}]


def main(arguments: list[str]) -> None:
    """FOLDER CUSTOMERS LINES HOW; one JSON object on the standard output."""
    folder, customers, lines, how = arguments
    taken = judged(Path(folder), Crowd(int(customers), int(lines)), how)
    sys.stdout.write(msgspec.json.encode(taken).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
