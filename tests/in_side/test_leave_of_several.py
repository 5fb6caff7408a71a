"""Whatever files say of several numbers and addresses, and whoever is taken for one and parted again: a no that was told once is never a yes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from habitue.app.imports.importing import import_file
from habitue.app.merging import Pairing
from habitue.store import clock_of, load_settings, open_truth
from habitue.store.relations import compiled
from habitue.words.errors import Refused
from tests.in_side.shop_files import Bringing

NUMBERS, ADDRESSES, YEARS = ("1", "2", "3"), ("a@x.org", "b@x.org"), st.integers(2015, 2024)
WORD = st.sampled_from(("yes", "no", ""))
PAIR = st.sampled_from((("1", "2"), ("2", "3"), ("1", "3")))
STEPS = st.one_of(
    st.tuples(st.just("row"), st.sampled_from(NUMBERS), st.sampled_from(("", *ADDRESSES)), WORD),
    st.tuples(st.just("ledger"), st.sampled_from(NUMBERS), YEARS, st.sampled_from(("yes", "no"))),
    st.tuples(st.just("letters"), st.sampled_from(ADDRESSES), YEARS, st.sampled_from(("yes", "no"))),
    st.tuples(st.sampled_from(("merge", "unmerge")), PAIR, st.just(""), st.just("")),
)
MAY = "SELECT customer_id AS moment_id, customer_id, CAST(4000000000 AS BIGINT) AS as_of FROM profile WHERE profile_id = ?"


class Village:
    """A house, and by itself what nobody there may be written to about."""

    def __init__(self, shop: Bringing) -> None:
        self.shop = shop
        self.told: dict[str, set[str]] = {number: set() for number in NUMBERS}
        self.noes: set[str] = set()
        self.apart: set[frozenset[str]] = set()

    def lives(self, step: str, who: Any, what: Any, word: str) -> None:
        getattr(self, f"_{step}")(who, what, word)

    def _bring(self, kind: str, content: str, mapping: str = 'source = "shop"\n') -> None:
        import_file(self.shop.truth, self.shop.settings, self.shop.file("f.csv", content), self.shop.file("m.toml", mapping), kind)

    def _row(self, number: str, address: str, word: str) -> None:
        self._bring("customers", f"customer,email,agrees_email\n{number},{address},{word}\n")
        self.told[number] |= {address} - {""}
        self.noes |= {number} if word == "no" else set()

    def _ledger(self, number: str, year: int, word: str) -> None:
        self._bring("consents", f"customer,purpose,channel,granted,at\n{number},offers,email,{word},{year}-03-01\n")
        self.noes |= {number} if word == "no" else set()

    def _letters(self, address: str, year: int, word: str) -> None:
        mapping = 'source = "letters"\ncustomers_by = "email"\n'
        self._bring("consents", f"customer,purpose,channel,granted,at\n{address},offers,email,{word},{year}-03-01\n", mapping)
        self.noes |= {address} if word == "no" else set()

    def _merge(self, pair: tuple[str, str], *_: str) -> None:
        self._pair(pair, "merge")

    def _unmerge(self, pair: tuple[str, str], *_: str) -> None:
        if self._pair(pair, "unmerge"):
            self.apart = {frozenset((one, other)) for one in NUMBERS for other in NUMBERS}  # by way of thirds, too

    def _pair(self, pair: tuple[str, str], what: str) -> bool:
        with self.shop.truth.transaction():
            self.shop.truth.next_seq(0)
            try:
                getattr(Pairing(self.shop.truth, self.shop.settings, *pair, clock_of(self.shop.settings).instant()), what)()
            except Refused:
                return False
        return True

    def allowed(self) -> set[str]:
        found = set()
        for number in NUMBERS:
            profile = self.shop.one("SELECT profile_id FROM identifier WHERE kind = 'customer' AND value = ?", number)
            rows = self.shop.ask(compiled("said_leave", self.shop.truth.dialect, given={"moment": MAY}), profile)
            found |= {number for _, purpose, channel, is_granted in rows if (purpose, channel, is_granted) == (2, 1, 1)}
        return found

    def refused(self) -> set[str]:
        """Whoever said no by her number, or whose address did, or who shares one with somebody who did and was never told from her."""
        found = {number for number in NUMBERS if number in self.noes or self.told[number] & self.noes}
        for number in NUMBERS:
            for other in self.noes & set(NUMBERS):
                if self.told[number] & self.told[other] and frozenset((number, other)) not in self.apart:
                    found.add(number)
        return found


ONES = ("row", "1", "b@x.org", "yes")
THIRDS = ("row", "3", "b@x.org", "yes")
OWN_NO_AND_ADDRESS_AT_ONCE = [ONES, ("row", "2", "a@x.org", "no"), THIRDS, ("row", "1", "a@x.org", "no")]
OWN_NO_AFTER_THAT_OF_HER_ADDRESS = [ONES, ("row", "2", "a@x.org", "no"), THIRDS, ("row", "1", "a@x.org", ""), ("row", "1", "a@x.org", "no")]
ADDRESS_THAT_LEFT_TO_ONE_OF_TWO = [
    ("row", "2", "", "yes"),
    ("letters", "b@x.org", 2015, "no"),
    ("row", "1", "", "no"),
    ("merge", ("1", "2"), "", ""),
    ("row", "2", "b@x.org", "yes"),
]
ADDRESS_THAT_LEFT_BY_A_MERGE = [("row", "1", "", "yes"), ("letters", "b@x.org", 2015, "no"), ("row", "2", "b@x.org", "yes"), ("merge", ("1", "2"), "", "")]


@given(steps=st.lists(STEPS, min_size=2, max_size=9))
@example(steps=OWN_NO_AND_ADDRESS_AT_ONCE)
@example(steps=OWN_NO_AFTER_THAT_OF_HER_ADDRESS)
@example(steps=ADDRESS_THAT_LEFT_BY_A_MERGE)
@example(steps=ADDRESS_THAT_LEFT_TO_ONE_OF_TWO)
@runs(max_examples=100)
def test_a_no_that_was_told_once_is_never_a_yes(steps: list[tuple[str, Any, Any, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(Path(folder) / "house", {})
        truth = open_truth(settings)
        try:
            village = Village(Bringing(truth, settings, Path(folder)))
            village.lives("row", "1", "", "")
            village.lives("row", "2", "", "")
            village.lives("row", "3", "", "")
            for step in steps:
                village.lives(*step)
            assert not village.allowed() & village.refused()
            for pair in (("1", "2"), ("2", "3"), ("1", "3")):
                village.lives("unmerge", pair, "", "")
            assert not village.allowed() & village.refused()
        finally:
            truth.close()
