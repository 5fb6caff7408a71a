"""One e-mail as it came: who wrote it, whether a machine did, and her own words without what she quoted."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect, MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses
from hashlib import sha256
from itertools import islice

from habitue.dialogue.quotes import Own, own_words, page_text
from habitue.words.addresses import ADDRESS, LONGEST, addresses_within
from habitue.words.errors import BadInput

MOST_BYTES = 10_000_000
LONGEST_LINE = 998
"""Source: RFC 5322, section 2.1.1."""
LONGEST_HEAD, LONGEST_OF_PART = 10_000, 2_000
"""Letters of one line of a head that are read, and of one that says what a part is: Python's reader takes the square of them, in time and memory."""
MOST_OF = {re.compile(rb"^", re.MULTILINE): 200_000, re.compile(rb"^--", re.MULTILINE): 1_000, re.compile(rb"boundary|message/", re.IGNORECASE): 60}
"""How much of a mail is read: its lines, and the parts beside and within each other; each of these costs the reading of every line again."""
MOST_WORDS, MOST_MARKUP = 200_000, 2_000_000
"""Letters that are kept of what she wrote, and that are read of a page; nobody writes as much by hand."""
NOT_OF_MAIL = ("idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape")
"""What Python takes for letters, and nobody writes a mail in; some take the square of its length."""
IN_SEVEN_BITS = re.compile(r"utf-?7|utf-?16|utf-?32|iso2022|hz", re.IGNORECASE)
"""Letters that write others than English ones, too, with the bytes of English ones."""
CARRIED_ON = re.compile(r"\s*(?:re|r[ée]p|aw|sv|tr|fwd?|wg)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
NO_WORDS = re.compile(r"(?:image|audio|video|application)/|text/(?:plain|html)$")
"""What a mail that is all one part may be without hiding words, or has been read as by then; whatever else it calls itself is read as text."""
BROKEN_HEAD = "This e-mail cannot be read; its head is broken. Read it yourself: it may say stop."
BY_MACHINE = ("x-autoreply", "x-autorespond", "x-auto-reply", "list-id")


@dataclass(frozen=True)
class Mail:
    """`sender` is empty where nobody can be told; `key` is the same whenever the same mail comes again; another sender may use it, too.
    An answer names `subject` and `number`, its Message-ID.

    `is_whole` is false where its body cannot be read, or not all of it: `words` has the rest then, and a person must read it.
    """

    sender: str
    key: str
    words: str
    is_automatic: bool
    is_whole: bool = True
    subject: str = ""
    number: str = ""


BROKEN = (MessageError, LookupError, ValueError, AttributeError, IndexError, TypeError, RecursionError)
"""What Python's reader of mail raises at heads that nobody wrote by hand."""


class _Bounded(EmailPolicy):
    """Reads no line of a head to its end that is longer than anybody's."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value[: LONGEST_OF_PART if name.lower().startswith("content-") else LONGEST_HEAD]


def read_mail(raw: bytes) -> Mail:
    """What an e-mail says.

    Raises: BadInput where it is no e-mail, or larger than any that a person writes; never for a body alone that cannot be read.
    """
    return mail_of(opened(raw), raw)


def opened(raw: bytes) -> EmailMessage:
    """An e-mail taken apart.

    Raises: BadInput as `read_mail`.
    """
    if not raw.strip() or len(raw) > MOST_BYTES:
        raise BadInput(f"This is no e-mail that can be read (one has up to {MOST_BYTES // 1_000_000} MB).")
    try:
        message = message_from_bytes(raw[: _end(raw)], policy=_Bounded())
        assert isinstance(message, EmailMessage)
    except BROKEN as wrong:
        raise BadInput(BROKEN_HEAD) from wrong
    return message


def _end(raw: bytes) -> int:
    """Up to where it is read; nobody writes a mail of more lines, or of more parts beside or within each other."""
    cuts = (next((found.start() for found in islice(sign.finditer(raw), most, None)), len(raw)) for sign, most in MOST_OF.items())
    return min(cuts)


def mail_of(message: EmailMessage, raw: bytes) -> Mail:
    """What an opened e-mail says; `raw` are its bytes.

    Raises: BadInput as `read_mail`.
    """
    try:
        sender, key, by_machine = _sender(message), head(message, "message-id"), is_automatic(message)
        subject = "" if by_machine else head(message, "subject")
    except BROKEN as wrong:
        raise BadInput(BROKEN_HEAD) from wrong
    body = Own("") if by_machine else _body(message)
    is_whole = body.is_whole and len(body.words) <= MOST_WORDS and _end(raw) == len(raw) and _is_said_whole(message)
    words = "\n".join(filter(None, ("" if CARRIED_ON.match(subject) else subject, body.words)))
    words = words[:MOST_WORDS].encode(errors="replace").decode().replace("\0", " ")  # no database keeps half a sign, nor PostgreSQL an empty one
    return Mail(sender, sha256(key.encode(errors="replace") or raw).hexdigest()[:32], words, by_machine, is_whole, _line(subject), _line(key))


def _is_said_whole(message: EmailMessage) -> bool:
    """Whether what it is about was read to its end."""
    return all(len(str(value)) < LONGEST_HEAD for name, value in message.raw_items() if name.lower() == "subject")


def _line(text: str) -> str:
    """As much of a line of its head as is kept."""
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST_LINE]


def is_automatic(message: EmailMessage) -> bool:
    """Whether a machine wrote it: an absence note, a report of delivery, a list. Such a mail is neither an answer nor a way out.

    Source: RFC 3834, sections 2 and 5; RFC 3464.
    """
    said = (head(message, "auto-submitted") or "no").partition(";")[0].strip().lower()
    bulk = head(message, "precedence").lower() in ("bulk", "junk", "list", "auto_reply")
    nobody = head(message, "return-path") == "<>"
    return said != "no" or bulk or nobody or kind_of(message) == "multipart/report" or any(name in message for name in BY_MACHINE)


def wants_no_machine(message: EmailMessage) -> bool:
    """Whether no machine may answer it: a machine or a list sent it, or it says so itself.

    Source: RFC 3834, section 2; X-Auto-Response-Suppress is what Exchange says it with.
    """
    names = {name.lower() for name in message.keys()}  # noqa: SIM118 - a mail is no dictionary
    told = {each.strip().lower() for each in head(message, "x-auto-response-suppress").split(",")}
    is_bulk = bool(head(message, "precedence")) or any(name.startswith("list-") or name == "feedback-id" for name in names)
    return is_automatic(message) or is_bulk or bool(told & {"all", "oof", "autoreply"})


def head(message: EmailMessage, name: str) -> str:
    """One line of its head; as it was sent where it holds letters that nobody named, or Python's reader breaks on it, as on a Message-ID of `<@a.test>`."""
    told = next((str(value).strip() for each, value in message.raw_items() if each.lower() == name), "")
    try:
        return _letters(told.encode("ascii", "surrogateescape")) if any("\udc80" <= sign <= "\udcff" for sign in told) else str(message.get(name, "")).strip()
    except (MessageError, LookupError, ValueError, AttributeError, TypeError):
        return told


def kind_of(message: EmailMessage) -> str:
    """What it says that it is; nothing where it says that so that nobody understands it."""
    try:
        return message.get_content_type()
    except (MessageError, LookupError, ValueError, AttributeError, TypeError):
        return ""


def _sender(message: EmailMessage) -> str:
    """The one address that it is from; of several, the first. Where the line is not written as it should be, the first that stands in it."""
    line = "".join(sign if sign.isprintable() else " " for sign in head(message, "from"))
    found = [address for _, address in getaddresses([line]) if ADDRESS.fullmatch(address)]
    if not found:
        told = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
        written = addresses_within(_letters(told.encode("ascii", "surrogateescape")))
        found = [each for each in written if each.isprintable() and "." in each.partition("@")[2]][:1]
    return next((each for each in found if len(each) <= LONGEST), "")


def _body(message: EmailMessage) -> Own:
    """What she wrote herself, as plain text or, where that is blank, as a page."""
    try:
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            text = _decoded(part) if isinstance(part, EmailMessage) else ""
            if text.strip():
                own = own_words(page_text(text[:MOST_MARKUP]) if kind == "html" else text)
                return own if _bodies(message) < 2 and len(text) <= MOST_MARKUP else replace(own, is_whole=False)
    except Exception:  # noqa: BLE001 - whatever is wrong with it: a no must not be lost, so a person reads it
        return Own("", is_whole=False)
    return Own("") if message.is_multipart() or NO_WORDS.match(kind_of(message)) else own_words(_decoded(message))


def _bodies(message: EmailMessage) -> int:
    """How many texts stand in it one after the other, as where a picture is set between two; what is handed along with it is none.

    Raises: ValueError as `_decoded`.
    """
    kind = kind_of(message)
    if kind == "message/rfc822" or message.is_attachment() or message.get_filename():
        return 0
    if message.is_multipart() and kind != "multipart/alternative":
        return sum(_bodies(part) for part in message.iter_parts() if isinstance(part, EmailMessage))
    return int(message.is_multipart() or (kind.startswith("text/") and bool(_decoded(message).strip())))


def _decoded(part: EmailMessage) -> str:
    """Its text, in the letters that it names; where these cannot be, as they were written.

    Raises: ValueError where it says base64 and is none.
    """
    raw = part.get_payload(decode=True)
    if any(isinstance(each, (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)) for each in part.defects):
        raise ValueError("no base64")
    return _letters(raw, part.get_content_charset("utf-8")) if isinstance(raw, bytes) else ""


def _letters(raw: bytes, named: str = "utf-8") -> str:
    """Bytes as the text that they are: in the letters that they name, else in those that nearly everybody writes, for “us-ascii” is often said of any."""
    for each in (named, "utf-8"):
        with suppress(LookupError, ValueError):
            if _is_said(raw, codecs.lookup(each).name):
                return raw.decode("cp1252" if _is_of_windows(raw, codecs.lookup(each).name) else each)
    return raw.decode("cp1252", "replace")


def _is_of_windows(raw: bytes, letters: str) -> bool:
    """Whether it says Latin-1 and is written in what Windows writes for it: where Latin-1 has signs that nobody sees, apostrophes and the euro.

    Source: Encoding Standard, section 4.2.
    """
    return letters == "iso8859-1" and any(0x80 <= byte <= 0x9F for byte in raw) and not any(byte in raw for byte in b"\x81\x8d\x8f\x90\x9d")


def _is_said(raw: bytes, letters: str) -> bool:
    """Whether it may be written in these; what is plain English in its bytes is that, whatever it says, where those letters write it otherwise."""
    if letters in NOT_OF_MAIL or (letters.startswith(("utf-16", "utf-32")) and b"\0" not in raw):
        return False
    return letters in ("utf-8", "ascii") or bool(IN_SEVEN_BITS.match(letters)) or not raw.isascii() or raw.decode(letters) == raw.decode("ascii")
