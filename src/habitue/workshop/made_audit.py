"""Audits two files in a process of its own and says what that took: `python -m habitue.workshop.made_audit SENDS ORDERS OUT`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import msgspec

from habitue.app.audits.auditing import Asking, audit, understand
from habitue.store import load_settings
from habitue.workshop.bench import peak_megabytes, spending


class AuditTaken(msgspec.Struct, frozen=True):
    """What an audit took. Units: seconds by the wall and of the processor, megabytes; `steps` seconds until each kind of work was done."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    sends: int
    judged: int
    at_fault: int
    steps: dict[str, float]


def audited(sends: Path, orders: Path, out: Path) -> AuditTaken:
    """Audits the files with nothing set up."""
    steps: dict[str, float] = {}
    settings = load_settings(out.parent / "no-house", {})
    with spending() as spent:
        last = time.perf_counter()

        def tell(what: str, _done: int, _of: int) -> None:
            nonlocal last
            now = time.perf_counter()
            steps[what] = steps.get(what, 0.0) + now - last
            last = now

        asking = Asking({"sends": sends, "orders": orders}, out)
        understood = understand(asking, settings)
        tell("understanding", 1, 1)
        figures = audit(asking, understood, settings, tell)
        steps["adding up and writing"] = time.perf_counter() - last
        took = spent()
    return AuditTaken(took.wall, took.cpu, peak_megabytes(), figures.sends, figures.judged, figures.at_fault, steps)


def main(arguments: list[str]) -> None:
    """SENDS ORDERS OUT; one JSON object on the standard output."""
    sends, orders, out = map(Path, arguments)
    sys.stdout.write(msgspec.json.encode(audited(sends, orders, out)).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
