"""Serving the console: one process, quietly, with nothing about anyone in the log."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from habitue.app.collect.intake import Intake
from habitue.app.inbox.fetching_mail import MailWorker
from habitue.app.inbox.handed_mail import HandedMail
from habitue.app.looking import LookBook
from habitue.app.post.post_worker import PostWorker
from habitue.web.chat_site import Streams
from habitue.web.collecting import Collecting
from habitue.web.desk import Desk, HouseDesk
from habitue.web.opendsr import OpenDsr
from habitue.web.patience import Patient, most_connections
from habitue.web.peer import AtTheSocket
from habitue.web.site import site_at
from habitue.words.errors import BadInput, Busy

if TYPE_CHECKING:
    from habitue.app import House


def serve(house: House, host: str, port: int, announce: Callable[[], None]) -> None:
    """Serve the console of an open house, and take in what its sources tell, until it is interrupted; `announce` is called once all is open.

    Raises: BadInput or Busy where that port cannot be had.
    """
    settings = house.settings
    with (
        listening(host, port) as door,
        Intake(settings) as intake,
        LookBook(settings) as looks,
        PostWorker(settings),
        MailWorker(settings),
        HandedMail(settings),
    ):
        streams = Streams()
        Announced(configured(HouseDesk(house, looks), host, port, intake, house, streams), announce, streams).run(sockets=[door])


class Announced(uvicorn.Server):
    """A server that says so once it serves: from then on Ctrl-C ends it, however it was started."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None], streams: Streams | None = None) -> None:
        super().__init__(config)
        self._announce, self._streams = announce, streams or Streams()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._streams.end()  # whoever listens would be waited for
        await super().shutdown(sockets)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes any that is free.

    Raises: BadInput where there is no such port; Busy where it is taken. Both say what to do.
    """
    if not 0 <= port <= 65535:
        raise BadInput(f"{port} is not a port; choose one from 1 to 65535.")
    try:
        door = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # whoever is let in inherits it: without, each answer waits 40 ms for an acknowledgement
        return door
    except OSError as taken:
        raise Busy(f"The console cannot listen on {host}, port {port}: something else does, or it is not ours to use. Choose another port.") from taken


def configured(desk: Desk, host: str, port: int, intake: Intake | None = None, house: House | None = None, streams: Streams | None = None) -> uvicorn.Config:
    """How the server runs: no access log, because addresses hold customers' keys; and nobody may hold its connections without a word."""
    site: ASGIApp = site_at(desk, frozenset({host.lower(), f"[{host.lower()}]"}), streams=streams)
    if house and house.settings.opendsr_domain:
        site = OpenDsr(site, house)
    return uvicorn.Config(
        AtTheSocket(Collecting(site, intake) if intake else site, desk.settings.proxies),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # done by us, so that the peer is not forgotten, and by our settings, not by the environment
        server_header=False,
        lifespan="off",
        http=Patient,
        ws="none",
        limit_concurrency=most_connections(),
    )
