"""The banner's string: bits written here one by one, as the specification counts them, are read back; and nothing else is a no."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.consent.tcf import refused_in
from habitue.words.vocabulary import Purpose

HEAD = (6, 36, 36, 12, 12, 6, 12, 12, 6, 1, 1, 12)
EVERY = frozenset(range(1, 25))


def tc_string(allowed: frozenset[int], version: int = 2, head: int = 0, rest: str = "0" * 60) -> str:
    """A core string that allows these purposes of the trade; `head` fills the fields before them."""
    bits = "".join(f"{(version if place == 0 else head) % 2**size:0{size}b}" for place, size in enumerate(HEAD))
    bits += "".join("1" if number in allowed else "0" for number in range(1, 25)) + rest
    bits += "0" * (-len(bits) % 8)
    return base64.urlsafe_b64encode(int(bits, 2).to_bytes(len(bits) // 8)).decode().rstrip("=")


@given(
    allowed=st.frozensets(st.integers(1, 24)),
    head=st.integers(0, 2**36 - 1),
    rest=st.text("01", max_size=99),
    tail=st.sampled_from(["", ".YAAA"]),
)
def test_each_purpose_of_ours_is_refused_where_any_part_of_it_is(allowed: frozenset[int], head: int, rest: str, tail: str) -> None:
    parts = {Purpose.AUDIENCES: {3, 4}, Purpose.PROFILING: {5, 6}, Purpose.MEASUREMENT: {7, 8}}
    assert refused_in(tc_string(allowed, 2, head, rest) + tail) == {ours for ours, theirs in parts.items() if not theirs <= allowed}


@given(st.text(max_size=300))
def test_whatever_is_no_such_string_refuses_nothing_or_one_of_ours(text: str) -> None:
    assert refused_in(text) <= {Purpose.AUDIENCES, Purpose.PROFILING, Purpose.MEASUREMENT}


@given(allowed=st.frozensets(st.integers(1, 24)), more=st.frozensets(st.integers(1, 24)))
def test_who_allows_more_refuses_no_more(allowed: frozenset[int], more: frozenset[int]) -> None:
    assert refused_in(tc_string(allowed | more)) <= refused_in(tc_string(allowed))


@pytest.mark.parametrize("text", ["", "A", "C", "CPXxRfA", tc_string(frozenset(), version=1), "é" * 200, "C" * 20_000, "====", "\0" * 40])
def test_what_cannot_be_read_says_nothing(text: str) -> None:
    assert refused_in(text) == frozenset()


def test_everything_allowed_is_no_refusal() -> None:
    assert refused_in(tc_string(EVERY)) == frozenset()
