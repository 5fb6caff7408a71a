"""The server that tests and benchmarks start for themselves."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from habitue.words.errors import StoreError
from habitue.workshop import postgres_server as server


def test_it_listens_on_no_network_and_leaves_nothing_behind() -> None:
    with server.postgres_server() as url:
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        pid = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        with psycopg.connect(url) as db:
            assert db.execute("SHOW listen_addresses").fetchall() == [("",)]
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(("is_durable", "said"), [(False, "off"), (True, "on")])
def test_it_flushes_and_tidies_only_where_that_is_measured(is_durable: bool, said: str) -> None:
    with server.postgres_server(is_durable=is_durable) as url, psycopg.connect(url) as db:
        assert {db.execute(f"SHOW {name}").fetchall()[0][0] for name in ("fsync", "synchronous_commit", "autovacuum")} == {said}


def test_it_stops_when_whoever_asked_for_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), server.postgres_server() as url:
        raise ZeroDivisionError
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_missing_server_is_named_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "OLDEST", 99)
    with pytest.raises(StoreError, match="PostgreSQL 99 or newer is needed and was not found; on Debian: apt-get install postgresql"):
        server.postgres_server().__enter__()


def test_a_server_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server.OPTIONS, "shared_buffers", "plenty")
    with pytest.raises(StoreError, match=r"PostgreSQL did not start: .*shared_buffers"):
        server.postgres_server().__enter__()
