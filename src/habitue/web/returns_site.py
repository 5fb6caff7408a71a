"""Where relays tell what came back of our letters: `POST /api/returns/brevo` and so on, by the write key of a server, or by Amazon's signature."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from habitue.app.post.relay_returns import provider_named
from habitue.web.api import as_json
from habitue.web.desk import Desk
from habitue.web.opendsr import key_in
from habitue.web.problems import problem, problem_page
from habitue.words.errors import BadInput

RETURNS = "/api/returns/"
NO_KEY = "Put the write key of a server (`habitue source add NAME --server`) before the @ of this address, as https://KEY@…, or send it as a Bearer token."
MOST_BYTES, MOST_SIGNED_BYTES = 10_000_000, 1_000_000
TOO_LARGE = "This is larger than anything that a relay sends."


def returns_routes(desk: Desk) -> list[BaseRoute]:
    """The address of every relay that is known."""

    async def take(request: Request) -> Response:
        try:
            name = request.path_params["relay"]
            is_signed = provider_named(name).is_signed
            key = key_in(request.headers.get("authorization", ""))
            if not is_signed and not await run_in_threadpool(desk.may_hand_over_mail, key):
                return _locked(request)
            raw = await _body(request, MOST_SIGNED_BYTES if is_signed else MOST_BYTES)
            return as_json(await run_in_threadpool(desk.take_returns, name, raw))
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    def _locked(request: Request) -> Response:
        """Some senders say who they are only when they are asked. Source: RFC 9110, section 11.6.1."""
        answer = problem_page(request, desk.settings, desk.today(), 401, NO_KEY)
        answer.headers["WWW-Authenticate"] = 'Basic realm="habitue"'
        return answer

    return [Route(RETURNS + "{relay}", take, methods=["POST"])]


async def _body(request: Request, most: int) -> bytes:
    told = bytearray()
    async for part in request.stream():
        told += part
        if len(told) > most:
            raise BadInput(TOO_LARGE)
    return bytes(told)
