"""How an identifier is written so that the same address always reads the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from habitue.identity.model import IdentifierKind, Person, Revision

TOLD_TOGETHER = (("title", "given_name", "family_name"), ("email",), ("phone",), ("street", "postcode", "city", "country"), ("language",))
"""What belongs together in a person: a name is never put together from two, nor an address."""


def normalised(kind: IdentifierKind, value: str) -> str:
    """An identifier in its one spelling: e-mail addresses in small letters, telephone numbers as digits with a leading + kept."""
    value = value.strip()
    if kind == "email":
        return value.casefold()
    if kind == "phone":
        digits = "".join(sign for sign in value if sign.isdigit())
        return "+" + digits if value.startswith("+") else digits
    return value


def is_described(revision: Revision) -> bool:
    """Whether anybody ever told us more of her than that she bought."""
    return any((revision.birthday_mmdd, revision.has_email, revision.has_sms, revision.has_post, revision.has_phone))


def one_person(told: Sequence[Person]) -> Person:
    """The person whom several profiles tell of: each thing as the first that knows it tells it."""
    whole = Person()
    for names in TOLD_TOGETHER:
        parts: list[dict[str, Any]] = [{name: getattr(person, name) for name in names} for person in told]
        whole = replace(whole, **next((part for part in parts if any(part.values())), {}))
    return whole
