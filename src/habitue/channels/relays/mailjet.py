"""What Mailjet's Event API tells: one event, or, in its version 2, those of a second in a list.

Source: Mailjet, “Event API: real-time notifications”, with its table of errors (dev.mailjet.com).
"""

from __future__ import annotations

from habitue.channels.relays.reading import status_in, text, undelivered
from habitue.channels.returns import Report, Return

GONE = ("user unknown", "mailbox inactive", "invalid domain", "no mail host")
OF_US = ("relay/access denied", "sender blocked", "content blocked", "policy issue", "duplicate in campaign")
SAID = {"spam": Return.COMPLAINT, "unsub": Return.LEFT}


def reports(entry: dict[str, object]) -> list[Report]:
    """What one event says; nothing of any that tells no return."""
    event, mark, to, status = text(entry, "event").lower(), text(entry, "CustomID"), text(entry, "email"), status_in(text(entry, "comment"))
    if event in ("bounce", "blocked"):
        return [Report(_undelivered(entry, event, status), mark, to, status)]
    return [Report(SAID[event], mark, to)] if event in SAID else []


def _undelivered(entry: dict[str, object], event: str, status: str) -> Return:
    """By Mailjet's own table; “preblocked” is counted, as a mailbox that takes nothing: it did not even try."""
    error = text(entry, "error").lower()
    if error in OF_US:
        return Return.REFUSED
    is_for_good = (event == "blocked" or entry.get("hard_bounce") is True) and error in GONE
    return undelivered(is_for_good, status if is_for_good else "")
