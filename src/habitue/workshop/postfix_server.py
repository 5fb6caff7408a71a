"""A real mail server for tests and benchmarks: Debian's Postfix on a loopback port, with a queue and mailboxes of its own, ended by its process number.

Every letter that it takes lands in one Maildir, or goes on to a server of mailboxes by LMTP. Started by root, as in a bare container: Postfix gives its
rights away by itself.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from habitue.words.errors import StoreError

POSTFIX = "/usr/sbin/postfix"
PATIENCE_SECONDS = 30
MASTER = """{door} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
"""
MAIN = """compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
inet_protocols = ipv4
myhostname = post.example.org
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.org, xn--exmple-cua.org
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = inline:{{ {{ @example.org = all/ }}, {{ @xn--exmple-cua.org = all/ }} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 100
alias_maps =
smtputf8_enable = yes
smtpd_tls_security_level = {tls}
smtpd_tls_chain_files = {chain}
virtual_transport = {transport}
default_transport = discard
biff = no
"""


@dataclass(frozen=True)
class Postfix:
    """A running server: where it listens, and where letters land."""

    home: Path
    port: int

    @property
    def log(self) -> Path:
        """The file in which it writes down what it does."""
        return self.home / "log"

    def letters(self, how_many: int) -> list[EmailMessage]:
        """The letters that have landed, once there are so many, oldest first."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw(how_many)]

    def raw(self, how_many: int) -> list[bytes]:
        """The same, byte by byte."""
        folder = self.home / "mail" / "all" / "new"
        until = time.monotonic() + PATIENCE_SECONDS
        while len(found := sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)) < how_many:
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.02)
        return [file.read_bytes() for file in found]

    def knock(self) -> None:
        """Comes and goes, which it writes down."""
        with socket.socket() as knock:
            knock.connect(("127.0.0.1", self.port))
            knock.recv(1)

    def empty(self) -> None:
        """Throws away what has landed."""
        shutil.rmtree(self.home / "mail" / "all", ignore_errors=True)


def has_postfix() -> bool:
    """Whether one can be started here."""
    return Path(POSTFIX).exists() and os.getuid() == 0


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def postfix(chain: Path | None = None, lmtp_port: int = 0, more: str = "") -> Iterator[Postfix]:
    """A Postfix of its own; with the file of a certificate it offers STARTTLS, with a port it delivers there by LMTP, into no Maildir.
    `more` are lines of its main.cf.

    Raises: StoreError where it is missing, or does not start; the sentence says what to install.
    """
    if not has_postfix():
        raise StoreError("Postfix is needed, and the right of root to start it; on Debian: apt-get install postfix.")
    home = Path(tempfile.mkdtemp(prefix="habitue-post-"))
    home.chmod(0o755)
    nobody = pwd.getpwnam("nobody")
    port = free_port()
    for name, owner in (("queue", "root"), ("data", "postfix"), ("mail", "nobody"), ("etc", "root")):
        (home / name).mkdir()
        shutil.chown(home / name, owner)
    told = {"tls": "may" if chain else "none", "chain": chain or "", "transport": f"lmtp:inet:127.0.0.1:{lmtp_port}" if lmtp_port else "virtual"}
    (home / "etc" / "main.cf").write_text(MAIN.format(home=home, uid=nobody.pw_uid, gid=nobody.pw_gid, **told) + more)
    (home / "etc" / "master.cf").write_text(MASTER.format(door=f"127.0.0.1:{port}"))
    with subprocess.Popen([POSTFIX, "-c", str(home / "etc"), "start-fg"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True) as run:
        try:
            wait_for(port, run, home)
            yield Postfix(home, port)
        finally:
            _end(home, run)
    shutil.rmtree(home, ignore_errors=True)


def wait_for(port: int, run: subprocess.Popen[bytes], home: Path) -> None:
    """Waits until a server that keeps its log in that folder listens. Raises: StoreError, with its log, where it ends or does not."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and run.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = home / "log"
    raise StoreError(f"It did not start: {log.read_text() if log.exists() else ''}")


def _end(home: Path, run: subprocess.Popen[bytes]) -> None:
    """Ends the master process, which ends all that it started."""
    file = home / "queue" / "pid" / "master.pid"
    for number in ([int(file.read_text())] if file.exists() else []) + [run.pid]:
        try:
            os.kill(number, signal.SIGTERM)
        except ProcessLookupError:
            continue
    run.wait(PATIENCE_SECONDS)
    assert run.stdout
    run.stdout.close()
