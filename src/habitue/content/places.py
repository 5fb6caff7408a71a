"""On which line of a TOML file each key stands, because neither tomllib nor tomlkit says.

It reads only text that tomllib has already accepted, so it follows the grammar loosely: strings and comments are whole tokens, therefore
brackets, signs and hashes inside them never count.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'(?P<string>"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|(?P<comment>\#[^\n]*)|(?P<newline>\n)|(?P<blank>[ \t\r]+)|(?P<mark>[\[\]{}=,.])|(?P<word>[^\s\[\]{}=,.\#\"']+)",
    re.DOTALL,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def _tokens(text: str) -> Iterator[_Token]:
    """Every token but blanks and comments, with the line on which it begins."""
    line = 1
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind not in ("blank", "comment"):
            yield _Token(kind, found.group(), line)
        line += found.group().count("\n")
    yield _Token("end", "", line)


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table header and array element, by its path: ("action", 0, "when", "hour").

    Shape: an element of an array has its index in the path; a dotted key also places the tables that it opens.
    """
    return _Scan(text).run()


class _Scan:
    """One walk through the tokens of one file."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}  # how many tables an array of tables has so far

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self._next().kind != "end":
            if self._next().kind == "newline":
                self._at += 1
            elif self._next().text == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip_newlines(self) -> None:
        while self._next().kind == "newline":
            self._at += 1

    def _key(self) -> list[str]:
        """A bare, quoted or dotted key, as its parts."""
        parts: list[str] = []
        while self._next().text not in ("=", "]") and self._next().kind != "end":
            token = self._take()
            if token.text != ".":
                parts.append(_unquoted(token))
        return parts

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`; each name that is an array of tables means its latest table."""
        line = self._take().line
        is_array = self._next().text == "["
        self._at += is_array
        *outer, last = self._key()
        self._at += 1 + is_array
        path: Path = ()
        for part in outer:
            path = self._latest((*path, part))
            self._lines.setdefault(path, line)
        path = (*path, last)
        if is_array:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            self._lines.setdefault(path, line)
        path = self._latest(path)
        self._lines[path] = line
        return path

    def _latest(self, path: Path) -> Path:
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: Path) -> None:
        """`key = value`, as a line of its own or inside braces."""
        line, path = self._next().line, table
        for part in self._key():
            path = (*path, part)
            self._lines.setdefault(path, line)
        self._at += 1  # the sign "="
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._next().text
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._braces(path)
        else:
            while self._next().text not in (",", "]", "}") and self._next().kind not in ("newline", "end"):
                self._at += 1

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while True:
            self._skip_newlines()
            if self._next().text == "]":
                break
            if self._next().text == ",":
                self._at += 1
                continue
            self._lines[(*path, index)] = self._next().line
            self._value((*path, index))
            index += 1
        self._at += 1

    def _braces(self, path: Path) -> None:
        self._at += 1
        while True:
            self._skip_newlines()
            if self._next().text == "}":
                break
            if self._next().text == ",":
                self._at += 1
                continue
            self._pair(path)
        self._at += 1


def _unquoted(token: _Token) -> str:
    """The name that a key token stands for; escapes in a quoted key are read as tomllib reads them."""
    if token.kind != "string":
        return token.text
    return str(tomllib.loads(f"x = {token.text}")["x"])
