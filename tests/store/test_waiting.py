"""Nobody waits for ever: neither for whoever writes, nor for a server that lets nobody in."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from habitue.store import Settings, load_settings, open_truth, scrubbing, truth
from habitue.words.errors import Busy, StoreError

PATIENCE_SECONDS = 5.0


def test_whoever_finds_the_house_taken_is_told_so_in_time_and_reads_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.store.truth.BUSY_MILLISECONDS", 200)
    told: list[object] = []
    with closing(open_truth(settings)) as writer, closing(open_truth(settings)) as other:

        def write() -> None:
            try:
                with other.transaction():
                    other.next_seq()
            except Busy as busy:
                told.append(type(busy))
            told.extend(other.run("SELECT 1"))

        waiting = threading.Thread(target=write)
        with writer.transaction():
            writer.next_seq(0)
            waiting.start()
            waiting.join(PATIENCE_SECONDS)
            kept = list(told)
        waiting.join()
    assert kept == [Busy, (1,)]


def test_a_server_that_lets_nobody_in_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.store.postgres.CONNECT_SECONDS", 2)
    with closing(socket.create_server(("127.0.0.1", 0))) as mute:
        settings = load_settings(tmp_path, {"HABITUE_TRUTH": f"postgresql://127.0.0.1:{mute.getsockname()[1]}/house"})
        with pytest.raises(StoreError, match="PostgreSQL did not open"):
            open_truth(settings)


def test_whoever_stands_in_a_queue_for_a_table_lets_readers_through_before_they_give_up() -> None:
    assert scrubbing.QUEUE_SECONDS * 1000 <= truth.BUSY_MILLISECONDS / 2


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"])
def test_whoever_reads_goes_on_while_a_table_that_somebody_holds_is_to_be_written_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truth, "BUSY_MILLISECONDS", 1_000)
    monkeypatch.setattr(scrubbing, "QUEUE_SECONDS", 0.1)
    monkeypatch.setattr(scrubbing, "PATIENCE_SECONDS", 3.0)
    left: list[str] = []
    with closing(open_truth(settings)) as page, psycopg.connect(settings.truth) as holder:
        holder.execute("LOCK TABLE event IN ACCESS SHARE MODE")  # as whoever has read of it, and is not done
        scrubber = threading.Thread(target=lambda: left.extend(scrubbing.scrub(settings, ("event",))))
        scrubber.start()
        while scrubber.is_alive():
            assert page.run("SELECT COUNT(*) FROM event") == [(0,)]
        assert scrubbing.IS_TAKEN in left
        threading.Timer(0.5, holder.rollback).start()
        assert scrubbing.IS_TAKEN not in scrubbing.scrub(settings, ("event",))
