"""What Amazon SES tells: a notification, or an event of a configuration set; both have the same parts under two names.

Source: Amazon SES Developer Guide, “Amazon SNS notification contents for Amazon SES” and “Contents of event data that Amazon SES publishes to Amazon SNS”.
"""

from __future__ import annotations

from habitue.channels.relays.reading import status_in, text, undelivered
from habitue.channels.returns import Report, Return

MOST_RECIPIENTS = 50
NOT_TRIED = ("suppressed", "onaccountsuppressionlist", "unsubscribedrecipient")


def reports(entry: dict[str, object]) -> list[Report]:
    """What one notification says; nothing of a delivery, of a delay, or of a complaint that is none."""
    kind = text(entry, "notificationType", "eventType").lower()
    part, mark = entry.get(kind), text(entry.get("mail"), "source").rpartition("@")[0].rpartition("<")[2]
    if not isinstance(part, dict):
        return []
    if kind == "bounce":
        return [_bounced(part, each, mark) for each in _recipients(part, "bouncedRecipients")]
    if kind == "complaint" and text(part, "complaintFeedbackType").lower() != "not-spam":
        return [Report(Return.COMPLAINT, mark, text(each, "emailAddress")) for each in _recipients(part, "complainedRecipients")]
    return [Report(Return.LEFT, mark)] if kind == "subscription" and _is_left(part) else []


def _bounced(part: dict[str, object], recipient: object, mark: str) -> Report:
    """One recipient; where SES did not even try, for what came back before, it is counted, as a mailbox that takes nothing."""
    status, is_tried = status_in(text(recipient, "status", "diagnosticCode")), text(part, "bounceSubType").lower() not in NOT_TRIED
    is_for_good = text(part, "bounceType").lower() == "permanent" and is_tried
    return Report(undelivered(is_for_good, status), mark, text(recipient, "emailAddress"), status)


def _recipients(part: dict[str, object], name: str) -> list[object]:
    """Whom it is about; where it names nobody, the one that the letter went to."""
    told = part.get(name)
    return told[:MOST_RECIPIENTS] if isinstance(told, list) and told else [{}]


def _is_left(part: dict[str, object]) -> bool:
    preferences = part.get("newTopicPreferences")
    return isinstance(preferences, dict) and preferences.get("unsubscribeAll") is True
