"""The first net around `whom`: known words, known signs, bounded length and nesting, before any parser sees the text."""

from __future__ import annotations

import re
from difflib import get_close_matches

from habitue.content.columns import COLUMNS
from habitue.words.errors import Refused

MOST_CHARACTERS = 1_000
MOST_NESTED = 16
MOST_IN_NUMBER = 1_000_000_000_000

KEYWORDS = frozenset({"and", "or", "not", "between", "in", "is", "null", "case", "when", "then", "else", "end", "true", "false"})
ALLOWED = (
    "Allowed are the documented columns, whole numbers, true and false, and, or, not, = <> < <= > >=, + - * //, between, "
    "in (a list of numbers), is null, case when, and brackets."
)

_WORD = re.compile(r"[A-Za-z_]\w*|\d\w*", re.ASCII)
_SIGNS = frozenset("()<>=!+-*/, \t\r\n")
_STRINGS = "a text in quotes"
_NAMED_SIGNS = {
    "'": _STRINGS,
    '"': _STRINGS,
    "`": _STRINGS,
    ";": "a semicolon",
    ".": "a dot (a fraction, or a name with a dot in it)",
    "%": "the remainder %",
    "^": "the power ^",
    ":": "a colon (a cast or a parameter)",
    "?": "a parameter",
    "$": "a parameter",
    "[": "a list in square brackets",
    "{": "a list in braces",
}
_QUERY_WORDS = frozenset({"select", "from", "where", "join", "union", "with", "exists", "order", "group", "having", "limit", "values", "table"})


def check_text(text: str) -> None:
    """Lets only known words and signs pass, within bounds.

    Raises: Refused with a sentence that names what was found and what is allowed.
    """
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"The expression has {len(text):,} characters; {MOST_CHARACTERS:,} are allowed.")
    if "--" in text or "/*" in text:
        raise Refused("The expression holds a comment; write comments in the file, after a #, and two minus signs with a space or brackets between.")
    for character in _WORD.sub("", text):
        if character not in _SIGNS:
            raise Refused(f"The expression holds {_NAMED_SIGNS.get(character, f'the character “{character}”')}. {ALLOWED}")
    for found in _WORD.finditer(text):
        _check_word(found.group(), text[found.end() :].lstrip()[:1])
    _check_nesting(text)


def _check_word(word: str, follower: str) -> None:
    if word in COLUMNS and follower != "(":
        return
    if word.lower() in KEYWORDS:
        return
    if word[0].isdigit():
        if not word.isdigit() or int(word[:30]) > MOST_IN_NUMBER or len(word) > 13:
            raise Refused(f"“{word}” is not a whole number between 0 and {MOST_IN_NUMBER:,}. {ALLOWED}")
        return
    if word.lower() in _QUERY_WORDS:
        raise Refused(f"The expression holds a query (“{word}”). {ALLOWED}")
    if follower == "(":
        raise Refused(f"The expression calls the function “{word}”. {ALLOWED}")
    near = get_close_matches(word.lower(), COLUMNS, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"The columns are: {', '.join(COLUMNS)}."
    raise Refused(f"There is no column “{word}”. {hint}")


def _check_nesting(text: str) -> None:
    """Depth is bounded before parsing, because a parser is recursive."""
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    cases = len(re.findall(r"\bcase\b", text, re.IGNORECASE))
    if max(deepest, cases) > MOST_NESTED:
        raise Refused(f"The expression is nested too deeply: {max(deepest, cases)} levels of brackets or case, {MOST_NESTED} are allowed.")
    if re.search(r"(?:(?:\bnot\b|[-+])\s*){3}", text, re.IGNORECASE):
        raise Refused("The expression repeats a sign or “not” three times in a row; once is enough.")


def short(text: str) -> str:
    """A text as a sentence can quote it."""
    return text if len(text) <= 60 else text[:57] + "…"
