"""A no outlives whatever happens after it: a few sequences here, on both databases; `python -m tests.consent.whatever_happens` runs more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.cast import Shop, thanks
from tests.consent.whatever_happens import live, property_of

STORIES = {
    "forgotten and back": [("no email", 0), ("no post", 0), ("forget", 0), ("back", 0), ("file yes", 0)],
    "an earlier database": [("no email", 0), ("no post", 1), ("set back", 0), ("file yes", 0), ("file yes", 1)],
    "joined, parted and lifted by her alone": [("no post", 1), ("merge", 0), ("unmerge", 0), ("yes email", 1), ("yes post", 1), ("no email", 1)],
    "late, then back": [("forget", 0), ("file no email", 0), ("file no post", 0), ("set back", 0), ("back", 0), ("file yes", 0)],
}


@pytest.mark.parametrize("story", STORIES)
def test_no_claim_succeeds_where_she_has_left(shop: Shop, tmp_path: Path, story: str) -> None:
    claims = Counter[bool]()
    live(shop.book(thanks()), tmp_path, STORIES[story], claims)
    assert claims[True] > 1
    assert claims[False] > 1


def test_nor_in_any_other_order(shop: Shop, tmp_path: Path) -> None:
    property_of(shop.book(thanks()), tmp_path, 3, Counter())()
