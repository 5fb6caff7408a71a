"""Countries as ISO 3166 writes them in two letters, and as the whole numbers by which judgement compares them."""

from __future__ import annotations

LETTERS = 26
FIRST = ord("A")
UNREADABLE = "ZZ"
"""She told of a country, and nobody can say which: the code that ISO 3166 leaves to its users for that."""


def country_number(code: str) -> int:
    """1 to 676 for two capital letters, 0 for no country."""
    return (ord(code[0]) - FIRST) * LETTERS + ord(code[1]) - FIRST + 1 if code else 0


def country_code(number: int) -> str:
    """The two letters of such a number; empty for none, the unreadable one for what is no country's number."""
    if not 0 <= number <= LETTERS * LETTERS:
        return UNREADABLE
    return chr(FIRST + (number - 1) // LETTERS) + chr(FIRST + (number - 1) % LETTERS) if number else ""
