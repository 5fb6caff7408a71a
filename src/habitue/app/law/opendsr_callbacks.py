"""Telling who passed a request of the law on that its status has changed: signed, to hosts that the brand has named and to nobody else.

What was told, and what was tried in vain, stands in the case's log.
Source: OpenDSR specification, sections 8.5 to 8.8.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import httpx2
import msgspec

from habitue.app.house import House, open_house
from habitue.app.law.opendsr import VERSION, may_call, named, status_word
from habitue.app.law.opendsr_signing import Signer
from habitue.app.law.requesting import act
from habitue.app.opening import open_up
from habitue.app.rounds import rounds
from habitue.consent.law.callbacks import Callback, claim, due_callbacks, settle
from habitue.consent.law.model import Case, Did
from habitue.consent.law.records import cases
from habitue.store import Settings, Truth, clock_of

LOOK_EVERY_SECONDS = 20.0
ANSWER_SECONDS = 10.0
BACK_OFF_SECONDS = (60, 300, 1_800, 7_200, 21_600, 86_400)
"""How long to wait after each attempt in vain; after one more it is given up."""
WHO = "OpenDSR"


@contextmanager
def told_outside(settings: Settings) -> Iterator[None]:
    """While this lasts, each change of status is told where somebody asked for it."""

    def look() -> None:
        with closing(open_up(settings)) as truth:
            is_new = bool(_news(truth, settings, clock_of(settings).instant()))
        if is_new:
            with open_house(settings) as house:
                tell_changes(house)

    if not (settings.opendsr_domain and settings.opendsr_callbacks):
        yield
        return
    with rounds("callbacks", LOOK_EVERY_SECONDS, look):
        yield


def tell_changes(house: House, trusted: ssl.SSLContext | None = None) -> int:
    """Tells every status that is new where it is to be told; gives how many attempts that took. `trusted`: certificates besides those of the system."""
    now, attempts = house.clock.instant(), 0
    with httpx2.Client(timeout=ANSWER_SECONDS, follow_redirects=False, trust_env=False, verify=trusted or ssl.create_default_context()) as client:
        for callback, case in _news(house.truth, house.settings, now):
            attempts += _tell(house, client, callback, case)
    return attempts


def _news(truth: Truth, settings: Settings, now: int) -> list[tuple[Callback, Case]]:
    """Where there is something to tell, and the time for it has come; at a host that the brand names no more nothing is told."""
    due = [callback for callback in due_callbacks(truth, now) if may_call(settings.opendsr_callbacks, callback.url)]
    found = cases(truth, {callback.number for callback in due})
    return [(callback, found[callback.number]) for callback in due if status_word(found[callback.number]) != callback.told]


def _tell(house: House, client: httpx2.Client, callback: Callback, case: Case) -> bool:
    """Tells one address how a case stands; gives whether it was tried, or somebody else does."""
    now, status = house.clock.instant(), status_word(case)
    is_last_try = callback.attempts >= len(BACK_OFF_SECONDS)
    wait = BACK_OFF_SECONDS[min(callback.attempts, len(BACK_OFF_SECONDS) - 1)]
    if not claim(house.truth, callback, now + wait):
        return False
    document = {**named(house, case), "status_callback_url": callback.url, "request_status": status, "api_version": VERSION}
    body = msgspec.json.encode(document)
    signer = Signer(house.settings.data, house.settings.opendsr_domain, now)
    answer, is_told = _posted(client, callback.url, body, signer.headers(body))
    act(house, callback.number, Did.NOTED, WHO, f"{urlsplit(callback.url).netloc}: {status} → {answer}{'' if is_told or not is_last_try else ' (given up)'}")
    if is_told or is_last_try:
        settle(house.truth, callback, status, case.is_over)
    return True


def _posted(client: httpx2.Client, url: str, body: bytes, headers: dict[str, str]) -> tuple[str, bool]:
    """What was answered, and whether that means that it was heard; what stands in the answer is not read."""
    try:
        with client.stream("POST", url, content=body, headers={**headers, "Content-Type": "application/json"}) as answer:
            return str(answer.status_code), answer.is_success
    except httpx2.HTTPError as wrong:
        return type(wrong).__name__, False
