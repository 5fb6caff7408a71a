"""Books and action numbers are kept for good, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from habitue.content import action_ids, book_rows, item_keys, keep_book, kept_book, read_book, read_catalogue
from habitue.store import Truth
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Level
from tests.content.writing import action_text, write_book

RICH = action_text(
    key='"rich"',
    when="{ hour = 9, weekdays = [2], from = 2017-10-01 }",
    after='{ action = "replenish-coffee", days = 1 }',
    budget="{ most = 2, days = 7 }",
    relation_cents="0.5",
    about='{ products = ["8471"], any = false }',
)


def test_a_book_is_kept_once_and_comes_back_whole(truth: Truth, tmp_path: Path) -> None:
    book = read_book(write_book(tmp_path, action_text(), RICH, shop="[margins]\nGROCERY = 240\n"))
    number = keep_book(truth, book, 1000)
    assert keep_book(truth, book, 2000) == number
    assert kept_book(truth, number) == book
    other = read_book(write_book(tmp_path, action_text(priority="1")))
    assert keep_book(truth, other, 3000) == number + 1
    assert truth.run("SELECT book_id, known_at FROM book ORDER BY book_id") == [(number, 1000), (number + 1, 3000)]


def test_a_book_that_was_never_kept_is_unknown(truth: Truth) -> None:
    with pytest.raises(Unknown, match="number 7"):
        kept_book(truth, 7)


def test_an_action_keeps_its_number_whatever_becomes_of_the_book(truth: Truth) -> None:
    assert action_ids(truth, ["b", "a"]) == {"b": 1, "a": 2}
    assert action_ids(truth, ["c", "a"]) == {"c": 3, "a": 2}
    assert action_ids(truth, []) == {}


def test_nothing_is_numbered_where_the_transaction_fails(truth: Truth) -> None:
    action_ids(truth, ["a"])
    with pytest.raises(Exception, match=r"(?i)unique|null"):
        action_ids(truth, ["b", None])  # type: ignore[list-item]
    assert action_ids(truth, ["c"]) == {"c": 2}


def test_the_catalogue_is_read_above_its_products_with_those_that_the_book_names(truth: Truth, tmp_path: Path) -> None:
    add = "INSERT INTO item (item_id, level, key, parent_id, seq) VALUES (?, ?, ?, ?, 1)"
    truth.run_many(add, [(1, 4, "GROCERY", 0), (2, 3, "COFFEE", 1), (3, 2, "COFFEE/GROUND", 2), (4, 1, "8471", 3), (5, 1, "8472", 3)])
    truth.run_many("INSERT INTO product (product_id, type_id, category_id, department_id) VALUES (?, 3, 2, 1)", [(4,), (5,)])
    book = read_book(write_book(tmp_path, action_text(), RICH))
    catalogue = read_catalogue(truth, book)
    assert sorted(catalogue.ids.values()) == [1, 2, 3, 4]
    assert sorted(read_catalogue(truth).ids.values()) == [1, 2, 3]
    assert item_keys(truth, Level.PRODUCT) == ["8471", "8472"]
    rows = book_rows(book, catalogue, action_ids(truth, [action.key for action in book.actions]))
    assert rows["action_item"] == [(1, 3, 0), (2, 3, 0)]
