"""Where a mail server hands over what came in: a way out by answer counts at once, and an answer goes to its conversation.

Only a server of the house may, by its write key.
"""

from __future__ import annotations

from base64 import b64decode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from habitue.app.inbox.hearing_stop import Heard, Outcome
from habitue.dialogue.mail import MOST_BYTES
from habitue.web.api import as_json
from habitue.web.desk import Desk
from habitue.web.problems import problem
from habitue.words.addresses import LONGEST
from habitue.words.errors import BadInput, Refused

MAIL = "/api/mail"
NO_KEY = "Only a server of this house hands over mail: send its write key by Basic authentication (the key as user)."
TOO_LARGE = "This is no e-mail that can be read."


def mail_routes(desk: Desk) -> list[BaseRoute]:
    """The address at which mail is handed over, as it came (message/rfc822); `?to=` is whom the server took it for."""

    async def hand_over(request: Request) -> Response:
        try:
            key = _key(request)
            if not await run_in_threadpool(desk.may_hand_over_mail, key):
                raise Refused(NO_KEY)
            raw = await _body(request)
            received = await run_in_threadpool(desk.receive_mail, raw, request.query_params.get("to", "")[:LONGEST])
            heard = received.heard or Heard(Outcome.AUTOMATIC)
            told = {"came": received.came.value, "outcome": heard.outcome.value, "customers": heard.customers, "case": heard.case}
            return as_json({**told, "message": received.number})
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Route(MAIL, hand_over, methods=["POST"])]


def _key(request: Request) -> str:
    """The user of Basic authentication. Source: RFC 7617."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    try:
        return b64decode(told).decode().partition(":")[0] if scheme.lower() == "basic" else ""
    except ValueError:
        return ""


async def _body(request: Request) -> bytes:
    told = bytearray()
    async for part in request.stream():
        told += part
        if len(told) > MOST_BYTES:
            raise BadInput(TOO_LARGE)
    return bytes(told)
