"""An erasure and a backup at once, and processes that are killed: nothing of her is left readable, and nothing of anybody else is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from habitue.app.backup.restoring import restore
from habitue.app.erasure.forgetting import forget, whom_of
from habitue.app.names import customer_of
from habitue.store import Settings, open_truth, scrubbing
from habitue.store.backup_keys import DESTROYED, FILE, Keys
from tests.backup.conftest import MakeHouse
from tests.backup.looking import backed_up, but_places, read_with_all_keys, rows_of, she_in
from tests.cast import Shop
from tests.forget.searching import KEY

PAUSED = """
import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from habitue.app.backup.backing_up import back_up
from habitue.app.opening import open_up
from habitue.app.backup import restoring
from habitue.app.backup import restoring_rows
from habitue.store import clock_of, load_settings

restoring_rows.ROWS_A_STATEMENT = 1
numbers = count()
def tell(*_):
    if next(numbers) == int(sys.argv[3]):
        print("here", flush=True)
        sys.stdin.readline()

settings = load_settings()
if sys.argv[1] == "restore":
    restoring.restore(settings, Path(sys.argv[2]), tell=tell)
else:
    with closing(open_up(settings)) as truth:
        back_up(truth, settings, clock_of(settings), Path(sys.argv[2]), tell=tell)
"""
FORGETTING = "import sys; from habitue.cli import main; sys.argv = ['habitue', 'forget', sys.argv[1], '--yes']; main()"
EVERYBODY = ("martin", "karim", "lucie", "paul")


def start(settings: Settings, code: str, *words: object) -> subprocess.Popen[str]:
    env = {**os.environ, "HABITUE_DATA": str(settings.data)}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)


@contextmanager
def held_up(settings: Settings, what: str, path: Path, after: int = 1) -> Iterator[subprocess.Popen[str]]:
    """A process in the midst of a backup, or of a restore, which goes on when the block ends unless it was killed."""
    child = start(settings, PAUSED, what, path, after)
    with child:
        assert child.stdout
        assert child.stdin
        assert child.stdout.readline() == "here\n"
        yield child
        if child.poll() is None:
            child.stdin.write("\n")
            child.stdin.close()
            assert child.wait(60) == 0


def kill(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.wait(60)


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it never came to be")


def test_she_is_forgotten_while_a_backup_is_written(told: Shop, place: Path, empty_house: MakeHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrubbing, "PATIENCE_SECONDS", 0.2)  # the backup reads the database meanwhile
    earlier = backed_up(told.settings, place).file
    with held_up(told.settings, "backup", place), told.open() as house:
        forget(house, KEY)
    [file] = set(place.glob("*.backup")) - {earlier}
    assert she_in(file) == she_in(earlier) == Counter()
    assert restore(empty_house(), file).customers == restore(empty_house(), earlier).customers


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"])
def test_a_backup_waits_for_a_table_that_is_written_anew_however_long_that_takes(told: Shop, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.store.truth.BUSY_MILLISECONDS", 100)
    with psycopg.connect(told.settings.truth) as writer:
        writer.execute("LOCK TABLE dead_letter IN ACCESS EXCLUSIVE MODE")
        threading.Timer(2, writer.rollback).start()
        assert backed_up(told.settings, place).rows


def test_an_erasure_waits_while_a_backup_makes_its_keys_then_destroys_hers(told: Shop, place: Path) -> None:
    """The one order in which a key of hers is made after she is gone from the truth: it does not outlive the erasure."""
    backed_up(told.settings, place)
    with told.open() as house:
        profiles = whom_of(house.truth, customer_of(house, KEY)).profiles
    with closing(Keys.locked(place / FILE)) as keys:
        with start(told.settings, FORGETTING, KEY) as child:
            with closing(open_truth(told.settings)) as truth:
                until(lambda: not truth.run("SELECT 1 FROM profile WHERE profile_id = ?", (profiles[0],)))
            assert child.poll() is None
            assert keys.make([*profiles, 900]) == []
            assert keys.of(profiles[0])
            keys.release()
            assert child.wait(60) == 0
        assert {keys.of(number) for number in profiles} == {DESTROYED}
        assert keys.of(900)


def test_one_after_the_other_is_forgotten_while_backups_are_made_all_the_time(told: Shop, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrubbing, "PATIENCE_SECONDS", 0.2)
    backed_up(told.settings, place)
    again = "import sys\nfor _ in range(12):\n    sys.argv = ['x', 'backup', sys.argv[2], '-1']\n    exec(" + repr(PAUSED) + ")\n"
    with start(told.settings, again, "backup", place) as child:
        for key in EVERYBODY:
            with told.open() as house:
                forget(house, key)
        assert child.wait(120) == 0
    files = sorted(place.glob("*.backup"))
    assert len(files) == 13
    for file in files:
        readable = {row[2] for row in read_with_all_keys(file)["person"]}
        assert readable & {"Jeanne", "Karim", "Lucie", "Paul"} == set(), file.name
        assert {"Odile", "Nina", "Anne"} <= readable, file.name


def test_a_backup_that_is_killed_leaves_nothing_but_what_the_next_one_takes_away(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    with held_up(told.settings, "backup", place, after=3) as child:
        kill(child)
    assert not list(place.glob("*.backup"))
    assert list(place.glob(".*.unfinished"))
    with held_up(told.settings, "backup", place):
        pass
    [file] = place.glob("*.backup")
    assert not list(place.glob(".*"))
    assert restore(empty_house(), file).forgotten == 0


def test_a_restore_that_is_killed_leaves_an_empty_house_and_the_same_again_works(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    file, house = backed_up(told.settings, place).file, empty_house()
    keys = (place / FILE).read_bytes()
    for after in (1, 8):
        with held_up(house, "restore", file, after) as child:
            kill(child)
        assert not rows_of(house)["profile"]
        assert (place / FILE).read_bytes() == keys, "nothing is taken over"
    back = restore(house, file)
    assert (back.forgotten, but_places(house)) == (0, but_places(told.settings))
