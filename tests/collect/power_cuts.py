"""What a house still knows after its power was cut while events came in: `python -m tests.collect.power_cuts` cuts 2,000 times and prints the figures.

The real intake and the real sorter work on a recorded disk. For each cut, the files that it could have left are laid into a folder, the house is opened
there, and what waits is sorted; then the clients that got no answer send again, as clients do.
"""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from habitue.app.collect.intake import Intake
from habitue.app.collect.sorting import Sorter
from habitue.events.arrivals import WriteKey, add_write_key, dead_letters, write_down, write_keys
from habitue.store import Settings, Truth, open_truth
from habitue.workshop.bench import Figure, Told, bench_folder, figure, show
from tests.collect.disk import MODES, Disk, Mode, Recorder, Step

CUTS = 2_000
KEY = "till"
DAYS, REQUESTS_A_DAY, MOST_EVENTS, MOST_AT_ONCE = 2, 240, 20, 6
PATIENCE_SECONDS = 60.0
RECEIVED_AT = 1_795_300_000
SEED = 20_261_122


@dataclass(frozen=True)
class Request:
    """One batch, and the ids of what is in it."""

    body: bytes
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """What was found after one cut. Units: events."""

    at: int
    mode: Mode
    acknowledged: int
    lost: int
    doubled: int
    is_whole: bool


def requests(how_many: int) -> list[Request]:
    """Batches of a till: looks, orders, people, and here and there what cannot be sorted."""
    drawing, made, number = random.Random(SEED), [], 0
    for _ in range(how_many):
        ids = [f"m{number + place}" for place in range(drawing.randint(1, MOST_EVENTS))]
        number += len(ids)
        made.append(Request(json.dumps({"batch": [_event(name) for name in ids]}).encode(), tuple(ids)))
    return made


def _event(name: str) -> dict[str, object]:
    number = int(name[1:])
    head = {"messageId": name, "userId": f"c{number * 7919 % 300}", "timestamp": "2026-11-21T09:59:59Z"}
    if number % 25 == 7:
        return {**head, "type": "track", "event": "Product Viewed", "timestamp": "the day before yesterday"}
    if number % 25 == 8:
        return {**head, "userId": f"new{number}", "type": "identify", "traits": {"email": f"new{number}@example.org", "firstName": "Camille"}}
    product = {"product_id": f"p{number % 50}", "quantity": 1, "price": 4.9}
    if number % 5:
        return {**head, "type": "track", "event": "Product Viewed", "properties": product}
    return {**head, "type": "track", "event": "Order Completed", "properties": {"order_id": name, "products": [product]}}


