"""One e-mail as bytes: plain text and HTML of the same words, and the heads that tell machines what it is.

Source: RFC 5322; RFC 2046, 5.1.4 (alternatives); RFC 3834, 5 (Auto-Submitted).
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import cache, lru_cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from habitue.channels.email.address import sendable
from habitue.words.errors import Refused

OF_CONTENT = ("MIME-Version", "Content-Type", "Content-Language")
"""What the head of each letter holds beside what it is given, each once, and nothing else."""
UNBROKEN = frozenset("\u00a0\u202f")
NO_LINES: Mapping[str, str] = {}
PLAIN_LINE = re.compile(r"[!-~]+(?:(?:\r\n)? [!-~]+)*", re.ASCII)
"""A head for machines: ASCII, and folded only between two words."""
NOT_OUR_HEAD = "The head of this letter would hold more, or less, than we set; it does not leave."
TOO_LONG = "A line in the head of this letter has more than 998 bytes, which no mail server takes; it does not leave."
PLAIN_WORDS = re.compile(r"(?!.*=\?)[!-~]+(?: [!-~]+)*", re.ASCII)
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[a-z0-9.-]+", re.ASCII)
SHORT = 70
"""A head of so many letters needs no folding (RFC 5322, 2.1.1)."""
LONGEST_LINE_BYTES = 998
"""Of one line of a letter, without its end (RFC 5322, 2.1.1; RFC 6532, 3.4); many mail servers refuse or cut longer ones."""
FOLD = "\r\n "
HEAD = re.compile(rb"^[^ \t][^:\r\n]*", re.MULTILINE)


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
    """One letter, ready to leave. `sender` is who hears of it when it cannot be delivered, empty where nobody does; `is_international` says that
    only a server that knows SMTPUTF8 can take it (RFC 6531).
    """

    sender: str
    to: str
    message_id: str
    raw: bytes

    @property
    def is_international(self) -> bool:
        return not (self.to.isascii() and self.sender.isascii() and self.raw.partition(b"\r\n\r\n")[0].isascii())


def mail_of(words: Words, brand: str, sender: str, to: str, number: str, at: int, reply_to: str = "") -> Mail:
    """The letter as it leaves. `number` is what its Message-ID is derived from: the same letter, sent again, bears the same.

    Units: `at` is in UTC seconds. Raises: BadInput where the address is none; Refused where the head came out as another than we set.
    """
    to, sender = sendable(to), sendable(sender)
    heads = heads_of(brand, sender, to, words.subject, number, at)
    heads |= {"Reply-To": address_of(sendable(reply_to))} if reply_to else {}
    return Mail(sender, to, str(heads["Message-ID"]), compose(heads, plain(words), page_of(words, brand), words.language))


def heads_of(brand: str, sender: str, to: str, subject: str, number: str, at: int) -> dict[str, str | Address]:
    """What every letter bears that a machine sends; the addresses are `sendable`. As `mail_of`."""
    return {
        "From": address_of(sender, _one_line(brand)),
        "To": address_of(to),
        "Subject": _one_line(subject),
        "Date": format_datetime(datetime.fromtimestamp(at, UTC)),
        "Message-ID": f"<{number}@{sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }


def address_of(address: str, name: str = "") -> Address:
    """A `sendable` address as a head takes it."""
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def compose(heads: Mapping[str, str | Address], text: str, html: str, language: str, lines: Mapping[str, str] = NO_LINES) -> bytes:
    """The letter as bytes: its heads, then plain text and HTML. `lines` are heads for machines that stand as they are: folded, the library would encode them.

    Raises: Refused where the head came out as another than we set.
    """
    is_ascii = all(each.addr_spec.isascii() for each in heads.values() if isinstance(each, Address))
    if not all(PLAIN_LINE.fullmatch(value) for value in lines.values()):
        raise Refused(NOT_OUR_HEAD)
    parts = [_part("plain", text), _part("html", html)]
    boundary = b"=_" + sha256(b"".join(parts)).hexdigest()[:32].encode()  # no quoted-printable text holds these two signs (RFC 2045, 6.7)
    head = [f"{name}: {value}\r\n".encode("ascii") for name, value in lines.items()]
    head += [_folded(name, value, is_ascii) for name, value in heads.items()]
    head += [
        b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="',
        boundary,
        b'"\r\nContent-Language: ',
        language.encode("ascii"),
        b"\r\n\r\n",
    ]
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)  # the last break belongs to the line with the boundary
    return _as_set(b"".join(head) + body + b"--" + boundary + b"--\r\n", (*lines, *heads, *OF_CONTENT))


def _part(kind: str, text: str) -> bytes:
    """One of the two alternatives, in quoted-printable. Source: RFC 2045, 6.7; RFC 2046, 5.1.1."""
    lines = b"\r\n".join(text.encode().splitlines()) + b"\r\n"
    return f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode() + b2a_qp(lines, istext=True)


def _folded(name: str, value: str | Address, is_ascii: bool) -> bytes:
    """One head as it stands above the letter; what is short and plain stands as it is, the rest is written by the library, and kept where it comes again."""
    said = value if isinstance(value, str) else "" if value.display_name else value.addr_spec
    if len(name) + len(said) <= SHORT and (PLAIN_WORDS if isinstance(value, str) else PLAIN_ADDRESS).fullmatch(said):
        return f"{name}: {said}\r\n".encode("ascii")
    return _written(name, *((value, "", "") if isinstance(value, str) else ("", value.display_name, value.addr_spec)), is_ascii)


@lru_cache(maxsize=100)
def _written(name: str, words: str, called: str, address: str, is_ascii: bool) -> bytes:
    mail = EmailMessage(policy=SMTP if is_ascii else SMTPUTF8)
    mail[name] = address_of(address, called) if address else words
    head = mail.as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n"
    if max(map(len, head.split(b"\r\n"))) <= LONGEST_LINE_BYTES:
        return head
    encoded = Header(called or words, "utf-8", header_name=name).encode(linesep="\r\n")  # one word without an end: the library folds between words alone
    return f"{name}: {encoded}{f'{FOLD}<{address}>' if address else ''}\r\n".encode()


def _as_set(raw: bytes, heads: tuple[str, ...]) -> bytes:
    """The same bytes, where their head holds what we set: no text of a stranger may become a head, or push one into the body."""
    head = raw.partition(b"\r\n\r\n")[0]
    names = HEAD.findall(head)
    if max(map(len, head.split(b"\r\n"))) > LONGEST_LINE_BYTES:
        raise Refused(TOO_LONG)
    if not raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n") or sorted(names) != sorted(name.encode() for name in heads):
        raise Refused(NOT_OUR_HEAD)
    return raw


def plain(words: Words) -> str:
    """The letter for whoever reads without pictures: each paragraph a block, each button an address on a line of its own."""
    buttons = tuple(f"{each.title}\n{each.address}" for each in words.buttons)
    return "\n\n".join((words.greeting, *words.before, *buttons, *words.after, words.signed)) + "\n"


def page_of(words: Words, brand: str) -> str:
    """The letter as a page."""
    return _page().render(words=words, brand=brand)


def _one_line(text: str) -> str:
    """No head of a letter holds a line break, whatever it was made of; the spaces that French sets before its signs stay."""
    return " ".join(word for word in "".join(sign if sign.isprintable() or sign in UNBROKEN else " " for sign in text).split(" ") if word)


@cache
def _page() -> Template:
    made = Environment(loader=PackageLoader("habitue.channels.email", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("letter.html")
