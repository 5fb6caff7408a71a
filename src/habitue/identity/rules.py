"""How an identifier is written so that the same address always reads the same."""

from __future__ import annotations

from habitue.identity.model import IdentifierKind, Revision


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
