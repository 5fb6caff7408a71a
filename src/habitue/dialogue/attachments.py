"""What is handed along with an e-mail: taken from it as bytes, kept beside her words, never opened. What could not be read of a mail is the mail itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Any

from habitue.dialogue.file_kinds import FileKind, kind_of_file, safe_name
from habitue.dialogue.mail import BROKEN, kind_of, opened
from habitue.events.lookup import look_up, take_numbers
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where

MOST_KEPT = 20
"""Of more, the mail itself is kept."""
MOST_PARTS = 200
WHOLE = "e-mail.eml"
NO_NAME = "no name"


@dataclass(frozen=True)
class HandedAlong:
    """One file, by the name under which it may be kept."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True)
class Attachment:
    """One that is kept; `seq` is the event of her words, 0 for a stranger's. Units: `size_bytes`; `at` in UTC seconds."""

    number: int
    seq: int
    stray: int
    at: int
    name: str
    kind: FileKind
    size_bytes: int


def handed_along(raw: bytes, *, is_whole: bool) -> list[HandedAlong]:
    """What lies in a mail beside her words, in its order; where it `is_whole` not, or there is too much of it, the mail itself, too."""
    parts = list(_files(opened(raw)))
    found = [made for part in parts[:MOST_KEPT] if (made := _made(part))]
    if not is_whole or len(found) < len(parts):
        found.append(HandedAlong(WHOLE, FileKind.MAIL, raw))
    return found


def _files(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a mail that are none of its text, however they lie in each other; a mail within it is one."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        if not isinstance(part, EmailMessage):
            continue
        kind = kind_of(part)
        if kind.startswith("multipart/"):
            inner = part.get_payload()
            waiting += [each for each in reversed(inner if isinstance(inner, list) else []) if isinstance(each, Message)]
        elif not kind.startswith("text/") or _is_named(part):
            yield part


def _is_named(part: EmailMessage) -> bool:
    try:
        return bool(part.is_attachment() or part.get_filename())
    except BROKEN:
        return True


def _made(part: EmailMessage) -> HandedAlong | None:
    """One part as a file; none where nothing of it can be read, or nothing is in it."""
    try:
        inner = part.get_payload()
        is_mail = isinstance(inner, list)
        content = inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else part.get_payload(decode=True)
        name = safe_name(part.get_filename() or "")
    except BROKEN:
        return None
    if not isinstance(content, bytes) or not content:
        return None
    return HandedAlong(name or (WHOLE if is_mail else NO_NAME), FileKind.MAIL if is_mail else kind_of_file(content, name), content)


def add_attachments(truth: Truth, seq: int, stray: int, at: int, files: Sequence[HandedAlong]) -> None:
    """Keeps what came with an event's words, or a stranger's, once. Inside a transaction."""
    if not files or truth.run(sql_text("dialogue", "attachments_there"), (seq, stray)):
        return
    first = take_numbers(truth, "attachment", len(files))
    rows = [(first + n, seq, stray, at, each.name, each.kind.value, len(each.content), each.content) for n, each in enumerate(files)]
    truth.run_many(sql_text("dialogue", "add_attachment"), rows)


def attachments_of(truth: Truth, said: Iterable[int]) -> dict[int, list[Attachment]]:
    """What came with each of these events."""
    found: dict[int, list[Attachment]] = {}
    for row in sorted(look_up(truth, "dialogue", "attachments_of", said)):
        found.setdefault(row[1], []).append(_attachment(row))
    return found


def attachments_of_strays(truth: Truth, strays: Iterable[int]) -> dict[int, list[Attachment]]:
    """What came with each of these strangers' answers."""
    found: dict[int, list[Attachment]] = {}
    for row in sorted(look_up(truth, "dialogue", "attachments_of_strays", strays)):
        found.setdefault(row[2], []).append(_attachment(row))
    return found


def attachment(truth: Truth, number: int) -> tuple[Attachment, bytes] | None:
    """One of them with what is in it."""
    rows = truth.run(sql_text("dialogue", "attachment"), (number,))
    return (_attachment(rows[0][:-1]), bytes(rows[0][-1])) if rows else None


def give_attachments(truth: Truth, stray: int, seq: int) -> None:
    """A stranger's answer turned out to be that event, or, with 0, nobody's: what came with it goes along, or goes. Inside a transaction."""
    if seq:
        truth.run(sql_text("dialogue", "give_attachments"), (seq, stray))
    else:
        drop_where(truth, "attachment", "stray_id", [stray])


def _attachment(row: Sequence[Any]) -> Attachment:
    number, seq, stray, at, name, kind, size_bytes = row
    return Attachment(number, seq, stray, at, name, FileKind(kind), size_bytes)
