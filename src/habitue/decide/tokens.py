"""The cap on words as tokens: two for 7 days and five for 28, each a row that one word takes for its span. Counting can be outrun; a row cannot."""

from __future__ import annotations

from collections.abc import Iterable

from habitue.store import Truth, sql_text

DAY_SECONDS = 86_400


def take_tokens(truth: Truth, customers: Iterable[int], now: int, week_cap: int, month_cap: int) -> set[int]:
    """Takes one token of each span for every customer, inside the caller's transaction; gives those for whom none was free.

    Units: `now` in UTC seconds. A customer who gets one token and not the other keeps neither.
    """
    lost: set[int] = set()
    take, give_back = sql_text("decide", "take_token"), sql_text("decide", "give_back_token")
    lay, spans = sql_text("decide", "lay_tokens"), ((7, week_cap), (28, month_cap))
    for customer in customers:
        taken: list[tuple[int, int]] = []
        for days, cap in spans:
            truth.run_many(lay, [(customer, days, slot) for slot in range(cap)])
            got = truth.run(take, (now + days * DAY_SECONDS, customer, days, customer, days, now, cap, now))
            if not got:
                lost.add(customer)
                break
            taken.append((days, int(got[0][0])))
        if customer in lost:
            for days, slot in taken:
                truth.run(give_back, (now, customer, days, slot))
    return lost
