"""What became of what she said to us, and what the shop noted beside it: shown, and erased. Her words themselves are events."""

from __future__ import annotations

from typing import Any

from habitue.consent.forget import alone
from habitue.store import Truth
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

HOLDS = {
    "attachment": "files that came with what she wrote",
    "answer_letter": "by which letters she was answered",
    "proposal_settled": "which things that she said were kept or let go, and by whom",
    "model_proposal": "what a model suggested that she says, at the wish of somebody of the shop",
    "closing_note": "which messages of hers were answered by a machine: that the shop is closed",
    "reminder": "which waits of hers the shop's own people were reminded of",
    "talk_given": "who of the shop has a conversation with her in hand",
    "talk_note": "what the shop noted beside a conversation with her",
    "satisfaction": "when we asked whether we had answered well, and what she said",
    "stray": "answers of hers of which nobody knew, or was told, whose they are",
    "stray_answer": "what we answered to those",
    "stray_note": "what the shop noted beside those",
    "stray_reminder": "which of those the shop's own people were reminded of",
}
BY_SEQ = ("attachment", "answer_letter", "closing_note", "model_proposal", "proposal_settled", "reminder")
BY_STRAY = ("attachment", "stray_answer", "stray_note", "stray_reminder")
BY_PROFILE = ("satisfaction", "talk_given", "talk_note")


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    said = _said(truth, whom)
    strays = _strays(truth, whom, said)
    hers = {relation: rows_where(truth, relation, "seq", said) for relation in BY_SEQ} | {"stray": strays}
    for relation in BY_STRAY:
        hers[relation] = hers.get(relation, []) + rows_where(truth, relation, "stray_id", _numbers(strays))
    return hers | {relation: rows_where(truth, relation, "profile_id", whom.profiles) for relation in BY_PROFILE}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction."""
    said = _said(truth, whom)
    numbers = _numbers(_strays(truth, whom, said))
    gone = {relation: drop_where(truth, relation, "seq", said) for relation in BY_SEQ} | {"stray": drop_where(truth, "stray", "stray_id", numbers)}
    for relation in BY_STRAY:
        gone[relation] = gone.get(relation, 0) + drop_where(truth, relation, "stray_id", numbers)
    return gone | {relation: drop_where(truth, relation, "profile_id", whom.profiles) for relation in BY_PROFILE}


def _numbers(strays: list[dict[str, Any]]) -> list[int]:
    return [row["stray_id"] for row in strays]


def _strays(truth: Truth, whom: Whom, said: list[int]) -> list[dict[str, Any]]:
    """What was said to be hers; and what came from an address that she alone has, or names her, or our answer or note does."""
    hers = alone(truth, whom)
    told = truth.run("SELECT stray_id, sender, subject, words, name FROM stray WHERE sender <> ''")
    found = {number for number, sender, *texts in told if hers.is_identified("email", sender) or any(map(hers.is_named_in, texts))}
    ours = (*truth.run("SELECT stray_id, words FROM stray_answer"), *truth.run("SELECT stray_id, words FROM stray_note"))
    found |= {number for number, words in ours if hers.is_named_in(words)}
    return rows_where(truth, "stray", "seq", said) + rows_where(truth, "stray", "stray_id", sorted(found))


def _said(truth: Truth, whom: Whom) -> list[int]:
    return [row["seq"] for row in rows_where(truth, "conversation_fact", "profile_id", whom.profiles)]
