"""Which fields of a message name a person, whoever wrote it: a number says who she is only where a number of hers is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CARD_FIELDS = ("loyaltyCard", "loyalty_card", "cardNumber", "card_number")
PHONE_FIELDS = ("phone",)
FIELDS: dict[str, tuple[str, ...]] = {
    "customer": (
        *("userId", "customerId", "customer", "customerKey", "customerNumber", "clientId", "memberId", "contactId", "externalId", "subscriberId"),
        *("profileId", "accountId", "buyerId", "personId", "user", "client", "member", "previousId", "ajs_uid"),
    ),
    "device": ("anonymousId", "deviceId", "clientId", "previousId", "ajs_aid"),
    "card": (*CARD_FIELDS, "card"),
    "phone": (*PHONE_FIELDS, "phoneNumber", "mobile", "telephone", "tel"),
}
"""By kind of identifier: the fields that hold one, as clients send them and as they are mistaken for. Compared without case and signs."""
OF_A_SHOP = {"customerid": ("customer",), "phone": ("phone",)}
"""Those of a web shop's objects: its `user_id` is somebody of its staff."""
OF_PERSONS = ("customer", "user", "client", "member", "contact", "buyer", "subscriber", "traits")
ITS_NUMBER = ("id", "key", "number")
DESCRIBING = ("customers", "consents")
"""The objects of a shop that are a person: their own number is hers."""
NOBODY = "0"
"""What a web shop writes for a guest."""
Named = tuple[str, str]


def messages_in(document: Any) -> list[Any]:
    """The messages of a document: those of a batch, each by itself, or it alone."""
    batch = document.get("batch") if isinstance(document, dict) else None
    return batch if isinstance(batch, list) and batch else [document]


def named_in(message: Any, words: str = "") -> list[Named]:
    """By which identifiers (kind, text) a decoded message names somebody, whoever she was before last.

    `words` is the kind of its request; one of a web shop has several, as in “shopify orders live”.
    """
    is_of_a_shop, is_person = " " in words, bool(set(words.split()) & set(DESCRIBING))
    now, before = list[Named](), list[Named]()
    for above, field, value in _fields(message):
        text, plain = str(value).strip(), _plain(field)
        if not text or (is_of_a_shop and text == NOBODY):
            continue
        is_hers = plain in ITS_NUMBER and (_plain(above) in (OF_PERSONS[:1] if is_of_a_shop else OF_PERSONS) or (is_person and not above))
        kinds = ("customer",) if is_hers else (OF_A_SHOP if is_of_a_shop else KINDS).get(plain, ())
        (before if plain == "previousid" else now).extend((kind, text) for kind in kinds)
    return [*now, *before]


def leaves(document: Any) -> Iterator[object]:
    """Every single value in a document, however deep; numbers as they are written."""
    return (value for _, _, value in _fields(document))


def _fields(document: Any) -> Iterator[tuple[str, str, object]]:
    """Every single value, with the name of its field and of the field that this lies in; what is in a list lies in the list's field."""
    waiting: list[tuple[str, str, Any]] = [("", "", document)]
    while waiting:
        above, field, each = waiting.pop()
        if isinstance(each, dict):
            waiting += [(field, str(name), value) for name, value in each.items()]
        elif isinstance(each, list | tuple):
            waiting += [(above, field, value) for value in each]
        elif each is not None and not isinstance(each, bool):
            yield above, field, each


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


KINDS = {plain: tuple(kind for kind, names in FIELDS.items() if plain in map(_plain, names)) for names in FIELDS.values() for plain in map(_plain, names)}
"""By plain name of a field: the kinds of identifier that it may hold."""
