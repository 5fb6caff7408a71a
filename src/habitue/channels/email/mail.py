"""One e-mail as bytes: plain text and HTML of the same words, and the heads that tell machines what it is.

Source: RFC 5322; RFC 2046, 5.1.4 (alternatives); RFC 3834, 5 (Auto-Submitted).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from habitue.channels.email.address import sendable
from habitue.words.errors import Refused

HEADS = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type")
"""What the head of each letter holds, each once, and nothing else."""
NOT_OUR_HEAD = "The head of this letter would hold more, or less, than we set; it does not leave."
HEAD = re.compile(rb"^[^ \t][^:\r\n]*", re.MULTILINE)
BARE_BREAK = re.compile(rb"\r(?!\n)|(?<!\r)\n")


@dataclass(frozen=True)
class Button:
    """Something to press; where no button can be shown, its address stands in the text."""

    title: str
    address: str


@dataclass(frozen=True)
class Words:
    """What a letter says, in its order: before the buttons, the buttons, and after them. `language` is that of the words."""

    language: str
    subject: str
    greeting: str
    before: tuple[str, ...]
    buttons: tuple[Button, ...]
    after: tuple[str, ...]
    signed: str


@dataclass(frozen=True)
class Mail:
    """One letter, ready to leave. `is_international` says that only a server that knows SMTPUTF8 can take it (RFC 6531)."""

    sender: str
    to: str
    message_id: str
    raw: bytes

    @property
    def is_international(self) -> bool:
        return not (self.to.isascii() and self.sender.isascii())


def mail_of(words: Words, brand: str, sender: str, to: str, number: str, at: int) -> Mail:
    """The letter as it leaves. `number` is what its Message-ID is derived from: the same letter, sent again, bears the same.

    Units: `at` is in UTC seconds. Raises: BadInput where the address is none; Refused where the head came out as another than we set.
    """
    to, sender = sendable(to), sendable(sender)
    mail = EmailMessage(policy=SMTP if to.isascii() and sender.isascii() else SMTPUTF8)
    message_id = f"<{number}@{sender.rpartition('@')[2]}>"
    mail["From"] = Address(_one_line(brand), addr_spec=sender)
    mail["To"] = Address(username=to.rpartition("@")[0], domain=to.rpartition("@")[2])
    mail["Subject"] = _one_line(words.subject)
    mail["Date"] = format_datetime(datetime.fromtimestamp(at, UTC))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(plain(words), cte="quoted-printable")
    mail.add_alternative(_page().render(words=words, brand=brand), subtype="html", cte="quoted-printable")
    mail["Content-Language"] = words.language  # at the end: set_content and add_alternative drop what is said of the content before
    return Mail(sender, to, message_id, _as_set(mail.as_bytes()))


def _as_set(raw: bytes) -> bytes:
    """The same bytes, where their head holds what we set: no text of a stranger may become a head, or push one into the body."""
    names = HEAD.findall(raw.partition(b"\r\n\r\n")[0])
    if BARE_BREAK.search(raw) or sorted(names) != sorted(name.encode() for name in HEADS):
        raise Refused(NOT_OUR_HEAD)
    return raw


def plain(words: Words) -> str:
    """The letter for whoever reads without pictures: each paragraph a block, each button an address on a line of its own."""
    buttons = tuple(f"{each.title}\n{each.address}" for each in words.buttons)
    return "\n\n".join((words.greeting, *words.before, *buttons, *words.after, words.signed)) + "\n"


def _one_line(text: str) -> str:
    """No head of a letter holds a line break, whatever it was made of."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


@cache
def _page() -> Template:
    made = Environment(loader=PackageLoader("habitue.channels.email", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("letter.html")
