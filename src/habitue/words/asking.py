"""Who asks, and by which door, while a request or a command is answered: what is written beside everything that somebody looked at or did."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asking:
    """Who, as she or her proxy says (empty where nobody does), and the door: `console`, `api` or `cli`; empty where nobody of the shop asks."""

    who: str = ""
    door: str = ""


NOBODY = Asking()
LONGEST_NAME = 60
ASKING: ContextVar[Asking] = ContextVar("asking", default=NOBODY)


def plain_name(text: str) -> str:
    """A name without signs that nobody can read, and no longer than one is."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_NAME]
