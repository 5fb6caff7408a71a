"""What Segment's clients send, as types, and how a request is read. Nothing here knows a database.

Source: Segment, "Tracking API" (HTTP): endpoints, 32 KB an event, 500 KB a batch; `context.consent.categoryPreferences` of its consent specification.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from habitue.words.errors import BadInput
from habitue.words.keys import key_hash

MessageType = Literal["identify", "track", "page", "screen", "group", "alias"]
BATCH, ONE = "batch", "one"
MOST_BATCH_BYTES = 500 * 1024
MOST_EVENT_BYTES = 32 * 1024
MOST_EVENTS = 2_500
SET_APART_BYTES = 400
"""What a message may have grown by when it was set apart."""
LONGEST_KEY = 200
GZIP = b"\x1f\x8b"
GZIP_WINDOW = 31
SHORT: dict[str, str] = {"b": BATCH, "i": "identify", "t": "track", "p": "page", "s": "screen", "g": "group", "a": "alias"}
WORDS = frozenset(SHORT.values())
"""The kinds of request by the last part of their address: /v1/track, or /v1/t for short. One message apart, once out of its batch, is `ONE`."""

WIDE_SPACES = str.maketrans("\u00a0\u202f\u2009\u3000", "    ")
Key = str | int | None


class Page(msgspec.Struct, frozen=True):
    """Where in a site a message was made."""

    url: str | None = None
    path: str | None = None
    search: str | None = None
    title: str | None = None


class Consents(msgspec.Struct, frozen=True, rename="camel"):
    """What the site's own consent banner was told: by its categories, and as the string of the trade's framework (TCF)."""

    category_preferences: dict[str, bool] | None = None
    tc_string: str | None = None


class Context(msgspec.Struct, frozen=True):
    """The circumstances of a message, as far as we read them."""

    page: Page | None = None
    traits: dict[str, Any] | None = None
    consent: Consents | None = None


class Message(msgspec.Struct, frozen=True, rename="camel"):
    """One message of a client."""

    type: str | None = None
    event: str | None = None
    name: str | None = None
    user_id: Key = None
    anonymous_id: Key = None
    previous_id: Key = None
    group_id: Key = None
    message_id: Key = None
    timestamp: str | None = None
    original_timestamp: str | None = None
    sent_at: str | None = None
    traits: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    context: Context | None = None


class Envelope(msgspec.Struct, frozen=True, rename="camel"):
    """What surrounds messages: all of a batch, the head of a single one."""

    batch: list[msgspec.Raw] | None = None
    write_key: str | None = None
    sent_at: str | None = None


_ENVELOPE = msgspec.json.Decoder(Envelope)
_MESSAGE = msgspec.json.Decoder(Message)


@dataclass(frozen=True, slots=True)
class Told:
    """One message apart: its bytes, when its client says that the request left (empty where it does not), and its place in its request."""

    raw: bytes
    sent_at: str
    place: int = 0


def unpacked(body: bytes) -> bytes:
    """A request's body, unzipped where it is zipped, whatever its headers say.

    Raises: BadInput where it is too large or broken.
    """
    if body[:2] == GZIP:
        unzip = zlib.decompressobj(GZIP_WINDOW)
        try:
            body = unzip.decompress(body, MOST_BATCH_BYTES + 1)
        except zlib.error as wrong:
            raise BadInput("The body begins like gzip and is broken.") from wrong
        if len(body) <= MOST_BATCH_BYTES and not unzip.eof:
            raise BadInput("The body begins like gzip and is broken.")
    if len(body) > MOST_BATCH_BYTES:
        raise TooLarge(f"A request may hold {MOST_BATCH_BYTES // 1024} KB; send fewer events at a time.")
    return body


class TooLarge(BadInput):
    """A request or an event beyond the limits."""


def envelope(body: bytes) -> Envelope:
    """The outside of a request.

    Raises: BadInput where it is no JSON object, with the place of the mistake.
    """
    try:
        return _ENVELOPE.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise BadInput(f"The body is not the JSON that is expected here: {wrong}.") from wrong
    except RecursionError as wrong:
        raise BadInput("The body is nested too deeply.") from wrong


def messages_of(words: str, body: bytes) -> list[Told]:
    """The messages of a request. Raises: BadInput as `envelope` does, and where a batch holds none or too many."""
    if words == ONE:
        return [Told(body, "")]
    outside = envelope(body)
    if words != BATCH:
        if len(body) > MOST_EVENT_BYTES:
            raise TooLarge(f"An event may hold {MOST_EVENT_BYTES // 1024} KB; this one has {len(body) // 1024}.")
        return [Told(body, "")]  # it says itself when it was sent
    if not outside.batch:
        raise BadInput("The batch holds no events: “batch” must be a list of at least one.")
    if len(outside.batch) > MOST_EVENTS:
        raise TooLarge(f"A batch may hold {MOST_EVENTS:,} events; send fewer at a time.")
    return [Told(bytes(raw), outside.sent_at or "", place) for place, raw in enumerate(outside.batch)]


def message_of(words: str, raw: bytes) -> Message:
    """One message, read and checked.

    Raises: BadInput with what is wrong with it.
    """
    if len(raw) > MOST_EVENT_BYTES + (SET_APART_BYTES if words == ONE else 0):
        raise TooLarge(f"An event may hold {MOST_EVENT_BYTES // 1024} KB; this one has {len(raw) // 1024}.")
    try:
        message = _MESSAGE.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise BadInput(f"The event is not what is expected here: {wrong}.") from wrong
    except RecursionError as wrong:
        raise BadInput("The event is nested too deeply.") from wrong
    kind = message.type if words in (BATCH, ONE) else words
    if kind not in WORDS or kind == BATCH:
        raise BadInput(f"“type” is {_shown(message.type)}; it must be identify, track, page, screen, group or alias.")
    if kind == "track" and not message.event:
        raise BadInput("A track event needs its name in “event”.")
    if not any(map(key_of, (message.user_id, message.anonymous_id))):
        raise BadInput("Nobody is named: “userId” or “anonymousId” must be told.")
    return msgspec.structs.replace(message, type=kind)


def key_of(value: Key) -> str:
    """An id as text; empty where none is told.

    Raises: BadInput for one that is too long or holds a sign that no id has: a zero byte, or one that steers a terminal.
    """
    text = "" if value is None else trimmed(str(value))
    if len(text) > LONGEST_KEY:
        raise BadInput(f"An id is {len(text):,} signs long; {LONGEST_KEY} are the most.")
    if not text.isprintable():
        raise BadInput(f"An id holds signs that none has: “{text.encode('unicode_escape').decode()}”.")
    return text


def trimmed(text: str) -> str:
    """A key as the source wrote it, without spaces around it, and with plain ones in it."""
    text = text.strip()
    return text if text.isprintable() else text.translate(WIDE_SPACES)


def own_id(message: Message, arrival_number: int, told: Told) -> str:
    """By what a message is known: its own id; else all that it says, where it says when; else where it came, for the same words tomorrow are another event.

    Raises: BadInput as `key_of`.
    """
    if own := key_of(message.message_id):
        return own
    if message.timestamp or message.original_timestamp:
        return key_hash(told.raw.decode("utf-8", "replace")).hex()
    return f"arrival {arrival_number} {told.place}"


def apart(arrival_number: int, told: Told) -> bytes:
    """A message as a request of its own, with what it has not itself: when its batch was sent, and the id by which it is known here."""
    raw = told.raw.strip()
    if not raw.startswith(b"{") or not raw[1:-1].strip():
        return told.raw
    more = {"sentAt": told.sent_at}
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadInput):
        message = _MESSAGE.decode(raw)
        more = {"sentAt": "" if message.sent_at else told.sent_at, "messageId": "" if key_of(message.message_id) else own_id(message, arrival_number, told)}
    added = b"".join(b",%b:%b" % (msgspec.json.encode(name), msgspec.json.encode(value)) for name, value in more.items() if value)
    return raw[:-1] + added + b"}" if added else told.raw


def _shown(value: object) -> str:
    return "missing" if value is None else f"“{str(value)[:40]}”"
