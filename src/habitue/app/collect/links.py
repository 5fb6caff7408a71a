"""What the address of a page claims about its visitor (`ajs_uid`, `ajs_aid`, `ajs_trait_…`): whoever wrote the link said it, nobody else.

Browsers' clients read an address each in its own way: one cuts a value at its second “=” and decodes no name, another does the contrary, and both give back
undecoded what they cannot decode. What any of them may have read is taken for the link's word: too much costs a recognition, too little another's card.
Source: @segment/analytics-next, `core/query-string/index.ts`; @rudderstack/analytics-js, `retrieveEventsFromQueryString`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, unquote_plus

from habitue.app.collect.wire import Message, trimmed

Claims = Mapping[str, set[str]]
"""By each name that begins with `ajs_`, the values that may have been read there, as `wire.key_of` writes a key."""
MARK = "ajs_"


def said_by_link(message: Message) -> Claims:
    """Everything that the address of the page may have told of her."""
    found: dict[str, set[str]] = defaultdict(set)
    for query in set(_queries(message)):
        if MARK not in query and "%" not in query:
            continue
        for part in query.split("&"):
            told, _, rest = part.partition("=")
            for name in {told, unquote_plus(told)}:
                if name.startswith(MARK):
                    found[name] |= {trimmed(reading) for value in {rest, rest.partition("=")[0]} for reading in (value, unquote(value), unquote_plus(value))}
    return found


def _queries(message: Message) -> Iterator[str]:
    """The parts of an address that a client may read: what follows its first “?”, and in what follows “#” its last."""
    page, properties = message.context.page if message.context else None, message.properties or {}
    told = [page.search, page.url] if page else []
    if message.type == "page":
        told += [text for name in ("search", "url") if isinstance(text := properties.get(name), str)]
    for text in filter(None, told):
        address, _, fragment = text.partition("#")
        yield address.partition("?")[2] if "?" in address else address
        yield fragment.rpartition("?")[2]
