"""The clients that brands run, themselves: only the host is another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from habitue.events.model import OrderCompleted, OrderLine
from tests.collect.conftest import KEY, Listening

TOLD = Path(__file__).parent / "told"


@pytest.mark.parametrize("client", ["segment_python.py", "rudder_python.py", "segment_node.mjs", "rudder_node.mjs"])
def test_a_servers_client_needs_only_a_new_host(door: Listening, client: str) -> None:
    program = sys.executable if client.endswith(".py") else "node"
    command = [program, str(TOLD / client), f"http://127.0.0.1:{door.port}", KEY]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    log = {one.name: one for one in door.settled()}
    assert set(log) == {"Order Completed", "Page Viewed", "Customer Described"}
    assert {one.customer_key for one in log.values()} == {"cust-42"}
    assert door.customers() == {"cust-42": "Camille"}
    assert isinstance(bought := log["Order Completed"].body, OrderCompleted)
    assert bought.lines == (OrderLine("p1", 1000, 2490),)