def recorded(folder: Path, told: Sequence[Request]) -> list[Step]:
    """A house is laid out and serves for some days, while requests come in, some at once; gives every step that its disk saw."""
    settings, drawing = Settings(data=folder), random.Random(SEED)
    with Recorder(folder) as recorder:
        _open(settings).close()
        each = -(-len(told) // DAYS)
        for day in range(DAYS):
            with Intake(settings) as intake:
                numbers = list(range(day * each, min(len(told), (day + 1) * each)))
                while numbers:
                    some = [numbers.pop(0) for _ in range(min(len(numbers), drawing.randint(1, MOST_AT_ONCE)))]
                    _tell(intake, recorder, told, some)
        return recorder.steps


def _tell(intake: Intake, recorder: Recorder, told: Sequence[Request], numbers: Sequence[int]) -> None:
    """Tells some requests at once, and waits for their answers."""
    answers = threading.Semaphore(0)

    def hear(number: int, wrong: Exception | None) -> None:
        if wrong is None:
            recorder.note("acknowledged", at=number)
        answers.release()

    for number in numbers:
        recorder.note("put", at=number)
        intake.put(KEY, "batch", False, told[number].body, lambda wrong, number=number: hear(number, wrong))
    for _ in numbers:
        assert answers.acquire(timeout=PATIENCE_SECONDS), "the intake did not answer"


def _open(settings: Settings) -> Truth:
    """The truth of the house, with its key."""
    truth = open_truth(settings)
    if KEY not in write_keys(truth):
        with truth.transaction():
            add_write_key(truth, WriteKey(KEY, "till", "", is_server=True))
    return truth


def cuts(steps: Sequence[Step], told: Sequence[Request], how_many: int, folder: Path, modes: Sequence[Mode] = MODES) -> Iterator[Cut]:
    """Cuts after so many steps drawn by chance, in every mode in turn, and looks at each."""
    drawing, disk, done = random.Random(SEED), Disk(), 0
    requests_at: dict[str, set[int]] = {"put": set(), "acknowledged": set()}
    for number, at in enumerate(sorted(drawing.choices(range(1, len(steps) + 1), k=how_many))):
        for step in steps[done:at]:
            if step.kind in requests_at:
                requests_at[step.kind].add(step.at)
            else:
                disk.take(step)
        done, mode = at, modes[number % len(modes)]
        with TemporaryDirectory(dir=folder) as place, Recorder(Path(place)):  # nothing of this needs to outlive us, so nothing is synced
            for name, content in disk.cut(mode, drawing).items():
                (Path(place) / name).write_bytes(content)
            acknowledged = requests_at["acknowledged"]
            yield _looked_at(at, mode, Settings(data=Path(place)), told, acknowledged, requests_at["put"] - acknowledged)


def _looked_at(at: int, mode: Mode, settings: Settings, told: Sequence[Request], acknowledged: set[int], unanswered: set[int]) -> Cut:
    """Opens what a cut left, sorts what waits, lets the unanswered send again, and counts."""
    sure = {name for number in acknowledged for name in told[number].ids}
    with closing(_open(settings)) as truth:
        is_whole = truth.run("PRAGMA integrity_check") == [("ok",)]
        _sort_all(truth, settings)
        first = _found(truth)
        with truth.transaction():
            write_down(truth, [(KEY, RECEIVED_AT, "batch", 0, told[number].body) for number in sorted(unanswered)])
        _sort_all(truth, settings)
        then, letters = _events(truth), _letters(truth).keys()
        is_whole = is_whole and truth.run("PRAGMA integrity_check") == [("ok",)]
        doubled = _doubled(first) + _doubled(then) + _doubled_lines(truth)
    again = sure | {name for number in unanswered for name in told[number].ids}
    return Cut(at, mode, len(sure), len(sure - first.keys()) + len(again - then.keys() - letters), doubled, is_whole)


def _sort_all(truth: Truth, settings: Settings) -> None:
    sorter = Sorter(truth, settings)
    while sorter.sort_some():
        pass
    assert truth.run("SELECT COUNT(*) FROM arrival") == [(0,)], "what waits was not sorted"


def _found(truth: Truth) -> Counter[str]:
    """How often each message is there, as an event or as a dead letter."""
    return _events(truth) + _letters(truth)


def _events(truth: Truth) -> Counter[str]:
    return Counter(name for (name,) in truth.run("SELECT message_id FROM event"))


def _letters(truth: Truth) -> Counter[str]:
    return Counter(json.loads(letter.body)["messageId"] for letter in dead_letters(truth))


def _doubled(found: Counter[str]) -> int:
    return sum(found.values()) - len(found)


def _doubled_lines(truth: Truth) -> int:
    """How much more was sold than there are orders."""
    ((orders, sold),) = truth.run("SELECT (SELECT COUNT(*) FROM event WHERE name = 'Order Completed'), (SELECT SUM(quantity_milli) / 1000 FROM order_line)")
    return abs(int(sold or 0) - int(orders))


def bench_power_cuts(how_many: int = CUTS, tell: Told = print) -> Iterator[Figure]:
    """Events lost and doubled by power cuts on SQLite, and databases that were not whole."""
    told = requests(DAYS * REQUESTS_A_DAY)
    tell(f"{how_many:,} power cuts")
    with bench_folder() as folder:
        steps = recorded(folder / "house", told)
        found = list(cuts(steps, told, how_many, folder))
    events = sum(len(request.ids) for request in told)
    against = f"{how_many:,} cuts of {len(steps):,} steps of a disk, while {events:,} events came in; unsynced writes lost, kept, reordered or torn"
    yield figure("intake, power cut: acknowledged events lost", "events", [sum(cut.lost for cut in found)], against)
    yield figure("intake, power cut: events doubled", "events", [sum(cut.doubled for cut in found)], "after the unanswered have sent again")
    yield figure("intake, power cut: databases not whole", "databases", [sum(not cut.is_whole for cut in found)])


if __name__ == "__main__":
    show(bench_power_cuts(), Console(highlight=False, soft_wrap=True))
