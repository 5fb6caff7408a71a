"""Nobody waits for ever: neither for whoever writes, nor for a server that lets nobody in."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from pathlib import Path

import pytest

from habitue.store import Settings, load_settings, open_truth
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
