"""Which messages tell of her, and which are a visit of hers: she was there herself, on the site or in the app, or followed a link there."""

from __future__ import annotations

import re

from habitue.app.collect.letters import BROWSING, Letter
from habitue.events.model import AnyEvent, Tracked
from habitue.identity.rules import plain

OF_MESSAGES = frozenset(("email", "emails", "mail", "mails", "courriel", "newsletter", "campaign", "push", "notification", "sms", "mms", "whatsapp"))
BY_HAND = frozenset(("click", "clicks", "clicked", "tap", "tapped", "clic", "clics", "clique", "cliquee", "cliques", "cliquees"))
BY_A_MACHINE = frozenset(("bot", "bots", "robot", "robots", "scan", "scanner", "scanners", "scanned"))
WORD = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+")


def is_sign(event: AnyEvent) -> bool:
    """Whether it tells of her: she is kept for three years from it.

    What a tool tells of its messages (Email Delivered, Email Opened, Push Notification Received, Email Marked as Spam) does not: a mail program opens, a
    server sends. A link that was clicked does, unless by a machine. Source: Segment, "Email spec" and "Mobile spec"; CNIL, délibération n° 2021-131: a click
    is a contact, an e-mail opened is none.
    """
    if not isinstance(event, Tracked):
        return isinstance(event, BROWSING)
    named = _words(event)
    return named.isdisjoint(OF_MESSAGES) or (not named.isdisjoint(BY_HAND) and named.isdisjoint(BY_A_MACHINE))


def is_visit(letter: Letter, event: AnyEvent) -> bool:
    """Whether it shows that she was there, so that she may be written to for three years from it.

    What a server tells under a name of its own may be its own doing (Points Expired) or hers (Haircut Done): it is a visit where it names a page.
    """
    is_named_by_server = isinstance(event, Tracked) and letter.source.is_server and _words(event).isdisjoint(OF_MESSAGES)
    return is_sign(event) and (not is_named_by_server or bool(letter.message.context and letter.message.context.page))


def _words(event: Tracked) -> set[str]:
    return {plain(word) for word in WORD.findall(event.name.replace("-", ""))}
