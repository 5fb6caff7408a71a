"""The cap on words as tokens: two for 7 days and five for 28, each a row that one word takes for its span. Counting can be outrun; a row cannot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habitue.store import Truth, sql_text

Span = tuple[int, int, int]
"""Its days, how many words fit into it, and until when (a UTC second) a token taken now is gone."""


def take_tokens(truth: Truth, customers: Iterable[int], now: int, spans: Sequence[Span]) -> set[int]:
    """Takes one token of each span for every customer, inside the caller's transaction; gives those for whom none was free.

    Units: `now` in UTC seconds. A customer who gets one token and not the other keeps neither.

    Whoever takes the turn to write in the same transaction takes it first, as the plan does: a token given back under that turn waits for these rows.
    """
    lost: set[int] = set()
    take, give_back, lay = (sql_text("decide", name) for name in ("take_token", "give_back_token", "lay_tokens"))
    for customer in customers:
        taken: list[tuple[int, int]] = []
        for days, cap, until in spans:
            truth.run_many(lay, [(customer, days, slot) for slot in range(cap)])
            hers = (customer, days, now, cap)
            got = truth.run(take, (until, customer, days, *hers, now, *hers, customer, customer, days, now))
            if not got:
                lost.add(customer)
                break
            taken.append((days, int(got[0][0])))
        if customer in lost:
            for days, slot in taken:
                truth.run(give_back, (now, customer, days, slot))
    return lost
