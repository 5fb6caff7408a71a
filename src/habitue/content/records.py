"""Keeps what was judged by: every book that was ever used, by the hash of its content, and a stable integer for every action key."""

from __future__ import annotations

from collections.abc import Collection

from habitue.content.catalogue import Catalogue
from habitue.content.model import Book
from habitue.content.normal import book_from, normal_text
from habitue.store import Truth, sql_text
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Level


def keep_book(truth: Truth, book: Book, known_at: int) -> int:
    """The integer of this version of the book, kept once; opens its own transaction only where something is new.

    Units: `known_at` in UTC seconds.
    """
    found = _book_id(truth, book.hash)
    if found is not None:
        return found
    with truth.transaction():
        truth.next_seq()  # takes the counter's lock: whoever else keeps a book waits here, then finds it
        found = _book_id(truth, book.hash)
        if found is not None:
            return found
        book_id = int(truth.run(sql_text("content", "next_book_id"))[0][0])
        truth.run(sql_text("content", "add_book"), (book_id, book.hash, normal_text(book), known_at))
        return book_id


def kept_book(truth: Truth, book_id: int) -> Book:
    """The book as it was when a decision was made by it.

    Raises: Unknown where no book has that integer.
    """
    rows = truth.run(sql_text("content", "book_by_id"), (book_id,))
    if not rows:
        raise Unknown(f"No book has the number {book_id}.")
    return book_from(rows[0][0])


def action_ids(truth: Truth, keys: Collection[str]) -> dict[str, int]:
    """The stable integer of each action key; keys never seen before get the next ones, in the order given."""
    known = _known_actions(truth)
    if not set(keys) <= set(known):
        with truth.transaction():
            truth.next_seq()
            known = _known_actions(truth)
            fresh = [key for key in dict.fromkeys(keys) if key not in known]
            first = max(known.values(), default=0) + 1
            truth.run_many(sql_text("content", "add_action"), list(enumerate(fresh, start=first)))
            known |= {key: number for number, key in enumerate(fresh, start=first)}
    return {key: known[key] for key in keys}


def read_catalogue(truth: Truth, book: Book | None = None) -> Catalogue:
    """The catalogue above its products, and those products that the book names."""
    rows = list(truth.run(sql_text("content", "items_above_products")))
    if book is not None:
        named = {key for action in book.actions for things in (action.about, action.because) for key in things.products}
        for key in sorted(named):
            rows += truth.run(sql_text("content", "product_by_key"), (key,))
    return Catalogue.of_rows((int(item_id), int(level), str(key), int(parent_id)) for item_id, level, key, parent_id in rows)


def item_keys(truth: Truth, level: Level) -> list[str]:
    """Every key of one level of the catalogue: what `check_book` compares the book's things with."""
    return [str(row[0]) for row in truth.run(sql_text("content", "item_keys"), (int(level),))]


def _book_id(truth: Truth, book_hash: str) -> int | None:
    rows = truth.run(sql_text("content", "book_by_hash"), (book_hash,))
    return int(rows[0][0]) if rows else None


def _known_actions(truth: Truth) -> dict[str, int]:
    return {str(key): int(action_id) for action_id, key in truth.run(sql_text("content", "actions"))}
