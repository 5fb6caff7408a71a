"""The links of a letter of our own accord: `/go/LINK/MARK`. LINK names a stored address, the same for everybody; MARK the letter that it stood in.

No address stands in it, and nobody without the house's key can make either half: it leads nowhere but where a letter of ours has led. What is kept tells of
no customer, so that a link in an old letter still leads there when she was forgotten.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import urlsplit

from habitue.content.rendering import leads_somewhere
from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash

LINK_BYTES = 16
LINK = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
LONGEST = 2_000
PLAIN = re.compile(r"[!-~]+", re.ASCII)


def is_led(address: str, site: str) -> bool:
    """Whether a link of a letter goes over this house: one to another site, that stands in a head of HTTP as it is."""
    if not PLAIN.fullmatch(address) or len(address) > LONGEST or not leads_somewhere(address):
        return False
    parts = urlsplit(address)
    return parts.scheme in ("https", "http") and parts.hostname != urlsplit(site).hostname


def store_link(truth: Truth, key: bytes, address: str) -> str:
    """Keeps where a link leads; gives its name, the same each time. Inside a transaction."""
    link = base64.urlsafe_b64encode(keyed_hash(key, "link", address)[:LINK_BYTES]).decode("ascii").rstrip("=")
    truth.run(sql_text("channels", "add_link_target"), (link, address))
    return link


def target_of(truth: Truth, link: str) -> str:
    """Where a link leads; empty where we never made it."""
    rows = truth.run(sql_text("channels", "link_target"), (link,)) if LINK.fullmatch(link) else []
    return str(rows[0][0]) if rows else ""
