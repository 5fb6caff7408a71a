"""Which messages are a visit of hers: she was there herself, on the site or in the app, or followed a link there."""

from __future__ import annotations

import re

from habitue.app.collect.letters import BROWSING, Letter
from habitue.events.model import AnyEvent, Tracked

OF_MESSAGES = frozenset(("email", "emails", "mail", "mails", "courriel", "newsletter", "campaign", "push", "notification", "sms", "mms", "whatsapp"))
BY_HAND = frozenset(("click", "clicks", "clicked", "tap", "tapped"))
WORD = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+")


def is_visit(letter: Letter, event: AnyEvent) -> bool:
    """Whether it shows that she was there.

    What a tool tells of its messages (Email Delivered, Email Opened, Push Notification Received, Email Marked as Spam) does not: a mail program opens, a
    server sends. A link that was clicked does. What else a server tells under a name of its own (Points Expired) is its own doing, unless it names a page.
    Source: Segment, "Email spec" and "Mobile spec"; CNIL, délibération n° 2021-131: a click is a contact, an e-mail opened is none.
    """
    if not isinstance(event, Tracked):
        return isinstance(event, BROWSING)
    named = {word.casefold() for word in WORD.findall(event.name.replace("-", ""))}
    if named & OF_MESSAGES:
        return not named.isdisjoint(BY_HAND)
    return not letter.source.is_server or bool(letter.message.context and letter.message.context.page)
