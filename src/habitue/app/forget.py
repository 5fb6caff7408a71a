"""What was decided about her, and what imports and shops left of her: shown, and erased. How many were decided on for each reason stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from habitue.app.erasure.files import is_said_in
from habitue.events.forget import orders_of
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where, rows_where
from habitue.words.keys import positive_number
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel
from habitue.words.whom import Whom

HOLDS = {
    "touch_step": "what became of each word that was planned for her",
    "decision": "what was decided about her on each day, and why",
    "door_request": "what she asked for at an address that is not proved yet",
    "door_link": "the links by which she may prove it",
    "import_reject": "why a row of hers was not taken in",
    "import_run": "the name of a file, where it is hers",
    "shop_state": "a hash of her state, and of her orders', in a web shop",
}
NAMELESS_FILE = "…"
IN_PART = ("Buyer in part", *(f"Buyer in part {channel.name}" for channel in Channel))


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    found = {
        "decision": rows_where(truth, "decision", "customer_id", whom.profiles),
        "touch_step": rows_where(truth, "touch_step", "profile_id", whom.profiles),
        "shop_state": rows_where(truth, "shop_state", "state_id", _states(truth, whom)),
    }
    found["door_request"] = _requests(truth, whom)
    found["door_link"] = rows_where(truth, "door_link", "letter_id", [row["letter_id"] for row in found["door_request"]])
    runs = {run for run, _, _ in _rejects(truth, whom)}
    lines = {(run, line) for run, line, _ in _rejects(truth, whom)}
    found["import_reject"] = [row for row in rows_where(truth, "import_reject", "run_id", runs) if (row["run_id"], row["line"]) in lines]
    return found | {"import_run": rows_where(truth, "import_run", "run_id", [number for number, _ in _runs(truth, whom)])}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction."""
    _keep_counts(truth, rows_where(truth, "decision", "customer_id", whom.profiles))
    rejects, runs = list(_rejects(truth, whom)), list(_runs(truth, whom))
    counts = {"shop_state": drop_where(truth, "shop_state", "state_id", _states(truth, whom))}  # while her orders are known
    counts["touch_step"] = drop_where(truth, "touch_step", "profile_id", whom.profiles)
    counts["decision"] = drop_where(truth, "decision", "customer_id", whom.profiles)
    requests = [row["letter_id"] for row in _requests(truth, whom)]
    counts |= {name: drop_where(truth, name, "letter_id", requests) for name in ("door_link", "door_request")}
    drop_where(truth, "letter_attempt", "letter_id", requests)
    drop_where(truth, "letter", "letter_id", requests)
    truth.run_many(sql_text("app", "drop_import_reject"), [(run, line) for run, line, _ in rejects])
    truth.run_many(sql_text("app", "rename_import_run"), [(NAMELESS_FILE, number) for number, _ in runs])
    return counts | {"import_reject": len(rejects), "import_run": len(runs)}


def _requests(truth: Truth, whom: Whom) -> list[dict[str, Any]]:
    """What was asked for at an address of hers, or by a letter to her."""
    letters = [row["letter_id"] for row in rows_where(truth, "letter", "profile_id", whom.profiles)]
    found = rows_where(truth, "door_request", "email", whom.of_kind("email")) + rows_where(truth, "door_request", "letter_id", letters)
    return list({row["letter_id"]: row for row in found}.values())


def _keep_counts(truth: Truth, decisions: Iterable[dict[str, Any]]) -> None:
    """One decision a day, as everywhere: of several profiles of hers, a word before a silence."""
    by_day: dict[int, tuple[int, int]] = {}
    for row in decisions:
        day = row["day"]
        if day not in by_day or row["reason"] == Reason.SAID:
            by_day[day] = row["reason"], row["kind"]
    truth.run_many(sql_text("app", "add_forgotten_decision"), [(day, reason, kind) for day, (reason, kind) in sorted(by_day.items())])


def _rejects(truth: Truth, whom: Whom) -> Iterable[tuple[int, int, str]]:
    """Rows set aside whose reason repeats anything of hers: a value stands in it between quotation marks."""
    for run, line, reason in truth.run("SELECT run_id, line, reason FROM import_reject"):
        if is_said_in(reason, whom):
            yield run, line, reason


def _runs(truth: Truth, whom: Whom) -> Iterable[tuple[int, str]]:
    for run, file in truth.run("SELECT run_id, file FROM import_run"):
        if whom.is_in_file_name(file):
            yield run, file


def _states(truth: Truth, whom: Whom) -> list[int]:
    """Under which numbers shops' states of her, and of her orders, are kept: a shop knows her by its own number, which may follow the name of its source."""
    sources = [name for (name,) in truth.run("SELECT name FROM source")]
    keys = {part for key in whom.of_kind("customer") for part in (key, key.partition(":")[2]) if part}
    numbers = [positive_number("shop state", source, kind, key) for source in sources for key in keys for kind in ("Buyer", *IN_PART)]
    return numbers + [positive_number("shop state", source, "Purchase", key) for source, key in orders_of(truth, whom)]
