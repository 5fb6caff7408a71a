"""The body of a letter, filled in for one reader, whichever way it is written: its links and images, and its words as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Protocol

from markdown_it.token import Token

from habitue.content import letter_markdown, letter_mjml
from habitue.content.letter_liquid import filled, line_at
from habitue.content.letter_mjml import Part
from habitue.content.letters import Letter, Writing
from habitue.content.mjml_rules import IMAGES
from habitue.content.mjml_source import marked, unmarked, written
from habitue.words.errors import BookError

Led = Callable[[str], str]
Placed = Callable[[str], Mapping[str, str]]


class Body(Protocol):
    """What is asked of a body. `is_written` is true for an address that the letter says to everybody alike, `is_written_image` for that of an image.

    `line_of_image` is given its address and its words, `line_of_link` its address: as the body has them, filled in.
    """

    def links(self) -> Iterator[str]: ...
    def images(self) -> Iterator[tuple[str, str | None]]: ...
    def lead(self, led: Led) -> None: ...
    def place(self, placed: Placed) -> None: ...
    def text(self) -> str: ...
    def is_written(self, address: str) -> bool: ...
    def is_written_image(self, address: str) -> bool: ...
    def line_of_link(self, address: str) -> int: ...
    def line_of_image(self, address: str, words: str | None) -> int: ...


@dataclass
class MarkdownBody:
    """The body of a letter in Markdown."""

    letter: Letter
    tokens: Sequence[Token]

    def links(self) -> Iterator[str]:
        return letter_markdown.links_in(self.tokens)

    def images(self) -> Iterator[tuple[str, str | None]]:
        return letter_markdown.images_in(self.tokens)

    def lead(self, led: Led) -> None:
        letter_markdown.lead(self.tokens, led)

    def place(self, placed: Placed) -> None:
        letter_markdown.place_images(self.tokens, placed)

    def text(self) -> str:
        return letter_markdown.as_text(self.tokens)

    def html(self) -> str:
        return letter_markdown.as_html(self.tokens)

    def is_written(self, address: str) -> bool:
        return address in self.letter.body

    def is_written_image(self, address: str) -> bool:
        return address in letter_markdown.written_images(self.letter.body, self.letter.language)

    def line_of_link(self, address: str) -> int:
        return line_of(self.letter, f"]({address}")

    def line_of_image(self, address: str, words: str | None) -> int:
        return line_of(self.letter, f"]({address}" if self.is_written_image(address) else f"![{words}]")


@dataclass
class MjmlBody:
    """The body of a letter in MJML, and what is wrong with it."""

    letter: Letter
    tree: Part
    mistakes: list[BookError]

    def links(self) -> Iterator[str]:
        return letter_mjml.links_in(self.tree)

    def images(self) -> Iterator[tuple[str, str | None]]:
        return letter_mjml.images_in(self.tree)

    def lead(self, led: Led) -> None:
        letter_mjml.lead(self.tree, led)

    def place(self, placed: Placed) -> None:
        letter_mjml.place_images(self.tree, placed)

    def text(self) -> str:
        return letter_mjml.as_text(self.tree)

    @property
    def width(self) -> str:
        return letter_mjml.width_of(self.tree)

    def page(self, head: str, around: tuple[str, str]) -> str:
        return letter_mjml.as_mjml(self.tree, head, around, self.letter.language)

    def is_written(self, address: str) -> bool:
        return address in unescape(self.letter.body)

    def is_written_image(self, address: str) -> bool:
        return address in written(self.letter.body)

    def line_of_link(self, address: str) -> int:
        return next((part.line for part in self.tree.all() if part.attributes.get("href") == address), self.letter.line)

    def line_of_image(self, address: str, words: str | None) -> int:
        return next((part.line for part in self.tree.all() if address in (part.attributes.get(name) for name in IMAGES)), self.letter.line)


def line_of(letter: Letter, words: str) -> int:
    """The line on which these words stand, or the first of the letter."""
    place = letter.body.lower().find(words.lower())
    if place < 0:
        return letter.subject_line if words.lower() in letter.subject.lower() else letter.line
    return line_at(letter.body, place, letter.line)


def body_of(letter: Letter, known: Mapping[str, str | None]) -> MarkdownBody | MjmlBody:
    """The body filled in. Raises: BookError where it cannot be."""
    if letter.writing is Writing.MARKDOWN:
        said = filled(letter.body, known, letter.writing, letter.file, letter.line)
        return MarkdownBody(letter, letter_markdown.tokens_of(said, letter.language))
    text, lines = unmarked(filled(marked(letter.body, letter.line), known, letter.writing, letter.file, letter.line))
    tree, wrong = letter_mjml.tree_of(text, lines, written(letter.body))
    if not wrong:
        letter_mjml.typeset_parts(tree, letter.language)
    return MjmlBody(letter, tree, [BookError(letter.file, *each) for each in dict.fromkeys(wrong)])
