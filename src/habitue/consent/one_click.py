"""The lines of a message's head by which a mail program offers the way out: one press, without a page, a login or a question."""

from __future__ import annotations

from urllib.parse import urlencode

from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Purpose

PRESSED = "List-Unsubscribe=One-Click"
"""What a mail program sends to the address when she presses. Source: RFC 8058, section 3.2."""
TURNED = str.maketrans("", "", "\r\n<>")


def way_out_address(site: str, secret: str, purpose: Purpose, channel: Channel) -> str:
    """The address of a way out: of a message for that purpose by that way. What stands behind the question mark says what the message was, and opens nothing.

    Raises: BadInput where the site is not one that a mail program may press: it must be reached by https (RFC 8058, section 3.1).
    """
    if not site.startswith("https://"):
        raise BadInput(f"The site “{site[:60]}” cannot take a way out by one press; its address must begin with https://.")
    return f"{site.rstrip('/')}/out/{secret}?{urlencode({'for': purpose.name.lower(), 'by': channel.name.lower()})}"


def list_unsubscribe(site: str, secret: str, purpose: Purpose, mailbox: str = "") -> dict[str, str]:
    """The two lines for the head of an e-mail; `mailbox` is where a reply that says stop is read. Both must be covered by the message's DKIM signature.

    Raises: BadInput as `way_out_address`.
    Source: RFC 2369, section 3.2; RFC 8058, section 3.1.
    """
    return unsubscribe_lines(way_out_address(site, secret, purpose, Channel.EMAIL), mailbox)


def unsubscribe_lines(address: str, mailbox: str = "") -> dict[str, str]:
    """The same, where the address of the way out is made already."""
    ways = [f"<{address.translate(TURNED)}>", *([f"<mailto:{mailbox.translate(TURNED)}?subject=stop>"] if mailbox else [])]
    return {"List-Unsubscribe": ", ".join(ways), "List-Unsubscribe-Post": PRESSED}
