"""A book as one normal text: the same content gives the same text and the same hash, whatever the files looked like."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from habitue.content.model import Action, Book, Shop


class _Content(msgspec.Struct, frozen=True):
    actions: tuple[Action, ...]
    shop: Shop


def normal_text(book: Book) -> str:
    """The whole content of a book as JSON with sorted keys; `book_from` reads it back."""
    return _text(book.actions, book.shop)


def book_of(actions: tuple[Action, ...], shop: Shop) -> Book:
    """A book of these actions, in this order, with the hash of its content."""
    return Book(actions, shop, blake2b(_text(actions, shop).encode(), digest_size=16).hexdigest())


def book_from(text: str) -> Book:
    """The book that a normal text holds.

    Raises: msgspec.ValidationError where the text is none; only the truth keeps such texts.
    """
    content = msgspec.json.decode(text, type=_Content)
    return book_of(content.actions, content.shop)


def _text(actions: tuple[Action, ...], shop: Shop) -> str:
    return msgspec.json.encode(_Content(actions, shop), order="sorted").decode()
