"""The consent ledger: every leave given and every leave withdrawn is a row, the latest known wins; the proof stays with the event."""

from __future__ import annotations

from collections.abc import Sequence

from habitue.events.model import ConsentGiven, ConsentWithdrawn, Recorded
from habitue.store import Truth, sql_text


def write_consents(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps what was given or withdrawn; inside the transaction that recorded it."""
    rows = [
        (record.what.profile_id, record.what.known_at, record.seq, int(event.purpose), int(event.channel), int(isinstance(event, ConsentGiven)))
        for record in recorded
        if isinstance(event := record.what.event, ConsentGiven | ConsentWithdrawn)
    ]
    truth.run_many(sql_text("consent", "add_consent"), rows)
