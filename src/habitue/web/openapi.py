"""The intake described for programs, as OpenAPI 3.1: its addresses, what may be told there, and every answer. Served at /v1/openapi.json.

The fields are those of `wire.py` itself, so that a field which we read cannot be missing here; this file adds the words, the limits and the answers.
Source: OpenAPI Specification 3.1.1; JSON Schema 2020-12.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from habitue import __version__
from habitue.app.collect.letters import ORDERS
from habitue.app.collect.wire import BATCH, LONGEST_KEY, MOST_BATCH_BYTES, MOST_EVENT_BYTES, MOST_EVENTS, SHORT, Message

Told = dict[str, Any]
BEACON = "/beacon/v1/batch"
DESCRIPTION = "/v1/openapi.json"
SETTINGS, SOURCE = "/v1/projects/{writeKey}/settings", "/sourceConfig"
SCRIPT, PART = "/analytics.js/v1/{writeKey}/analytics.min.js", "/analytics-next/bundles/{name}"
KINDS = {
    "identify": "Who somebody is.",
    "order": "What she bought, or gave back: an order, its correction, what came of it back to the shop.",
    "track": "What she did: a look at a product, or what the source calls it.",
    "page": "That she looked at a page.",
    "screen": "That she looked at a screen of an app.",
    "group": "To whom a source counts her.",
    "alias": "By what she was known before.",
}
NEEDED = {"order": ["event", "properties"], "track": ["event"], "group": ["groupId"], "alias": ["previousId"]}
ANSWERS = {
    200: "It is on the disk.",
    304: "It is the same as before.",
    400: "It cannot be read; the sentence says why. Of a batch, what is right is taken, and 400 comes only where nothing is.",
    401: "The write key is none of ours, or none was told.",
    404: "There is no such thing; the sentence stands in a comment.",
    405: "Events are told by POST, and settings are asked for by GET.",
    408: "The request was not told to its end.",
    413: "The request, or the event, is too large.",
    429: "More comes in than can be written down just now: send it again after `Retry-After`.",
    503: "It could not be written down: send it again after `Retry-After`.",
}
TAKING, ASKING = (400, 401, 405, 408, 413, 429, 503), (401, 405, 503)
KEY, INSTANT, REFUSAL = "#/components/schemas/Key", "#/components/schemas/Instant", "#/components/schemas/Refusal"


@lru_cache(maxsize=1)
def description() -> bytes:
    """The whole description, as JSON."""
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Habitué: what sources tell",
                "version": __version__,
                "description": f"Events are told as Segment's clients tell them. An event may have {MOST_EVENT_BYTES // 1024} KB, a request "
                f"{MOST_BATCH_BYTES // 1024} KB. Gzip is recognised by its first bytes, JSON whatever the content type says. 200 comes once it is on the disk.",
            },
            "servers": [{"url": "/"}],
            "security": [{"user": []}, {"address": []}, {}],
            "paths": {**_told_to(), **_asked_of()},
            "components": {"schemas": _schemas(), "securitySchemes": _locks()},
        }
    )


def _told_to() -> Told:
    words = {**{long: long for long in SHORT.values()}, **SHORT}
    return {**{f"/v1/{last}": _post(kind, last) for last, kind in words.items()}, BEACON: _post(BATCH, "beacon")}


def _post(kind: str, last: str) -> Told:
    about = "Several messages at once." if kind == BATCH else KINDS[kind]
    bodies = [{"$ref": f"#/components/schemas/{name.capitalize()}"} for name in (("order", kind) if kind == "track" else (kind,))]
    done = {"description": ANSWERS[200], "content": _json({"$ref": "#/components/schemas/Done"})}
    return {
        "post": {
            "operationId": f"tell_{last}",
            "summary": about,
            "parameters": [{"name": "Sec-GPC", "in": "header", "description": "1 where she asks not to be followed.", "schema": {"enum": ["0", "1"]}}],
            "requestBody": {"required": True, "content": _json({"anyOf": bodies})},
            "responses": {"200": done, **_refusals(TAKING)},
        }
    }


def _asked_of() -> Told:
    key = {"name": "writeKey", "in": "path", "required": True, "schema": {"type": "string"}}
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    settings = {"200": {"description": "The settings.", "content": _json({"type": "object"})}, **_refusals(ASKING)}
    script = {"description": "The script.", "content": {"text/javascript": {"schema": {"type": "string"}}}}
    scripts = {"200": script, "304": {"description": ANSWERS[304]}, **_refusals((405, 503)), **_refusals((400, 404), "text/javascript")}
    return {
        SETTINGS: _get("settings", "What Segment's clients ask for before they begin.", settings, key),
        SOURCE: _get("source", "What RudderStack's clients ask for before they begin.", settings, None),
        SCRIPT: _get("script", "Segment's client for a page, with this house for every address that it knows.", scripts, key, is_open=True),
        PART: _get("part", "A part of that client that it fetches when it is needed.", scripts, name, is_open=True),
        DESCRIPTION: _get("description", "This description.", {"200": settings["200"], **_refusals((405, 503))}, None, is_open=True),
    }


def _get(name: str, about: str, responses: Told, parameter: Told | None, *, is_open: bool = False) -> Told:
    told: Told = {"operationId": f"ask_{name}", "summary": about, "responses": responses}
    if parameter:
        told["parameters"] = [parameter]
    if is_open or name == "settings":
        told["security"] = []
    return {"get": told}


def _refusals(statuses: tuple[int, ...], kind: str = "application/json") -> Told:
    content = _json({"$ref": REFUSAL}) if kind == "application/json" else {kind: {"schema": {"type": "string"}}}
    wait = {"headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}}
    return {str(status): {"description": ANSWERS[status], "content": content, **(wait if status in (429, 503) else {})} for status in statuses}


def _schemas() -> dict[str, Told]:
    """The kinds of message with what they need, and the parts that they share, as the types of `wire.py` say."""
    _, parts = msgspec.json.schema_components((Message,), ref_template="#/components/schemas/{name}")
    fields = {**parts.pop("Message")["properties"], **_refined()}
    messages = {kind.capitalize(): _message(kind, about, fields) for kind, about in KINDS.items()}
    every = [{"$ref": f"#/components/schemas/{name}"} for name in messages]
    batch = {"type": "array", "minItems": 1, "maxItems": MOST_EVENTS, "items": {"anyOf": every}}
    head = {"batch": batch, "sentAt": fields["sentAt"], "writeKey": fields["writeKey"]}
    return {
        **parts,
        **messages,
        "Batch": {"type": "object", "description": "Several messages of a source.", "required": ["batch"], "properties": head},
        **_bought(),
        "Key": {"anyOf": [{"type": "string", "minLength": 1, "maxLength": LONGEST_KEY}, {"type": "integer"}], "description": "An id that a source gives."},
        "Instant": {"type": "string", "format": "date-time", "description": "ISO 8601; without a zone it is UTC."},
        "Done": {"type": "object", "required": ["success"], "properties": {"success": {"const": True}}},
        "Refusal": {
            "type": "object",
            "required": ["success", "error"],
            "properties": {"success": {"const": False}, "error": {"type": "string", "minLength": 1, "description": "What is wrong, in a sentence."}},
        },
    }


def _message(kind: str, about: str, fields: dict[str, Told]) -> Told:
    named = [{"required": [name], "properties": {name: {"$ref": KEY}}} for name in ("userId", "anonymousId")]
    shapes: Told = {name: {"$ref": KEY} for name in ("groupId", "previousId")}
    shapes["event"] = {"enum": sorted(ORDERS)} if kind == "order" else {"anyOf": [{"const": "Product Viewed"}, {"type": "string", "minLength": 1}]}
    shapes["properties"] = {"$ref": "#/components/schemas/Bought"}
    needed = {name: shapes[name] for name in NEEDED.get(kind, ())}
    properties = {**fields, **needed, "type": {"const": "track" if kind == "order" else kind}}
    return {"type": "object", "description": about, "required": ["type", *needed], "properties": properties, "anyOf": named}


def _bought() -> dict[str, Told]:
    """An order's properties, and its lines."""
    amount: Told = {"anyOf": [{"type": "number", "minimum": -1e12, "maximum": 1e12}, {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$"}]}
    line = {"product_id": {"$ref": KEY}, "sku": {"$ref": KEY}, "quantity": amount, "price": amount}
    order = {
        "order_id": {"$ref": KEY},
        "currency": {"type": "string", "description": "The one in which the house counts, which it is if none is told."},
        "total": amount,
        "products": {
            "type": "array",
            "items": {"type": "object", "properties": line},
            "description": "Without any, `total` is the order; of a refund, all of it.",
        },
    }
    return {"Bought": {"type": "object", "required": ["order_id"], "properties": order}}


def _refined() -> dict[str, Told]:
    """What the types do not say of a message's fields."""
    key, instant = _or_nothing({"$ref": KEY}), _or_nothing({"$ref": INSTANT})
    ids = dict.fromkeys(("userId", "anonymousId", "previousId", "groupId", "messageId"), key)
    return {**ids, **dict.fromkeys(("timestamp", "originalTimestamp", "sentAt"), instant), "writeKey": _or_nothing({"type": "string"})}


def _or_nothing(told: Told) -> Told:
    return {"anyOf": [told, {"type": "null"}]}


def _locks() -> dict[str, Told]:
    return {
        "user": {"type": "http", "scheme": "basic", "description": "The write key is the user; the password is not looked at."},
        "address": {"type": "apiKey", "in": "query", "name": "writeKey", "description": "It may also stand in the body, as `writeKey`."},
    }


def _json(schema: Told) -> Told:
    return {"application/json": {"schema": schema}}
