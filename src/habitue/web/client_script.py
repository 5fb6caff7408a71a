"""Segment's browser client, as a page loads it by the usual snippet: for every address that it knows it gets this house's.

What lies in `static/analytics-next/` is npm's to the byte; what must be another is replaced on its way out, so that a page which names only us
fetches from us, tells us, and calls nobody else, not even when something goes wrong.
Source: @segment/analytics-next, `src/browser/standalone.ts`, `src/lib/parse-cdn.ts`, `src/lib/embedded-write-key.ts`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FIRST, LAST = "/analytics.js/v1/", "/analytics.min.js"
PARTS = "/analytics-next/bundles/"
VENDORED = files("habitue.web") / "static" / "analytics-next"
HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")
FRESH, FOR_GOOD = b"public, max-age=300", b"public, max-age=31536000, immutable"
"""A key that ends is gone from caches within minutes; a part carries the hash of its content in its name."""
NO_KEY = "This write key is none of ours; `habitue source list` shows those that are."
NO_PART = "There is no such part."
NO_HOST = "The request names no host that could be ours."
Headers = Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer to a browser that asked for a script."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Script:
    """A script, plain and zipped, with the mark by which a browser asks whether it is still the same."""

    plain: bytes
    zipped: bytes
    mark: str


def is_script(path: str) -> bool:
    """Whether an address is one of a client's scripts."""
    return (path.startswith(FIRST) and path.endswith(LAST)) or path.startswith(PARTS)


def script(path: str, headers: Headers, scheme: str, keys: Collection[str]) -> Told:
    """What is answered to whoever asks for a script; a no is a comment in it."""
    if path.startswith(PARTS):
        name = path.removeprefix(PARTS)
        return _told(_part(name), headers, FOR_GOOD) if name in _parts() else _no(404, NO_PART)
    key = path.removeprefix(FIRST).removesuffix(LAST)
    if key not in keys:
        return _no(404, NO_KEY)
    host = headers.get(b"host", b"").decode("latin-1")
    if not HOST.fullmatch(host):  # it stands in the script, and must end no string there
        return _no(400, NO_HOST)
    return _told(_client(key, host, scheme), headers, FRESH)


def replacements(key: str, host: str, scheme: str) -> dict[str, str]:
    """What is another in the client that we hand out.

    It finds its host in the address of its own script, where that begins with https; else it would ask its maker. Its reports of failures, and what
    it lets very old browsers fetch, would go to others too. It would let a link say who its visitor is, and even what stands after the “#”, of which it
    tells us nothing: the one it does only where the page asks for it (`useQueryString: true`), the other never.
    """
    return {
        "__WRITE_KEY__": json.dumps(key)[1:-1],
        "https://cdn.segment.com": f"{scheme}://{host}",
        "api.segment.io/v1": f"{host}/v1",
        "https://cdnjs.cloudflare.com/ajax/libs/babel-polyfill/7.7.0/polyfill.min.js": "",
        "//# sourceMappingURL=standalone.js.map": "",
        "!1===this.options.useQueryString?": "!this.options.useQueryString?",
        r'return r.length?r:n.replace(/(?=#).*(?=\?)/,"")': "return r",
    }


@lru_cache(maxsize=32)
def _client(key: str, host: str, scheme: str) -> Script:
    text = (VENDORED / "standalone.js").read_text(encoding="utf-8")
    for theirs, ours in replacements(key, host, scheme).items():
        text = text.replace(theirs, ours)
    return _made(text.encode())


@lru_cache(maxsize=32)
def _part(name: str) -> Script:
    return _made((VENDORED / name).read_bytes())


@lru_cache(maxsize=1)
def _parts() -> frozenset[str]:
    """What the client may fetch later with the settings that we give it: links that name somebody, tracked links and forms, a filter of events."""
    return frozenset(file.name for file in VENDORED.iterdir() if ".bundle." in file.name)


def _made(plain: bytes) -> Script:
    return Script(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:32])


def _told(made: Script, headers: Headers, kept: bytes) -> Told:
    """Source: RFC 9110, sections 8.8.3 (two encodings, two marks), 12.5.3 and 13.1.2."""
    is_zipped = _takes_gzip(headers.get(b"accept-encoding", b"").decode("latin-1"))
    mark = f'"{made.mark}{"-gzip" if is_zipped else ""}"'.encode()
    more = [(b"etag", mark), (b"cache-control", kept), (b"vary", b"Accept-Encoding"), *_OPEN]
    known = {one.strip().removeprefix(b"W/") for one in headers.get(b"if-none-match", b"").split(b",")}
    if {mark, b"*"} & known:
        return Told(304, more, b"")
    zipped = [(b"content-encoding", b"gzip")] if is_zipped else []
    return Told(200, [_KIND, *more, *zipped], made.zipped if is_zipped else made.plain)


def _no(status: int, sentence: str) -> Told:
    return Told(status, [_KIND, (b"cache-control", b"no-store"), *_OPEN], f"// {sentence}\n".encode())


_KIND = (b"content-type", b"text/javascript; charset=utf-8")
_OPEN = [(b"access-control-allow-origin", b"*"), (b"cross-origin-resource-policy", b"cross-origin")]


def _takes_gzip(told: str) -> bool:
    """Whether gzip is among the encodings that are taken: named, and not with a weight of nothing."""
    for one in told.lower().split(","):
        name, _, weight = one.replace(" ", "").partition(";q=")
        if name in ("gzip", "*"):
            return weight.strip("0.") != "" or not weight
    return False
