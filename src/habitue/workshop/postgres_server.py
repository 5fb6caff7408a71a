"""A PostgreSQL server of one's own for tests and benchmarks: started in an empty folder, stopped and swept away at the end.

It listens on a socket file in that folder and on no network, so that no port is taken and nobody else can reach it.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from habitue.words.errors import StoreError

OLDEST = 15
ACCOUNT = "postgres"
START_SECONDS = 60
OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
    "wal_recycle": "off",  # a file of the log that is done with goes, and does not come again with what was in it
}
# Nothing here outlives the run: no flush to disk is worth waiting for.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


@contextmanager
def postgres_server(is_durable: bool = False, within: Path | None = None) -> Iterator[str]:
    """The address of a fresh server's empty database, for as long as the block runs; a durable one flushes and tidies as a shop's own does.

    Its folder is made in `within`, or where the system keeps what is temporary.

    Raises: StoreError where there is no PostgreSQL of version 15 or newer, or where it does not start; the sentence says what to install.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="habitue-pg-", dir=within))
    try:
        if os.geteuid() == 0:
            account = _account()
            os.chown(folder, account.pw_uid, account.pw_gid)
        _make_database(programs, folder, OPTIONS if is_durable else OPTIONS | HASTY)
        with _running(programs, folder):
            yield address(folder, ACCOUNT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_database(programs: Path, folder: Path, options: dict[str, str]) -> None:
    how = "--username", ACCOUNT, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"
    done = subprocess.run([programs / "initdb", *how, folder / "data"], capture_output=True, text=True, cwd="/", check=False, **as_account())
    if done.returncode:
        raise StoreError(f"PostgreSQL's initdb failed: {done.stderr.strip()[-600:]}")
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in {**options, "unix_socket_directories": str(folder)}.items())


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[None]:
    """The server as our own child, so that it is gone, not merely told to go, when the block ends."""
    log = folder / "log"
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen([programs / "postgres", "-D", folder / "data"], stdout=said, stderr=said, cwd="/", **as_account())
    try:
        until = time.monotonic() + START_SECONDS
        while subprocess.run([programs / "pg_isready", "--quiet", "--host", folder], check=False).returncode:
            if server.poll() is not None or time.monotonic() > until:
                raise StoreError(f"PostgreSQL did not start: {log.read_text(encoding='utf-8').strip()[-600:]}")
            time.sleep(0.05)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once; nothing in it is worth keeping
        server.wait()


def address(folder: Path, database: str) -> str:
    """The address of one database of the server whose socket lies in that folder."""
    return f"postgresql:///{database}?host={quote(str(folder), safe='')}&user={ACCOUNT}"


def _programs() -> Path:
    """The folder of the newest PostgreSQL's programs: Debian keeps them out of the path, one folder a version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]), reverse=True)
    in_path = shutil.which("initdb")
    for initdb in [*debian, *([Path(in_path)] if in_path else [])]:
        said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True).stdout
        version = re.search(r"PostgreSQL\) (\d+)", said)
        if version and int(version[1]) >= OLDEST:
            return initdb.parent
    raise StoreError(f"PostgreSQL {OLDEST} or newer is needed and was not found; on Debian: apt-get install postgresql.")


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError as missing:
        raise StoreError(f"PostgreSQL does not run as root, and there is no account named {ACCOUNT}; Debian's package makes one.") from missing


def as_account() -> dict[str, Any]:
    """How a program of the server is run: where we are root, as the account `postgres`, for it refuses to be root."""
    return {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
