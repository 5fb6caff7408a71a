"""A word of the brand's as an e-mail that she can answer, and leave by one press; what comes back says by its address to which word.

Source: RFC 8058 (one press, under the signature); RFC 3834, 5 (Auto-Submitted); RFC 5322, 3.6.2 (Reply-To); RFC 5321, 4.4 (where a report of failure goes).
Feedback-ID is what Gmail counts complaints by: up to three names, and who sends, with colons between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from habitue.channels.email.address import sendable
from habitue.channels.email.mail import Mail, Words, address_of, compose, heads_of, page_of, plain
from habitue.consent.one_click import unsubscribe_lines
from habitue.content.rendering import Rendered

MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,900}>", re.ASCII)


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


def answer_mail(words: Words, envelope: Envelope, answers: str) -> Mail:
    """A person's answer as it leaves, in the thread of her mail whose Message-ID `answers` is (RFC 5322, 3.6.4), empty where it answers none.

    No machine wrote it, so that it says nothing of itself as one (RFC 3834, 5). Raises: as `touch_mail`.
    """
    return _in_thread(words, envelope, answers, {})


def automatic_mail(words: Words, envelope: Envelope, answers: str) -> Mail:
    """The same by a machine: it says so, and no report of its failure comes back to anybody (RFC 3834, 3.1.7 and 3.3). Raises: as `touch_mail`."""
    return replace(_in_thread(words, envelope, answers, {"Auto-Submitted": "auto-replied"}), sender="")


def asking_mail(words: Words, envelope: Envelope) -> Mail:
    """A letter of a machine's own accord in the house's own words: it can be left by one press, and answered. Raises: as `touch_mail`."""
    made = Rendered(words.subject, page_of(words, envelope.brand), plain(words), words.language)
    return touch_mail(made, envelope)


def _in_thread(words: Words, envelope: Envelope, answers: str, more: dict[str, str]) -> Mail:
    sender, to, reply_to, bounce_to = (sendable(each) for each in (envelope.sender, envelope.to, envelope.reply_to, envelope.bounce_to))
    heads = heads_of(envelope.brand, sender, to, words.subject, envelope.number, envelope.at) | {"Reply-To": address_of(reply_to)}
    del heads["Auto-Submitted"]
    heads |= more
    lines = {"In-Reply-To": answers, "References": answers} if MESSAGE_ID.fullmatch(answers) else {}
    return Mail(bounce_to, to, str(heads["Message-ID"]), compose(heads, plain(words), page_of(words, envelope.brand), words.language, lines))


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
