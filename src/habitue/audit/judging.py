"""The verdict on every past send: the guards of judgement, asked as of the instant of each, customers part by part."""

from __future__ import annotations

from collections.abc import Callable

from habitue.store import step_text
from habitue.store.columnar import Columnar
from habitue.store.relations import compiled
from habitue.words.reasons import Reason

INSTEAD = {
    "bought_type": "sent_bought",
    "affinity": "sent_affinity",
    "candidate": "sent_candidate",
    "said_about": "sent_about",
    "stock_now": "sent_stock",
}
"""Which relation an audit reads in place of another: the same columns, narrowed to what was named."""
STEPS = (
    *("said_leave", "permission"),
    *("customer_now", "stated", "taste", "visit", "rhythm", "said_before", "her", "bought_type", "habit", "foreseen", "affinity", "offer_touched"),
    *("said_about", "stock_now", "ignored", "about_her", "way", "candidate", "valued_item", "best_item", "guarded", "untouched"),
)
BITS = {reason.name.lower(): 1 << reason for reason in Reason}
LAID_OUT = frozenset({"weekday_habit"})
Progress = Callable[[str, int, int], None]


def judge(engine: Columnar, parts: int, progress: Progress) -> None:
    """Fills `verdict` with one row a send: its wrongs as bits, which of them could be looked for at all, and the evidence."""
    engine.run(step_text("audit", "no_verdict"))
    texts = {step: compiled(step, "duckdb", instead=INSTEAD, bases=LAID_OUT | set(STEPS[:done])) for done, step in enumerate(STEPS)}
    for part in range(parts):
        for name in ("part_moment", "part_asked", "part_line", "part_basket"):
            engine.run(step_text("audit", name).format(part=part))
        for step in STEPS:
            engine.keep(step, texts[step])
        engine.run(step_text("audit", "verdict").format(**BITS))
        engine.drop(*STEPS)
        progress("judging", part + 1, parts)
    engine.drop("moment", "asked", "line", "basket")
