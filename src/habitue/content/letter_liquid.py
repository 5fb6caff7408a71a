"""Liquid for letters: few tags, few filters, limits on everything, and whatever is filled in leaves escaped.

What a customer, a catalogue or a till wrote is filled in once and never read again as Liquid; for Markdown and MJML each of its signs is escaped.
Source: CommonMark 0.31, section 2.4 (a backslash makes any ASCII punctuation plain); XML 1.0, section 2.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from typing import TextIO

from liquid import BoundTemplate, Environment, StrictUndefined
from liquid import RenderContext as Context
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import (
    BlockNestingError,
    ContextDepthError,
    LiquidError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
    UnknownFilterError,
)
from liquid.stringify import to_liquid_string

from habitue.content.letters import ALWAYS_THERE, VALUES, Writing
from habitue.content.wording import did_you_mean, quoted
from habitue.words.errors import BookError
from habitue.words.typesetting import unturned

TAGS = frozenset({"assign", "break", "case", "comment", "continue", "for", "if", "unless"})
FILTERS = frozenset({"append", "capitalize", "default", "downcase", "prepend", "size", "strip", "truncate", "upcase"})
MOST_LOOPS = 1_000
MOST_BYTES = 60_000
"""What one letter may fill: past 102 kB, HTML and all, a large mailbox provider cuts a letter short."""
LONGEST_VALUE = 200
_INSIDE = frozenset({"content", "output", "illegal"})  # not tags, but what Liquid calls its own parts
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
_NAMED = re.compile(r"'([^']*)'")


class Empty(LiquidError):
    """Something is put out that is empty for this reader."""


class _Filled(OutputNode):
    """`{{ … }}`: what it puts out is escaped, and is never nothing."""

    def render_to_output(self, context: Context, buffer: TextIO) -> int:
        said = to_liquid_string(self.expression.evaluate(context), autoescape=False)
        if not said.strip():
            raise Empty(str(self.expression), token=self.token)
        return buffer.write(context.env.written(said) if isinstance(context.env, _Liquid) else said)


class _Filling(Output):
    node_class = _Filled


class _Liquid(Environment):
    """The tags and filters of a letter. Units: limits in bytes and rounds of a loop, each for one letter."""

    loop_iteration_limit = MOST_LOOPS
    output_stream_limit = MOST_BYTES
    local_namespace_limit = MOST_BYTES
    context_depth_limit = 20
    block_nesting_limit = 20

    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        super().__init__(undefined=StrictUndefined)

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.add_tag(_Filling)
        self.tags = {name: tag for name, tag in self.tags.items() if name in TAGS | _INSIDE | {"#"}}
        self.filters = {name: each for name, each in self.filters.items() if name in FILTERS}

    def written(self, said: str) -> str:
        if self.writing is Writing.MARKDOWN:
            return _PUNCTUATION.sub(r"\\\1", said)
        return escape(said) if self.writing is Writing.MJML else said


def plain_value(value: object) -> str | None:
    """A value as it may stand in a letter: one line, no sign that turns the direction of others, not without end; None for nothing."""
    text = " ".join(unturned(_CONTROL.sub(" ", str(value))).split()) if value is not None else ""
    return (text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…") or None


def values_for(values: Mapping[str, str]) -> dict[str, str | None]:
    """Every value that a letter may name, cleaned; what is not known of her is none."""
    return {name: plain_value(values.get(name)) for name in VALUES}


def filled(text: str, values: Mapping[str, str | None], writing: Writing, file: str, line: int) -> str:
    """A text of a letter, filled in for one reader. `line` is that on which the text begins in its file.

    Raises: BookError with the line and a sentence where it cannot be.
    """
    try:
        return parsed(text, writing).render(values)
    except (LiquidError, RecursionError, ValueError, TypeError) as wrong:
        raise mistake_of(wrong, text, file, line) from wrong


@lru_cache(maxsize=400)
def parsed(text: str, writing: Writing) -> BoundTemplate:
    """A text of a letter, ready to be filled in. Raises: LiquidError or RecursionError where it is not Liquid."""
    return _liquid(writing).from_string(text)


@cache
def _liquid(writing: Writing) -> _Liquid:
    return _Liquid(writing)


def mistake_of(wrong: Exception, text: str, file: str, line: int) -> BookError:
    """What Liquid says, as a mistake of a book."""
    token = wrong.token if isinstance(wrong, LiquidError) else None
    at = line_at(text, token.start_index, line) if token is not None and token.start_index >= 0 else line
    return BookError(file, at, _sentence(wrong))


def line_at(text: str, index: int, line: int) -> int:
    """The line of a place in a text that begins on `line`."""
    return line + text.count("\n", 0, index)


def unknown_value(name: str) -> str:
    """What is said of a value that no letter has."""
    return f"Nothing fills {{{{ {name} }}}}; known are {quoted(list(VALUES), 'and')}.{did_you_mean(name, VALUES)}"


def unknown_filter(name: str) -> str:
    """What is said of a filter that no letter has."""
    return f"There is no filter “{name}” in a letter; known are {quoted(sorted(FILTERS), 'and')}.{did_you_mean(name, FILTERS)}"


def _sentence(wrong: Exception) -> str:
    what = str(wrong.message) if isinstance(wrong, LiquidError) else ""
    named = found[1] if (found := _NAMED.search(what)) else what
    if isinstance(wrong, Empty):
        guard = "" if what.split(".")[0] in ALWAYS_THERE else f" Write {{% if {what.split(' ')[0]} %}} … {{% endif %}} around it."
        return f"{{{{ {what} }}}} is empty for some who would read this.{guard}"
    if isinstance(wrong, UnknownFilterError):
        return unknown_filter(named)
    if isinstance(wrong, UndefinedError):
        return unknown_value(named.removesuffix(" is undefined"))
    if isinstance(wrong, LoopIterationLimitError):
        return f"It goes round more than {MOST_LOOPS:,} times; a letter does not."
    if isinstance(wrong, OutputStreamLimitError | LocalNamespaceLimitError):
        return f"It grows past {MOST_BYTES:,} bytes; nobody reads so long a letter."
    if isinstance(wrong, BlockNestingError | ContextDepthError | RecursionError):
        return "It has conditions within conditions beyond all measure."
    if what.startswith("unexpected tag"):
        return f"There is no {{% {named} %}} here; a letter knows {quoted(sorted(TAGS), 'and')}, each closed by its own end.{did_you_mean(named, TAGS)}"
    if what.startswith("expected tag"):
        return f"A tag is opened and never closed: {{% {what.split()[2].rstrip(',')} %}} is missing."
    if "expected '}}'" in what or "expected '%}'" in what or "closing delimiter" in what:
        return "A {{ or {% is opened and never closed."
    return f"This is no Liquid that a letter understands: {what or type(wrong).__name__}."
