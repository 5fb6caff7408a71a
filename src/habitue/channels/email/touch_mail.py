"""A word of the brand's as an e-mail that she can answer, and leave by one press; what comes back says by its address to which word.

Source: RFC 8058 (one press, under the signature); RFC 3834, 5 (Auto-Submitted); RFC 5322, 3.6.2 (Reply-To); RFC 5321, 4.4 (where a report of failure goes).
Feedback-ID is what Gmail counts complaints by: up to three names, and who sends, with colons between.
"""

from __future__ import annotations

from dataclasses import dataclass

from habitue.channels.email.address import sendable
from habitue.channels.email.mail import Mail, address_of, compose, heads_of
from habitue.consent.one_click import unsubscribe_lines
from habitue.content.rendering import Rendered


@dataclass(frozen=True)
class Envelope:
    """What stands round the words. `number` makes the Message-ID: the same touch, sent again, bears the same. Units: `at` is in UTC seconds.

    `way_out` is the address of one press (`consent.one_click.way_out_address`), empty for a word that answers what she ordered or asked;
    `reply_to` and `bounce_to` are made by `tokens.address_back`.
    """

    brand: str
    sender: str
    to: str
    number: str
    at: int
    way_out: str
    reply_to: str
    bounce_to: str
    feedback: str = ""


def touch_mail(rendered: Rendered, envelope: Envelope) -> Mail:
    """The letter as it leaves. Its Mail's sender is the address that a report of failure goes to.

    Raises: BadInput where an address is none; Refused where the head came out as another than we set.
    """
    sender, to, reply_to, bounce_to = (sendable(each) for each in (envelope.sender, envelope.to, envelope.reply_to, envelope.bounce_to))
    heads = heads_of(envelope.brand, sender, to, rendered.subject, envelope.number, envelope.at) | {"Reply-To": address_of(reply_to)}
    lines = unsubscribe_lines(envelope.way_out, reply_to if reply_to.isascii() else "") if envelope.way_out else {}
    lines |= {"Feedback-ID": envelope.feedback} if envelope.feedback else {}
    folded = {name: value.replace(", ", ",\r\n ") for name, value in lines.items()}
    return Mail(bounce_to, to, str(heads["Message-ID"]), compose(heads, rendered.text, rendered.html, rendered.language, folded))
