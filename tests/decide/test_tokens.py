"""The cap as tokens: however many take at once, nobody is put over it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from habitue.decide.tokens import take_tokens
from habitue.store import Settings, Truth, save_settings

WEEK, MONTH = 7 * 86_400, 28 * 86_400
TAKERS = 4
TAKE = """
import sys
from pathlib import Path
from habitue.decide.tokens import take_tokens
from habitue.store import load_settings, open_truth
from habitue.words.errors import Busy
truth = open_truth(load_settings(Path(sys.argv[1])))
sys.stdin.readline()
for customer in list(range(1, 21)) * 3:
    try:
        with truth.transaction():
            lost = take_tokens(truth, [customer], 1000, [(7, 2, 1000 + 604800), (28, 5, 1000 + 2419200)])
    except Busy:
        continue
    if not lost:
        print(customer)
"""


def take(truth: Truth, now: int, customer: int = 1, week: int = 2, month: int = 5) -> bool:
    with truth.transaction():
        return not take_tokens(truth, [customer], now, [(7, week, now + WEEK), (28, month, now + MONTH)])


def test_two_a_week_and_five_in_four(truth: Truth) -> None:
    days = [day for day in range(40) if take(truth, day * 86_400)]
    assert days == [0, 1, 7, 8, 14, 28, 29, 35, 36]


def test_who_gets_one_token_and_not_the_other_keeps_neither(truth: Truth) -> None:
    assert take(truth, 0, month=1)
    assert not take(truth, WEEK, month=1)
    assert truth.run("SELECT COUNT(*) FROM token WHERE span_days = 7 AND free_at > ?", (WEEK,)) == [(0,)]


def test_a_cap_of_none_lets_nobody_through(truth: Truth) -> None:
    assert not take(truth, 0, week=0)


def test_a_lower_cap_of_a_new_book_holds_at_once(truth: Truth) -> None:
    assert take(truth, 0)
    assert not take(truth, 1, week=1)


@pytest.mark.slow
def test_several_processes_never_put_anyone_over_the_cap(truth: Truth, settings: Settings) -> None:
    save_settings(settings)
    command = [sys.executable, "-c", TAKE, str(settings.data)]
    takers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(TAKERS)]
    for taker in takers:
        assert taker.stdin is not None
        taker.stdin.write("go\n")
        taker.stdin.flush()
    words = Counter(line for taker in takers for line in taker.communicate()[0].split())
    assert [taker.returncode for taker in takers] == [0] * TAKERS
    assert set(words.values()) == {2}  # and nobody is kept from what is hers
    assert truth.run("SELECT COUNT(*) FROM token WHERE free_at > 1000") == [(2 * sum(words.values()),)]
