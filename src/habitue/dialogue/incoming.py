"""What an e-mail is that comes back to us: somebody's answer, a report that a letter of ours was not delivered, a complaint, a note of absence, our own letter.

Nothing in it is proven. An address back counts only where `channels.email.tokens.came_back` says that we made it, and whoever reads a report of failure
without such an address must believe nobody. Source: RFC 3464 and RFC 3463 (failure); RFC 5965 (complaint); RFC 3834 (absence); RFC 5321, 6.3 (loops).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.utils import getaddresses
from enum import Enum
from itertools import islice

from habitue.channels.email.tokens import TOKEN
from habitue.dialogue.mail import BROKEN, Mail, head, is_automatic, kind_of, mail_of, opened
from habitue.words.addresses import ADDRESS, LONGEST

MOST_PARTS = 50
"""Parts of a mail that are looked at for a report; a report has three."""
MOST_LETTERS = 20_000
"""Letters of a report that are read."""
MOST_OF_REPORT = 100_000
"""Bytes of a report in no standard form that are read; what it encloses stands below what it says."""
MOST_STOPS = 100
"""Servers that a mail may have passed before it runs in a circle. Source: RFC 5321, section 6.3."""
CAME_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
SERVERS = re.compile(r"^(?:mailer.?daemon|postmaster|mail.?daemon|mdaemon|mmdf|postoffice|mailer|smtp32|uucp)\S*@", re.IGNORECASE)
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
NUMBER = re.compile(r"<[^<>@\s]{1,200}@[^<>@\s]{1,200}>")
ADDRESSES = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
ABSENT = re.compile(
    r"(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|away from|r[ée]ponse automatique|absen(?:ce|te?)\b|abwesend)", re.IGNORECASE
)
REPORTS = ("message/delivery-status", "message/feedback-report", "message/disposition-notification")
ENCLOSED = ("message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global", "message/global-headers")
NO_COMPLAINTS = ("not-spam", "auth-failure", "dkim", "opt-out")


class Came(Enum):
    """What came."""

    ANSWER = "answer"
    BOUNCED_FOR_GOOD = "bounced_for_good"
    BOUNCED_FOR_NOW = "bounced_for_now"
    COMPLAINT = "complaint"
    ABSENCE = "absence"
    LOOP = "loop"
    MACHINE = "machine"
    TO_STAFF = "to_staff"


@dataclass(frozen=True)
class Incoming:
    """One e-mail that came.

    **Shape**: `back` are the addresses it came to that look like ours for answers and reports, or that the letter it reports of bore, none of them proven;
    `letter` the Message-ID of the letter of ours that it is about, in angle brackets; `recipient` whom that letter could not reach, or who complained;
    `status` what the server said, as “5.1.1”. Each is empty where nothing tells.
    """

    came: Came
    mail: Mail
    back: tuple[str, ...] = ()
    letter: str = ""
    recipient: str = ""
    status: str = ""


def incoming(raw: bytes, domain: str, *came_to: str) -> Incoming:
    """What an e-mail is; `domain` is the one that our letters are numbered with, and `came_to` the addresses that the server took it for, where they are known.

    Raises: BadInput where it is no e-mail that can be read; a person must look at it.
    """
    message = opened(raw)
    mail, back = mail_of(message, raw), _back([*came_to, *_all(message, *CAME_TO)])
    try:
        parts = list(islice(_parts(message), MOST_PARTS))
        report = next((part for part in parts if kind_of(part) in REPORTS), None)
        told = (_reported(report, mail, back, parts) if report is not None else None) or _in_words(message, raw, mail, back, parts, domain)
    except BROKEN:
        told = None
    if told:
        return told
    came = Came.LOOP if _is_ours(message, domain) else (Came.ABSENCE if _is_absence(message) else Came.MACHINE) if mail.is_automatic else Came.ANSWER
    return Incoming(came, mail, back, _number_of_ours(" ".join(_all(message, "in-reply-to", "references")), domain))


def _parts(message: Message) -> Iterator[EmailMessage]:
    """The parts of a mail one after the other, however they lie in each other; a mail within a mail is not opened."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        if isinstance(part, EmailMessage):
            yield part
            inner = part.get_payload() if kind_of(part).startswith("multipart/") else []
            waiting += [each for each in reversed(inner[:MOST_PARTS] if isinstance(inner, list) else []) if isinstance(each, Message)]


