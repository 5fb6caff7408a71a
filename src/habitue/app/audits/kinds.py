"""What an audit reads: each kind of file with its fields, for files of any layout that nobody prepared.

Unlike the kinds of an import, hardly anything is needed: who, when and what. Everything else makes the verdicts sharper.
"""

from __future__ import annotations

from habitue.app.imports.kinds import Field, Form


def _needed(name: str, form: Form) -> Field:
    return Field(name, form, is_needed=True)


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "text") for name in names)


_CUSTOMER = _needed("customer", "key")
_LEVEL = Field("level", "level")

AUDIT_KINDS: dict[str, tuple[Field, ...]] = {
    "sends": (
        _CUSTOMER,
        _needed("at", "instant"),
        Field("channel", "channel", default="email"),
        Field("kind", "touch_kind"),
        Field("message", "key"),
        _LEVEL,
        *_texts("campaign", "thing", "subject", "text", "sender", "first_name"),
        Field("answered_at", "instant"),
        Field("answered", "flag"),
        Field("bounced_at", "instant"),
        Field("bounced", "flag"),
        Field("cost", "money"),
    ),
    "orders": (
        _needed("order", "key"),
        _CUSTOMER,
        _needed("sold_at", "instant"),
        _needed("product", "key"),
        Field("quantity", "quantity"),
        Field("amount", "money"),
        Field("price", "price"),
        *_texts("name", "type", "category", "department"),
        Field("place", "place"),
        Field("currency", "currency"),
    ),
    "preferences": (_CUSTOMER, _needed("item", "text"), _LEVEL, _needed("feeling", "feeling"), Field("at", "instant")),
    "messages": (
        _CUSTOMER,
        _needed("at", "instant"),
        Field("thread", "key"),
        Field("kind", "thread"),
        Field("state", "state"),
        Field("direction", "text"),
    ),
    "consents": (
        _CUSTOMER,
        Field("granted", "flag", default="yes"),
        Field("at", "instant"),
        Field("purpose", "purpose"),
        Field("channel", "channel", default="email"),
    ),
    "catalogue": (_needed("product", "key"), *_texts("name", "type", "category", "department", "part_of", "campaign")),
    "stock": (_needed("item", "text"), _LEVEL, _needed("units", "units"), _needed("at", "instant")),
}
