"""Fetching what is new in a shop, page by page: each page is written down together with the place where its list goes on, then sorted.

A kill at any moment therefore loses nothing and doubles nothing: the next pull goes on at that place. A sweep that has come to its end moves the mark to
when it began, by the shop's own clock, less an overlap: whatever changed meanwhile comes again next time, and what is known already is let go.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace

from habitue.app.collect.sorting import Sorter
from habitue.app.opening import open_up
from habitue.app.pull.asking import WHATS, Asking, Page, asking
from habitue.app.pull.fetching import Fetching, NotThis
from habitue.app.pull.marks import Mark, marks_of, set_mark
from habitue.app.pull.model import Refund, buyer_in
from habitue.app.pull.shops import Shop
from habitue.app.pull.states import State, States, state_of
from habitue.app.pull.wording import HISTORY, LIVE, READERS, words_for
from habitue.events.arrivals import not_set_aside, write_down
from habitue.store import Settings, Truth, clock_of
from habitue.words.errors import Busy, Refused

OVERLAP_SECONDS = 300


@dataclass
class Pulled:
    """What a pull brought: objects that were new or changed, by what they are."""

    shop: str
    news: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WHATS, 0))
    pages: int = 0


def pull(settings: Settings, shop: Shop, pause: Callable[[float], None] = time.sleep, tell: Callable[[Pulled], None] = lambda _: None) -> Pulled:
    """Fetches and sorts what is new in a shop; `tell` hears of every page.

    Raises: as `Fetching.get`; Refused where the shop has no credentials to fetch with; Busy where somebody else fetches from it.
    """
    if not shop.may_fetch:
        raise Refused(f"{shop.name} has only a secret for its hooks; `habitue shop add {shop.name} …` gives it credentials to fetch with.")
    with closing(open_up(settings)) as truth, Fetching(shop, pause) as fetching:
        sweeping = Sweeping(truth, settings, shop, asking(fetching), tell)
        for what in WHATS:
            sweeping.sweep(what)
        return sweeping.result


class Sweeping:
    """One pull."""

    def __init__(self, truth: Truth, settings: Settings, shop: Shop, ask: Asking, tell: Callable[[Pulled], None]) -> None:
        self.truth, self.settings, self.shop, self.ask, self.tell = truth, settings, shop, ask, tell
        self.clock, self.sorter, self.result = clock_of(settings), Sorter(truth, settings), Pulled(shop.name)
        self._sort()  # what a kill may have left

    def sweep(self, what: str) -> None:
        """All that is new of one kind, from where the last pull stopped.

        Raises: Busy where the shop loses its place in the list again after it was begun anew.
        """
        mark, is_anew = self._mark(what), False
        while True:
            try:
                page = self.ask.page(what, mark.since_at, mark.next_page)
            except NotThis as lost:
                if not mark.next_page:
                    raise
                if is_anew:
                    raise Busy(f"{self.shop.name} keeps losing its place in the list of its {what}: {lost} Nothing is lost; pull again later.") from lost
                is_anew, page = True, self.ask.page(what, mark.since_at, "")  # a place in a list is kept for some time only
            after = self._after(mark, page)
            self._write(mark, after, page)
            self._sort()
            if not after.begun_at:
                return
            mark = after

    def _after(self, mark: Mark, page: Page) -> Mark:
        begun_at = mark.begun_at or page.at or self.clock.instant()
        if page.next_page:
            return replace(mark, begun_at=begun_at, next_page=page.next_page)
        return Mark(mark.what, max(mark.since_at, begun_at - OVERLAP_SECONDS))

    def _mark(self, what: str) -> Mark:
        with self.truth.transaction():
            return marks_of(self.truth, self.shop.name).get(what, Mark(what))

    def _write(self, before: Mark, after: Mark, page: Page) -> None:
        """What a page brought, and where its list goes on: both or neither."""
        words = words_for(self.shop.kind, before.what, LIVE if before.since_at else HISTORY)
        with self.truth.transaction():
            self.truth.next_seq(0)  # waits for whoever is writing
            if marks_of(self.truth, self.shop.name).get(before.what, Mark(before.what)) != before:
                raise Busy(f"Somebody else is fetching from {self.shop.name} right now; let it come to its end.")
            news, now = self._news(before.what, page.objects), self.clock.instant()
            write_down(self.truth, [(self.shop.write_key, now, words, 0, body) for body in news])
            set_mark(self.truth, self.shop.name, after)
        self.result.news[before.what] += len(news)
        self.result.pages += 1
        self.tell(self.result)

    def _news(self, what: str, objects: list[bytes]) -> list[bytes]:
        """Without what is known in this very state, or in a newer one: of that, a no is news too. What cannot be read is news, once: a person shall see it."""
        read = READERS[self.shop.kind][what]
        told: list[tuple[bytes, State | None, bool]] = []
        for body in objects:
            try:
                found = read(self.shop.name, body)
            except Exception:  # noqa: BLE001 - the sorter says why, and sets aside whatever breaks it: one object must not end every pull
                told.append((body, None, False))
                continue
            if found is not None and not isinstance(found, Refund):
                buyer = buyer_in(found)
                told.append((body, state_of(self.shop.name, found), bool(buyer and buyer.noes)))
        states = States(self.truth, [state for _, state, _ in told if state])
        news = [body for body, state, is_no in told if state is None or states.is_news(state) or (is_no and not states.is_known(state))]
        return not_set_aside(self.truth, self.shop.write_key, news)

    def _sort(self) -> None:
        while self.sorter.sort_some():
            pass
