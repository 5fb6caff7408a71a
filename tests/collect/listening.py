"""The intake without the console, for kills: it starts in half a second. `python -m tests.collect.listening --data DIR --port N`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import uvicorn

from habitue.app.collect.intake import Intake
from habitue.store import load_settings
from habitue.web.collecting import Collecting


def main() -> None:
    """Takes in what comes until it is ended."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--port", type=int, required=True)
    told = asked.parse_args()
    with Intake(load_settings(told.data)) as intake:
        uvicorn.run(Collecting(_nobody, intake), host="127.0.0.1", port=told.port, log_level="critical", lifespan="off")


async def _nobody(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    main()
