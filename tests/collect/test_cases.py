"""Requests made up from the description of the intake: no error of ours, a sentence for each no, and nothing acknowledged is lost."""

from __future__ import annotations

import pytest

from habitue.store import Truth
from tests.collect.conftest import KEY, Listening
from tests.collect.ten_thousand_cases import Tale, broken, lost, made_up, tell

CASES = 300


@pytest.mark.slow
def test_whatever_is_made_up_gets_an_answer_and_what_is_acknowledged_is_kept(door: Listening) -> None:
    tale = tell(door.port, KEY, made_up(CASES))
    assert tale.cases == CASES
    assert tale.wrong == []
    assert {200, 400, 401, 404} <= set(tale.answers)
    assert len(tale.ids) > CASES / 3
    assert lost(door.truth, tale) == []
    assert broken(door.truth) == []


def test_what_is_lost_is_found_out(truth: Truth) -> None:
    assert lost(truth, Tale(ids={"case-1-0": "", "case-2-0": "o-1"})) == ["case-1-0", "case-2-0"]
