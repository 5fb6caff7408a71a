"""What can be imported: each kind of file with its fields, the form of each, and which of them it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["key", "text", "quantity", "units", "money", "price", "instant", "day", "birthday", "flag", "feeling", "state",
               "place", "purpose", "channel", "level", "thread", "touch_kind", "happened", "currency", "subject", "strength", "told", "words",
               "attributes"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a row may tell. `default` is read like a value of the file; empty: nothing."""

    name: str
    form: Form
    is_needed: bool = False
    default: str = ""


def _needed(name: str, form: Form) -> Field:
    return Field(name, form, is_needed=True)


_ID = Field("id", "key")
_CUSTOMER = _needed("customer", "key")
_AT = _needed("at", "instant")
_LEVEL = Field("level", "level", default="product")


def _told(what: str) -> tuple[tuple[str, Form], ...]:
    """Whether that came back of what was sent, and when."""
    return (what, "flag"), (f"{what}_at", "instant")


def _leave(channel: str) -> tuple[tuple[str, Form], ...]:
    """Whether she agrees to be written to by a channel, and since when that holds."""
    return (f"agrees_{channel}", "flag"), (f"agrees_{channel}_at", "instant")


KINDS: dict[str, tuple[Field, ...]] = {
    "orders": (
        _needed("order", "key"),
        _CUSTOMER,
        _needed("sold_at", "instant"),
        _needed("product", "key"),
        _needed("quantity", "quantity"),
        Field("amount", "money"),
        Field("price", "price"),
        Field("shop", "key"),
        Field("place", "place"),
        Field("currency", "currency"),
        Field("line", "key"),
        Field("gift", "flag"),
    ),
    "products": (
        _LEVEL,
        Field("item", "key"),
        Field("product", "key"),
        Field("type", "key"),
        Field("category", "key"),
        Field("department", "key"),
        Field("name_en", "text"),
        Field("name_fr", "text"),
        Field("attributes", "attributes"),
    ),
    "customers": (
        _CUSTOMER,
        Field("since", "day"),
        Field("known_at", "instant"),
        Field("birthday", "birthday"),
        *(Field(name, "text") for name in ("title", "given_name", "family_name", "email", "phone", "street", "postcode", "city", "country", "language")),
        Field("card", "key"),
        *(Field(name, "flag") for name in ("has_email", "has_sms", "has_post", "has_phone")),
        *(Field(name, form) for channel in ("email", "sms") for name, form in _leave(channel)),
    ),
    "consents": (
        _CUSTOMER,
        _needed("purpose", "purpose"),
        _needed("channel", "channel"),
        Field("granted", "flag", default="yes"),
        _AT,
        Field("proof", "text"),
        _ID,
    ),
    "touches": (
        _CUSTOMER,
        _needed("action", "key"),
        _needed("kind", "touch_kind"),
        _needed("channel", "channel"),
        _AT,
        Field("touch", "key"),
        _LEVEL,
        Field("item", "key"),
        Field("asking", "flag"),
    ),
    "sends": (
        _CUSTOMER,
        _AT,
        Field("happened", "happened", default="sent"),
        Field("channel", "channel", default="email"),
        Field("kind", "touch_kind"),
        Field("message", "key"),
        *(Field(name, "text") for name in ("campaign", "subject")),
        *(Field(name, form) for what in ("answered", "left", "bounced") for name, form in _told(what)),
    ),
    "answers": (_needed("touch", "key"), Field("customer", "key"), _AT, _ID),
    "preferences": (
        _CUSTOMER,
        Field("subject", "subject", default="thing"),
        _LEVEL,
        _needed("item", "key"),
        _needed("feeling", "feeling"),
        _AT,
        Field("strength", "strength", default="plain"),
        Field("told", "told", default="she-said"),
        Field("quote", "words"),
        Field("until", "day"),
        Field("health", "flag"),
        Field("where", "text"),
        _ID,
    ),
    "stock": (_LEVEL, _needed("item", "key"), _needed("units", "units"), _AT, _ID),
    "conversations": (_CUSTOMER, _needed("thread", "key"), _needed("kind", "thread"), _needed("state", "state"), _AT, _ID),
    "pauses": (_CUSTOMER, _needed("until", "day"), _AT, _ID),
}
LINE_FIELDS = frozenset(("product", "quantity", "amount", "price", "line", "name", "type", "category", "department"))
"""What each line of an order tells for itself; the rest may stand on the order's first row alone."""
