"""What Postmark tells by its webhooks for bounces, complaints and changes of subscription, one a request.

Source: Postmark, “Bounce webhook”, “Spam complaint webhook”, “Subscription change webhook” and “Bounce types” (postmarkapp.com/developer).
"""

from __future__ import annotations

from habitue.channels.relays.reading import status_in, text, undelivered
from habitue.channels.returns import Report, Return

FOR_GOOD = ("hardbounce", "bademailaddress")
FOR_NOW = ("softbounce", "dnserror", "unknown", "transient", "manuallydeactivated")
OF_US = ("spamnotification", "blocked", "virusnotification", "dmarcpolicy", "smtpapierror", "templaterenderingfailed")
SAID = {"spamcomplaint": Return.COMPLAINT, "unsubscribe": Return.LEFT} | dict.fromkeys(OF_US, Return.REFUSED)


def reports(entry: dict[str, object]) -> list[Report]:
    """What one webhook says; nothing of an automatic answer, of an address that lives again, or of what the shop itself changed there."""
    record, mark, to = text(entry, "RecordType").lower(), _mark(entry), text(entry, "Email", "Recipient")
    if record == "spamcomplaint":
        return [Report(Return.COMPLAINT, mark, to)]
    if record == "subscriptionchange":
        return [Report(Return.LEFT, mark, to)] if _is_left(entry) else []
    kind, status = text(entry, "Type").lower(), status_in(text(entry, "Details"))
    if record != "bounce":
        return []
    if kind in FOR_GOOD or kind in FOR_NOW:
        return [Report(undelivered(kind in FOR_GOOD, status), mark, to, status)]
    return [Report(SAID[kind], mark, to, status)] if kind in SAID else []


def _is_left(entry: dict[str, object]) -> bool:
    """Whether the reader herself wants no more: a hard bounce and a complaint are told once more by their own webhooks."""
    is_hers = text(entry, "Origin").lower() == "recipient" and text(entry, "SuppressionReason").lower() == "manualsuppression"
    return entry.get("SuppressSending") is True and is_hers


def _mark(entry: dict[str, object]) -> str:
    told = entry.get("Metadata")
    return text({str(name).lower(): value for name, value in told.items()}, "letter") if isinstance(told, dict) else ""
