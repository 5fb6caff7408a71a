"""The clients that brands run, themselves: only the host is another."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

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


BROWSERS = {
    "segment": (
        "@segment/analytics-next/dist/umd/index.js",
        "const [a] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey: KEY, cdnURL: HOST }); window.client = a",
    ),
    "rudder": (
        "@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js",
        "const a = new rudderanalytics.RudderAnalytics(); a.load(KEY, HOST, { configUrl: HOST }); window.client = a",
    ),
}
SAID = """
  client.page('Home')
  client.track('Product Viewed', { product_id: 'p1' })
  client.identify('cust-42', { email: 'camille@example.fr', firstName: 'Camille' })
  client.track('Order Completed', { order_id: 'o-1', total: 24.9, products: [{ product_id: 'p1', quantity: 1, price: 24.9 }] })
"""


@pytest.mark.parametrize("client", BROWSERS)
def test_a_browsers_client_needs_only_a_new_host(door: Listening, page: Page, client: str) -> None:
    file, load = BROWSERS[client]
    script = (TOLD / "node_modules" / file).read_text(encoding="utf-8")
    page.goto(f"http://localhost:{door.port}/shop")
    page.add_script_tag(content=script)
    page.evaluate(f"async () => {{ const KEY = '{KEY}', HOST = 'http://127.0.0.1:{door.port}'; {load} }}")
    page.evaluate(f"() => {{ {SAID} }}")
    names = {"Page Viewed", "Product Viewed", "Customer Described", "Order Completed"}
    until = time.monotonic() + 20
    while len(log := door.settled()) < len(names) and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert {one.name for one in log} == names
    assert {one.customer_key for one in log} == {"cust-42"}, "what came before she said who she is joined her"
    assert door.customers() == {"cust-42": "Camille"}
