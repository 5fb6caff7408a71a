"""A real mailbox server for the tests: Debian's Dovecot on loopback ports, with mailboxes in a folder of its own, ended by its process number.

Mail comes in by LMTP, from Postfix or from a test, and is read by IMAP. What stands behind a plus in an address is left out when a mailbox is looked for.
Started by root, as in a bare container: Dovecot gives its rights away by itself.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.post.postfix import PATIENCE_SECONDS, free_port, wait_for

DOVECOT = "/usr/sbin/dovecot"
PASSWORD = "right"
PEOPLE = ("answers@example.org", "jeanne@example.org")
PERSON = f"{{whose}}:{{{{PLAIN}}}}{PASSWORD}::::::\n"
CONF = """protocols = imap lmtp
listen = 127.0.0.1, 127.0.0.2
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
ssl = {tls}
ssl_cert = <{chain}
ssl_key = <{chain}
disable_plaintext_auth = no
auth_failure_delay = 0
recipient_delimiter = +
mail_location = maildir:{home}/mail/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
first_valid_gid = 1
namespace inbox {{
  inbox = yes
  separator = .
  prefix = {prefix}
}}
passdb {{
  driver = passwd-file
  args = {home}/people
}}
userdb {{
  driver = passwd-file
  args = {home}/people
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
{more}
"""


@dataclass
class Dovecot:
    """A server: where it listens for mail (`lmtp`), for its readers (`imap`), and for those who speak TLS from the first byte (`imaps`; 0: nowhere)."""

    home: Path
    imap: int
    lmtp: int
    imaps: int = 0
    run: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; a second time after `stop`, on the same ports and mailboxes."""
        self.run = subprocess.Popen([DOVECOT, "-F", "-c", str(self.home / "dovecot.conf")], start_new_session=True)
        for port in (self.imap, self.lmtp):
            wait_for(port, self.run, self.home)

    def stop(self) -> None:
        """Ends the master process, and those of its own that still talk with somebody: they are of its group."""
        if self.run:
            self.run.terminate()
            self.run.wait(PATIENCE_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(self.run.pid, signal.SIGKILL)
            self.run = None

    def hand_in(self, raw: bytes, to: str, sender: str = "jeanne@example.org") -> None:
        """Lays a mail into the mailbox that an address leads to."""
        with smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="test.example.org") as door:
            door.sendmail(sender, [to], raw)

    @contextmanager
    def reader(self, whose: str) -> Iterator[imaplib.IMAP4]:
        """Somebody's own mail program, logged in."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=PATIENCE_SECONDS) as program:
            program.login(whose, PASSWORD)
            yield program

    def lying(self, whose: str, folder: str = "INBOX", which: str = "ALL") -> list[bytes]:
        """The mails that lie in a folder, as they came."""
        with self.reader(whose) as program:
            if program.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            (numbers,) = program.search(None, which)[1]
            told = [program.fetch(number.decode(), "(BODY.PEEK[])")[1] for number in numbers.split()]
        return [each[1] for lines in told for each in lines if isinstance(each, tuple)]

    def letters(self, whose: str, how_many: int) -> list[EmailMessage]:
        """The letters in somebody's mailbox, once there are so many, oldest first."""
        until = time.monotonic() + PATIENCE_SECONDS
        while len(found := self.lying(whose)) < how_many:
            assert time.monotonic() < until, (self.home / "log").read_text()
            time.sleep(0.05)
        read = [message_from_bytes(raw, policy=policy.default) for raw in found]
        return [each for each in read if isinstance(each, EmailMessage)]

    def take_in(self, whose: str) -> None:
        """Gives one more person a mailbox."""
        with (self.home / "people").open("a") as people:
            people.write(PERSON.format(whose=whose))

    def empty(self) -> None:
        """Throws away what lies in the mailboxes."""
        for folder in (self.home / "mail").iterdir():
            shutil.rmtree(folder)


@contextmanager
def dovecot(chain: Path | None = None, prefix: str = "", more: str = "") -> Iterator[Dovecot]:
    """A Dovecot of its own; with the file of a certificate it speaks TLS. `prefix` begins the names of folders, `more` are lines of its configuration.

    Where it is missing, the test fails and says so.
    """
    if not Path(DOVECOT).exists() or os.getuid() != 0:
        pytest.fail("Debian's dovecot-imapd and dovecot-lmtpd are needed, and the right of root; `make test` installs them where it may.", pytrace=False)
    home = Path(tempfile.mkdtemp(prefix="habitue-dovecot-"))
    home.chmod(0o755)
    (home / "mail").mkdir()
    shutil.chown(home / "mail", "nobody", "nogroup")
    server = Dovecot(home, free_port(), free_port(), free_port() if chain else 0)
    told = {"home": home, "tls": "yes" if chain else "no", "chain": chain or "/dev/null", "prefix": prefix, "more": more}
    (home / "dovecot.conf").write_text(CONF.format(**told, imap=server.imap, imaps=server.imaps, lmtp=server.lmtp))
    (home / "people").write_text("".join(PERSON.format(whose=each) for each in PEOPLE))
    try:
        server.start()
        yield server
    finally:
        with suppress(subprocess.TimeoutExpired):
            server.stop()
        shutil.rmtree(home, ignore_errors=True)
