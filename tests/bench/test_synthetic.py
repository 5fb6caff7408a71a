"""Made customers: exactly as many lines as asked, the same twice, in the projection's shape, and judged whole whatever the buckets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import habitue.workshop.synthetic as synthetic
from habitue.content import check_book
from habitue.decide.everyone import Everyone
from habitue.store.bases import COMMON, CUSTOMER
from habitue.store.columnar import Columnar
from habitue.workshop.made_day import judged
from habitue.workshop.synthetic import TODAY, Crowd, catalogue_rows, files_of_bucket, made_bucket, write_crowd
from habitue.workshop.synthetic_book import ACTIONS, made_book, made_common, made_question, made_when

SMALL = Crowd(300, 12_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_crowd(SMALL, tmp_path)
    made_book(tmp_path / "book")
    return tmp_path


def test_all_lines_are_made_and_the_same_twice() -> None:
    one, other = made_bucket(SMALL, 0), made_bucket(SMALL, 0)
    assert len(one["line"]["day"]) == SMALL.lines
    assert set(one) == set(CUSTOMER)
    for relation, columns in one.items():
        assert set(columns) == set(CUSTOMER[relation])
        assert all(np.array_equal(columns[name], other[relation][name]) for name in columns)


def test_baskets_add_up_to_their_lines() -> None:
    made = made_bucket(SMALL, 0)
    assert made["basket"]["amount_cents"].sum() == made["line"]["amount_cents"].sum()
    assert made["basket"]["quantity_milli"].sum() == made["line"]["quantity_milli"].sum()


def test_nothing_is_known_after_the_morning_of_the_plan() -> None:
    for columns in made_bucket(SMALL, 0).values():
        assert (columns["known_at"] < made_when().as_of).all()


def test_buckets_share_customers_and_lines_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synthetic, "CUSTOMERS_A_BUCKET", 100)
    shares = [SMALL.of_bucket(bucket) for bucket in range(SMALL.buckets)]
    assert len(shares) == 3
    assert sorted(np.concatenate([customers for customers, _ in shares])) == list(range(1, 301))
    assert sum(lines for _, lines in shares) == SMALL.lines


def test_she_buys_her_habits_again_and_popular_things_lead() -> None:
    line = made_bucket(SMALL, 0)["line"]
    first = line["customer_id"] == 1
    _, times = np.unique(line["product_id"][first], return_counts=True)
    assert times.max() >= 3
    _, sold = np.unique(line["product_id"], return_counts=True)
    assert np.sort(sold)[-10:].sum() > 10 * np.median(sold) * 10


def test_the_made_book_has_no_mistake_and_every_basis(tmp_path: Path) -> None:
    made_book(tmp_path)
    keys = {level: {key for _, each, key, _ in catalogue_rows() if each == level} for level in (1, 2, 3, 4)}
    assert not [finding for finding in check_book(tmp_path, lambda level: keys[int(level)]) if finding.is_mistake]
    question = made_question(tmp_path)
    assert len(question.actions) == ACTIONS
    bases = [row[5] for row in question.tables["action"]]
    assert set(bases) == {1, 2, 3, 4}
    assert bases.count(1) == ACTIONS / 2
    assert {name: len(rows[0]) for name, rows in made_common().items()} == {name: len(columns) for name, columns in COMMON.items()}


def test_everyone_gets_a_word_or_a_reason_in_many_buckets_as_in_one(folder: Path) -> None:
    taken = judged(folder, SMALL)
    assert taken.customers == 300
    assert 0 < taken.touches < 300
    assert taken.seconds > 0
    assert taken.peak_mb > 20
    assert judged(folder, SMALL, "whole").touches == taken.touches
    assert judged(folder, SMALL, "features").touches == 0


def test_reasons_are_many(folder: Path) -> None:
    judge = Everyone(Columnar(300, folder / "temp"), made_question(folder / "book"), made_common(), TODAY)
    judge.stand_at(made_when())
    judge.look_at(files_of_bucket(folder, 0))
    judge.ask_all(made_when())
    decided, ledger = judge.judge()
    assert ledger.shape == (300, ACTIONS)
    assert len(set(decided["reason"].to_pylist())) >= 3
    assert len(np.unique(ledger)) >= 5