def _all(message: EmailMessage, *names: str) -> list[str]:
    """Every line of its head by these names, as it was sent."""
    return [str(value) for name, value in message.raw_items() if name.lower() in names]


def _back(lines: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in lines:
        with suppress(*BROKEN):  # a line that breaks Python's reader hides no other
            found |= dict.fromkeys(address.lower() for _, address in getaddresses([" ".join(line[:MOST_LETTERS].split())]))
    return tuple(each for each in found if TOKEN.fullmatch(each.rpartition("@")[0]))


def _reported(report: EmailMessage, mail: Mail, back: tuple[str, ...], parts: list[EmailMessage]) -> Incoming | None:
    """What a report in the standard form says; nothing where it tells of no failure and no complaint."""
    fields = [each for each in _fields(report) if each]
    enclosed = next((each for part in parts if kind_of(part) in ENCLOSED for each in _enclosed(part)), None)
    letter = (
        head(enclosed, "message-id") if enclosed is not None else next((each["original-message-id"] for each in fields if "original-message-id" in each), "")
    )
    back = tuple(dict.fromkeys((*back, *(_back(_all(enclosed, "return-path", "reply-to", "from")) if enclosed is not None else ()))))
    if kind_of(report) == "message/feedback-report":
        told = {name: value for each in reversed(fields) for name, value in each.items()}
        if told.get("feedback-type", "abuse").strip().lower() in NO_COMPLAINTS:
            return None
        to = told.get("original-rcpt-to", "") or (head(enclosed, "to") if enclosed is not None else "")
        return Incoming(Came.COMPLAINT, mail, back, letter, _address(to))
    failed = [each for each in fields if each.get("action", "").strip().lower() in ("failed", "delayed") or STATUS.match(each.get("status", "2.0.0"))]
    worst = max(failed, key=lambda each: _weight(each), default=None)
    if kind_of(report) != "message/delivery-status" or worst is None or not _weight(worst):
        return None
    came = Came.BOUNCED_FOR_GOOD if _weight(worst) == FOR_GOOD else Came.BOUNCED_FOR_NOW
    recipient = next(filter(None, (_address(worst.get(name, "").rpartition(";")[2]) for name in ("original-recipient", "final-recipient"))), "")
    return Incoming(came, mail, back, letter, recipient, _status(worst))


FOR_GOOD, FOR_NOW = 2, 1


def _weight(fields: dict[str, str]) -> int:
    """How bad one recipient's part of a report is: by its status, else by what was done."""
    status, action = _status(fields), fields.get("action", "").strip().lower()
    if status.startswith("4") or action == "delayed":
        return FOR_NOW
    return FOR_GOOD if status.startswith("5") or action == "failed" else 0


def _status(fields: dict[str, str]) -> str:
    found = STATUS.search(fields.get("status", "")) or STATUS.search(fields.get("diagnostic-code", "")[:MOST_LETTERS])
    return found[0] if found else ""


def _fields(report: EmailMessage) -> Iterator[dict[str, str]]:
    """The groups of fields of a report, by small names: of a failure the first is about the mail, each other about one recipient."""
    payload = report.get_payload()
    groups = payload if isinstance(payload, list) else [report]
    for group in groups[:MOST_PARTS]:
        if isinstance(group, Message) and group is not report:
            yield {name.lower(): str(value) for name, value in group.raw_items()}
        for part in _written(group).split("\n\n") if isinstance(group, Message) and isinstance(group.get_payload(), str) else ():
            yield _lines(part)


def _written(part: Message) -> str:
    """The text of a part, as far as anybody reads it."""
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace")[:MOST_LETTERS].replace("\r\n", "\n") if isinstance(raw, bytes) else ""


def _lines(text: str) -> dict[str, str]:
    fields = (line.partition(":") for line in re.sub(r"\n[ \t]+", " ", text).split("\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in fields if colon}


def _enclosed(part: EmailMessage) -> Iterator[EmailMessage]:
    """The head of the letter that a report encloses."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (each for each in payload[:1] if isinstance(each, EmailMessage))
    else:
        yield opened(_written(part).encode() or b"\n-")


def _in_words(message: EmailMessage, raw: bytes, mail: Mail, back: tuple[str, ...], parts: list[EmailMessage], domain: str) -> Incoming | None:
    """What a server's report in no standard form says; nothing where a person or another machine wrote."""
    is_of_server = SERVERS.search(mail.sender) or not mail.sender or head(message, "return-path") == "<>" or any(each.startswith("bounces+") for each in back)
    if not is_of_server or ABSENT.match(head(message, "subject")):
        return None
    from flufl.bounce import all_failures  # forty readers of old servers, loaded where one is needed

    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # of a reader that a mail breaks it writes a page; whoever sends one shall not fill the log

    text = "\n".join(_written(part) for part in parts if kind_of(part).startswith("text/"))[:MOST_LETTERS]
    status, (for_now, for_good) = STATUS.search(text), all_failures(message_from_bytes(raw[:MOST_OF_REPORT]))
    failed = sorted(address for each in (for_good or for_now) if (address := _address(each.decode("utf-8", "replace"))))
    if not (for_now or for_good or (status and status[1] in "45")):
        return None
    is_for_good = status[1] == "5" if status and status[1] in "45" else bool(for_good)
    came = Came.BOUNCED_FOR_GOOD if is_for_good else Came.BOUNCED_FOR_NOW
    back = tuple(dict.fromkeys((*back, *_back(ADDRESSES.findall(text)))))
    return Incoming(came, mail, back, _number_of_ours(text, domain), next(iter(failed), ""), status[0] if status else "")


def _is_ours(message: EmailMessage, domain: str) -> bool:
    """Whether a letter of ours came back to us, or a mail runs in a circle."""
    is_numbered = head(message, "message-id").lower().rstrip(">").endswith(f"@{domain.lower()}")
    passed = [address.strip().lower() for address in _all(message, "delivered-to")]
    return (is_numbered and is_automatic(message)) or len(_all(message, "received")) > MOST_STOPS or len(set(passed)) < len(passed)


def _is_absence(message: EmailMessage) -> bool:
    said = head(message, "auto-submitted").partition(";")[0].strip().lower()
    is_reply = bool(head(message, "in-reply-to") or head(message, "references") or "x-auto-response-suppress" in message)
    is_list = "list-id" in message or "list-unsubscribe" in message
    return not is_list and (
        said == "auto-replied" or bool(ABSENT.match(head(message, "subject"))) or (is_reply and any(map(message.__contains__, AUTO_REPLIES)))
    )


AUTO_REPLIES = ("x-autoreply", "x-autorespond", "x-auto-reply")


def _number_of_ours(text: str, domain: str) -> str:
    """The first Message-ID of our domain; an address back to us is none."""
    ours = [each for each in NUMBER.findall(text[:MOST_LETTERS]) if each.lower().endswith(f"@{domain.lower()}>")]
    return next((each for each in ours if not TOKEN.fullmatch(each[1:].partition("@")[0].lower())), "")


def _address(text: str) -> str:
    """The first address of a line; nothing where there is none that a server would take."""
    with suppress(*BROKEN):
        found = [each for _, each in getaddresses([" ".join(text[:MOST_LETTERS].split())]) if ADDRESS.fullmatch(each) and each.isprintable()]
        return next((each for each in found if len(each) <= LONGEST), "")
    return ""
