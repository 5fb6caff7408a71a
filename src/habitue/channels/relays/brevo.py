"""What Brevo tells of transactional e-mail, one event or, batched, several in a list.

Source: Brevo, “Transactional webhooks”, “Batched webhooks” and “Secure webhook calls” (developers.brevo.com/docs).
"""

from __future__ import annotations

from habitue.channels.relays.reading import status_in, text, undelivered
from habitue.channels.returns import Report, Return

FOR_GOOD, SOFT = ("hard_bounce", "invalid_email"), ("soft_bounce",)
SAID = {"blocked": Return.FOR_NOW, "error": Return.REFUSED, "spam": Return.COMPLAINT, "complaint": Return.COMPLAINT, "unsubscribed": Return.LEFT}
"""`blocked`: Brevo itself did not try, because of what came back before; it is counted, as a mailbox that takes nothing."""


def reports(entry: dict[str, object]) -> list[Report]:
    """What one event says; nothing of any that tells no return."""
    event, mark, to, status = text(entry, "event").lower(), text(entry, "X-Mailin-custom"), text(entry, "email"), status_in(text(entry, "reason"))
    if event in FOR_GOOD or event in SOFT:
        return [Report(undelivered(event in FOR_GOOD, status), mark, to, status)]
    return [Report(SAID[event], mark, to, status)] if event in SAID else []
