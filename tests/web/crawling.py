"""A scanner that follows every link of every message, and what the database says to it: `python -m tests.web.crawling --messages 1000`."""

from __future__ import annotations

import argparse
import email
import hashlib
import re
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from starlette.testclient import TestClient

from habitue.app import House
from habitue.consent.one_click import list_unsubscribe, way_out_address
from habitue.identity.her_links import LinkKind, make_link
from habitue.identity.records import who_is
from habitue.store import Truth
from habitue.web import create_site
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import CATALOGUE, CONSENTS, ORDERS, PEOPLE, Shop, settings_at, veal, weekly

SITE = "https://shop.test"
CUSTOMERS = ("martin", "karim", "lucie", "paul", "anne")
PURPOSES = (Purpose.ADVICE, Purpose.OFFERS, Purpose.INVITATIONS)
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgres": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
}


def secret_of(house: House, customer: str, kind: LinkKind = "out") -> str:
    """A new link of hers."""
    with house.truth.transaction():
        return make_link(house.truth, who_is(house.truth, "customer", [customer])[customer].profile_id, kind, house.clock.instant())


def messages(house: House, how_many: int) -> Iterator[bytes]:
    """Messages as they will leave: the way out in the head, and in the body with the link to her page."""
    for number in range(how_many):
        customer, purpose = CUSTOMERS[number % len(CUSTOMERS)], PURPOSES[number % len(PURPOSES)]
        secret, message = secret_of(house, customer), EmailMessage()
        for name, value in list_unsubscribe(SITE, secret, purpose).items():
            message[name] = value
        message.set_content(f"Bonjour\n{SITE}/her/{secret_of(house, customer, 'page')}\n{way_out_address(SITE, secret, purpose, Channel.EMAIL)}\n", cte="8bit")
        yield message.as_bytes()


def everything_in(truth: Truth) -> dict[str, str]:
    """The hash of every row of each table."""
    rows = {table: sorted(map(repr, truth.run(f"SELECT * FROM {table}"))) for (table,) in truth.run(TABLES[truth.dialect])}
    return {table: hashlib.sha256("\n".join(found).encode()).hexdigest() for table, found in rows.items()}


def crawl(house: House, how_many: int) -> tuple[int, set[str]]:
    """How many links of so many messages were followed, and in which tables anything changed by it."""
    sent = list(messages(house, how_many))
    house.when()  # the month's lesson is learned by whoever asks first, and would be by anybody
    before, followed = everything_in(house.truth), 0
    scanner = TestClient(create_site(house), base_url="http://localhost", follow_redirects=True)
    for raw in sent:
        message = email.message_from_bytes(raw)
        for link in sorted(set(re.findall(rf"{SITE}[^\s>]*", f"{message['List-Unsubscribe']} {message.get_payload()}"))):
            parts = urlsplit(link)
            assert scanner.get(f"{parts.path}?{parts.query}").status_code == 200
            followed += 1
    after = everything_in(house.truth)
    return followed, {table for table in after if after[table] != before.get(table)}


def main() -> None:
    """Prints the figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=1_000)
    how_many: int = asked.parse_args().messages
    with TemporaryDirectory() as folder:
        shop = Shop(settings_at(Path(folder) / "house"), Path(folder) / "desk").book(veal())
        for kind, rows in (("products", CATALOGUE), ("customers", PEOPLE), ("orders", ORDERS + "".join(map(weekly, CUSTOMERS)))):
            shop.bring(kind, rows)
        shop.bring("consents", CONSENTS + "".join(f"{name},advice,email,yes,2017-06-01\n" for name in CUSTOMERS))
        with shop.open() as house:
            followed, changed = crawl(house, how_many)
    sys.stdout.write(f"Every link of {how_many:,} messages by GET: {followed:,} followed, tables changed: {', '.join(sorted(changed)) or 'none'}\n")
    sys.exit(bool(changed))


if __name__ == "__main__":
    main()
