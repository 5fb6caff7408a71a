"""Serving the console: one process, quietly, with nothing about anyone in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from habitue.web.site import create_site

if TYPE_CHECKING:
    from habitue.app import House


def serve(house: House, host: str, port: int) -> None:
    """Serve the console until it is interrupted.

    The access log is off: addresses hold customers' keys. A port already taken ends with uvicorn's own sentence and exit code 1.
    """
    config = uvicorn.Config(
        create_site(house, frozenset({host.lower(), f"[{host.lower()}]"})),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
    )
    uvicorn.Server(config).run()
