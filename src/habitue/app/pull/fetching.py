"""Asking a shop over HTTP: the one place that calls out to it, patiently, within limits, and never with its credentials to anybody else.

It reads only. A redirect is refused, whatever it leads to; proxies and password files of the machine are not looked at.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2
import msgspec

from habitue.app.pull.shops import Shop
from habitue.words.errors import BadInput, Busy, Refused, Unknown

CONNECT_SECONDS, SILENT_SECONDS, WHOLE_SECONDS = 10.0, 30.0, 180.0
"""How long a shop may take to open, to be silent within an answer, and to come to its end."""
MOST_BYTES = 48 * 1024 * 1024
BACK_OFF_SECONDS = (1.0, 2.0, 4.0, 8.0)
"""How long to wait after each failure; after one more it is given up."""
MOST_TURNS_AWAY = 30
LONGEST_WAIT_SECONDS = 60.0
FULL_PERMILLE, LEAK_SECONDS = 800, 1.0
"""From how full a bucket of requests on, and how long, to wait. Source: Shopify, "REST Admin API rate limits"."""
TOO_MANY, ELSEWHERE, UNAUTHORISED, GONE = 429, (301, 302, 303, 307, 308), (401, 403), 404
TOKEN_ADDRESS = "/admin/oauth/access_token"
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a shop answered. Header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def at(self) -> int:
        """The shop's own clock, in UTC seconds; 0 where it does not say."""
        try:
            return int(parsedate_to_datetime(self.headers.get("date", "")).timestamp())
        except (TypeError, ValueError):
            return 0


class _Token(msgspec.Struct):
    access_token: str


class Fetching:
    """A line to one shop; a context manager. `pause` waits so many seconds."""

    def __init__(self, shop: Shop, pause: Callable[[float], None] = time.sleep) -> None:
        self.shop, self.pause = shop, pause
        self.host = urlsplit(shop.address).hostname or shop.address
        self.client = httpx2.Client(
            auth=httpx2.BasicAuth(shop.key, shop.secret) if shop.key else None,
            headers={"user-agent": "Habitue", "accept": "application/json", "accept-encoding": "gzip"},
            timeout=httpx2.Timeout(SILENT_SECONDS, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Fetching:
        try:
            if self.shop.kind == "shopify":
                self.client.headers["x-shopify-access-token"] = self.shop.token or self._token()
        except BaseException:
            self.client.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        self.client.close()

    def get(self, path: str, params: Mapping[str, str], read: Callable[[Answer], Read]) -> Read:
        """What an address of the shop holds, as `read` understands it; asked again where the shop stumbles, told apart from where it refuses.

        Raises: Busy where it stays unreachable or keeps turning us away; Refused where the credentials are none of its, or it sends us elsewhere;
        Unknown and BadInput where the address or the answer is not what is expected. Each says what to do.
        """
        return self._asked("GET", path, params, None, read)

    def _asked(self, method: str, path: str, params: Mapping[str, str], form: Mapping[str, str] | None, read: Callable[[Answer], Read]) -> Read:
        failures = turns_away = 0
        while True:
            try:
                answer = self._once(method, path, params, form)
                if answer.status < 500 and answer.status != TOO_MANY:
                    found = read(self._accepted(answer))
                    self._leak(answer)
                    return found
                wrong = f"it answers {answer.status}"
            except (httpx2.TransportError, httpx2.DecodingError) as broken:
                answer, wrong = None, f"no answer comes to its end ({type(broken).__name__})"
            except Broken as broken:
                answer, wrong = None, str(broken)
            if answer and answer.status == TOO_MANY and turns_away < MOST_TURNS_AWAY:
                turns_away += 1
                self.pause(_retry_after(answer))
                continue
            if failures == len(BACK_OFF_SECONDS):
                raise Busy(f"{self.host} cannot be read just now: {wrong}. Nothing is lost; the next `habitue pull` goes on where this one stopped.")
            self.pause(BACK_OFF_SECONDS[failures])
            failures += 1

    def _once(self, method: str, path: str, params: Mapping[str, str], form: Mapping[str, str] | None) -> Answer:
        """One request. Raises: BadInput as soon as an answer is too large."""
        until = time.monotonic() + WHOLE_SECONDS
        parts, length = [], 0
        with self.client.stream(method, self.shop.address + path, params=params, data=form) as response:
            for part in response.iter_bytes():
                parts.append(part)
                length += len(part)
                if length > MOST_BYTES:
                    raise BadInput(f"{self.host} answers with more than {MOST_BYTES // 1024 // 1024} MB, which no page of a shop has.")
                if time.monotonic() > until:
                    raise Broken(f"an answer takes more than {WHOLE_SECONDS:g} seconds")
            return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, b"".join(parts))

    def _accepted(self, answer: Answer) -> Answer:
        if answer.status in ELSEWHERE:
            where = urlsplit(answer.headers.get("location", "")).hostname or "another page"
            raise Refused(f"{self.host} sends us elsewhere, to {where}; credentials go only where you said. Where it has moved, end the shop and add it anew.")
        if answer.status in UNAUTHORISED:
            again = f"`habitue shop add {self.shop.name} …` replaces them."
            raise Refused(f"{self.host} does not accept these credentials ({answer.status}), or they may not read this; {again}")
        if answer.status == GONE:
            raise Unknown(f"{self.host} has no {self.shop.kind} shop at {self.shop.address}; look at the address.")
        if answer.status >= 400:
            raise NotThis(f"{self.host} answers {answer.status} to what {self.shop.kind} should understand.")
        return answer

    def _leak(self, answer: Answer) -> None:
        """Waits a little where the shop's patience is nearly used up: “38/40”."""
        used, _, size = answer.headers.get("x-shopify-shop-api-call-limit", "").partition("/")
        if used.isdigit() and size.isdigit() and int(used) * 1000 >= int(size) * FULL_PERMILLE:
            self.pause(LEAK_SECONDS)

    def _token(self) -> str:
        """A token for a day, as an app of the shop's owner gets it. Source: Shopify, "Client credentials grant"."""
        form = {"grant_type": "client_credentials", "client_id": self.shop.client_id, "client_secret": self.shop.client_secret}
        return self._asked("POST", TOKEN_ADDRESS, {}, form, lambda answer: decoded(answer, _Token)).access_token


class NotThis(BadInput):
    """The shop does not understand this request: for instance a place in its list that is gone."""


class Broken(Exception):
    """An answer that is worth asking for again."""

    def __init__(self, why: str = "its answer is not the JSON that such a shop tells") -> None:
        super().__init__(why)


def decoded(answer: Answer, kind: type[Read]) -> Read:
    """An answer's JSON as a type; broken JSON is asked for again."""
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise Broken from wrong


def _retry_after(answer: Answer) -> float:
    """Source: RFC 9110, section 10.2.3."""
    text = answer.headers.get("retry-after", "")
    try:
        return min(max(float(text), 0.5), LONGEST_WAIT_SECONDS)
    except ValueError:
        return 2.0
