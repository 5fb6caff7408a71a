"""A chat on the brand's own site: each message is a stranger's, as one of the contact form; what we answer comes to the browser that wrote, and by e-mail.

Whoever knows the secret of a chat reads it; only its hash is kept.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from habitue.app.house import House
from habitue.app.inbox.shop_hours import promised_at
from habitue.app.inbox.writing_in import Writing, write_in
from habitue.dialogue.strays import chat_said
from habitue.words.vocabulary import Thread

SECRET = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
PLACE = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Line:
    """One thing that was said in a chat; `who` of the shop said it, empty for her. `place` is its number, to go on from there."""

    place: str
    is_hers: bool
    words: str
    who: str = ""


def chat_in(house: House, writing: Writing, secret: str) -> str:
    """Takes in a message; gives the secret of its chat, a new one where that is none of ours. Raises: as `write_in`."""
    known = SECRET.fullmatch(secret) and chat_said(house.truth, _hash(secret))
    secret = secret if known else secrets.token_urlsafe(16)
    write_in(house, writing, _hash(secret))
    return secret


def lines_after(house: House, secret: str, place: str) -> list[Line]:
    """What was said in a chat behind a place; all of it where that is none. What a person attached to a customer, or let go, is here no more."""
    after = int(place) if PLACE.fullmatch(place) else 0
    rows = chat_said(house.truth, _hash(secret), after)
    return [Line(str(number), is_theirs, words, "" if is_theirs else who or house.settings.brand) for number, words, who, is_theirs in rows]


def answered_by(house: House) -> int:
    """Until when whoever writes now is promised an answer. Units: UTC seconds."""
    return promised_at(house.settings, house.clock.instant(), Thread.QUESTION)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
