"""Who has an identifier is found by its value, also where the database has counted nothing yet: the first minutes of a shop are its busiest."""

from __future__ import annotations

from habitue.store import Truth, sql_text

KNOWN, ASKED = 20_000, 100


def plan_of(truth: Truth) -> str:
    """How the database means to find whose some values are."""
    text = sql_text("identity", "identifiers")
    values = [f"c{number}" for number in range(ASKED)]
    if truth.dialect == "postgres":
        return "\n".join(str(line) for (line,) in truth.run(f"EXPLAIN {text.replace('IN (?)', '= ANY (CAST(? AS TEXT[]))')}", ("customer", values)))
    listed = text.replace("IN (?)", f"IN ({', '.join('?' * ASKED)})")
    return "\n".join(row[-1] for row in truth.run(f"EXPLAIN QUERY PLAN {listed}", ("customer", *values)))


def test_identifiers_are_found_by_their_value_in_a_house_that_nobody_has_counted(truth: Truth) -> None:
    with truth.transaction():
        truth.run_many("INSERT INTO identifier (kind, value, profile_id) VALUES ('customer', ?, ?)", [(f"c{n}", n) for n in range(KNOWN)])
    by_value = "value = ANY" if truth.dialect == "postgres" else "value=?"
    found = [line for line in plan_of(truth).splitlines() if by_value in line]
    assert found
    assert all("Index Cond" in line or "SEARCH i USING PRIMARY KEY" in line for line in found), found
