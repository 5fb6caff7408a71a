"""A PostgreSQL server of one's own for tests and benchmarks: started in an empty folder, stopped and swept away at the end.

It listens on a socket file in that folder and on no network, so that no port is taken and nobody else can reach it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from habitue.words.errors import StoreError

OLDEST = 15
ACCOUNT = "postgres"
START_SECONDS = 60
# Nothing here outlives the run: no flush to disk is worth waiting for.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
    "autovacuum": "off",
}


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a fresh server's empty database, for as long as the block runs.

    Raises: StoreError where there is no PostgreSQL of version 15 or newer, or where it does not start; the sentence says what to install.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="habitue-pg-"))
    try:
        if os.geteuid() == 0:
            account = _account()
            os.chown(folder, account.pw_uid, account.pw_gid)
        _run(programs / "initdb", "--pgdata", folder / "data", "--username", ACCOUNT, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in {**OPTIONS, "unix_socket_directories": str(folder)}.items())
        _run(programs / "pg_ctl", "--pgdata", folder / "data", "--log", folder / "log", "--wait", "--timeout", str(START_SECONDS), "start")
        try:
            yield address(folder, ACCOUNT)
        finally:
            _run(programs / "pg_ctl", "--pgdata", folder / "data", "--mode", "immediate", "--wait", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address(folder: Path, database: str) -> str:
    """The address of one database of the server whose socket lies in that folder."""
    return f"postgresql:///{database}?host={quote(str(folder), safe='')}&user={ACCOUNT}"


def _programs() -> Path:
    """The folder of the newest PostgreSQL's programs: Debian keeps them out of the path, one folder a version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]), reverse=True)
    in_path = shutil.which("initdb")
    for initdb in [*debian, *([Path(in_path)] if in_path else [])]:
        said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True).stdout
        if int(said.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz")) >= OLDEST:
            return initdb.parent
    raise StoreError(f"PostgreSQL {OLDEST} or newer is needed and was not found; on Debian: apt-get install postgresql.")


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError as missing:
        raise StoreError(f"PostgreSQL does not run as root, and there is no account named {ACCOUNT}; Debian's package makes one.") from missing


def _run(*command: object) -> None:
    """One of the server's programs, as the account `postgres` where we are root (it refuses to be root)."""
    as_account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run([str(word) for word in command], stdout=said, stderr=said, cwd="/", check=False, **as_account)  # type: ignore[call-overload]
        if done.returncode:
            said.seek(0)
            raise StoreError(f"PostgreSQL's {Path(str(command[0])).name} failed: {said.read().strip()[-600:]}")
