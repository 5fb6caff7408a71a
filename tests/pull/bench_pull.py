"""How fast a shop of loopback is fetched and sorted: `python -m tests.pull.bench_pull`. The shop itself takes no time worth counting."""

from __future__ import annotations

import copy
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from habitue.app.pull.opening import add_shop
from habitue.app.pull.pulling import pull
from habitue.store import load_settings
from tests.pull.peer import TOKEN, Peer

CUSTOMERS, ORDERS = 1_000, 4_000


def main(tell: Callable[[str], None] = print) -> None:
    """Prints one line for a first pull, and one for a pull with nothing new."""
    with Peer("shopify") as peer, tempfile.TemporaryDirectory() as folder:
        peer.page_size = 250
        (customer, *_), (order, *_) = peer.holds["customers"], peer.holds["orders"]
        peer.holds["customers"] = [{**copy.deepcopy(customer), "id": 10_000 + n, "email": f"c{n}@example.org", "phone": None} for n in range(CUSTOMERS)]
        buyers = peer.holds["customers"]
        peer.holds["orders"] = [{**order, "id": 100_000 + n, "customer": buyers[n % CUSTOMERS], "refunds": []} for n in range(ORDERS)]
        settings = load_settings(Path(folder))
        shop = add_shop(settings, "atelier", "shopify", peer.address, None, {"token": TOKEN})
        for what in ("a first pull", "a pull with nothing new"):
            peer.asked.clear()
            began = time.perf_counter()
            news = pull(settings, shop).news
            took = time.perf_counter() - began
            tell(f"{what}: {sum(news.values()):,} objects in {took:.1f} s, {len(peer.asked)} requests")


if __name__ == "__main__":
    main()
