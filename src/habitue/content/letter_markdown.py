"""The Markdown of a letter: as HTML for its frame, and as plain text. What looks like HTML is text; code is none.

Source: CommonMark 0.31; addresses in plain text in angle brackets, RFC 3986, appendix C.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from habitue.words.typesetting import typeset

BUTTON = "press"
_LEFT_OUT = ["html_block", "html_inline", "code", "fence", "backticks", "autolink"]
"""Kinds of markup in which a backslash is no escape, or which a letter has no use for."""


def tokens_of(text: str, language: str) -> list[Token]:
    """The parts of a letter, its texts set as a printer of the language would; a link that stands alone is a button."""
    tokens = _markdown().parse(text)
    for token in tokens:
        children = token.children or []
        for child in children:
            if child.type == "text":
                child.content = typeset(child.content, language)
        if _is_button(children):
            children[0].attrSet("class", BUTTON)
    return tokens


def place_images(tokens: Sequence[Token], placed: Callable[[str], Mapping[str, str]]) -> None:
    """Gives each image what `placed` says of its address: where it is seen, and how wide and high."""
    for child in _children(tokens, "image"):
        for name, value in placed(str(child.attrGet("src") or "")).items():
            child.attrSet(name, value)


def as_html(tokens: Sequence[Token]) -> str:
    """The parts as HTML that is XML too, for the body of a frame."""
    return str(_markdown().renderer.render(tokens, _markdown().options, {}))


def as_text(tokens: Sequence[Token]) -> str:
    """The parts as plain text: a block a paragraph, a button's address on a line of its own."""
    return _Text().run(tokens)


def links_in(tokens: Sequence[Token]) -> Iterator[str]:
    """Where each link leads."""
    for child in _children(tokens, "link_open"):
        yield str(child.attrGet("href") or "")


def lead(tokens: Sequence[Token], led: Callable[[str], str]) -> None:
    """Lets each link lead where `led` says."""
    for child in _children(tokens, "link_open"):
        child.attrSet("href", led(str(child.attrGet("href") or "")))


def images_in(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The address and the alternative text of each image."""
    for child in _children(tokens, "image"):
        yield str(child.attrGet("src") or ""), child.content.strip()


@lru_cache(maxsize=400)
def written_images(text: str, language: str) -> frozenset[str]:
    """The addresses of the images of a letter as it was written, before anything is filled in."""
    return frozenset(address for address, _ in images_in(tokens_of(text, language)))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).disable(_LEFT_OUT)


def _children(tokens: Sequence[Token], kind: str) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or [] if child.type == kind)


def _is_button(children: Sequence[Token]) -> bool:
    if len(children) < 3 or (children[0].type, children[-1].type) != ("link_open", "link_close"):
        return False
    return sum(child.type == "link_open" for child in children) == 1


@dataclass
class _Text:
    """One walk through the parts: the blocks so far, and the lists and quotes that are open."""

    blocks: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # the next number of each list; 0 where it has none
    mark: str = ""
    quotes: int = 0
    is_tight: bool = False

    def run(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else 0)
                self.is_tight = False
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
                self.is_tight = False
            elif token.type == "list_item_open":
                self.mark = self._next_mark()
            elif token.type in ("blockquote_open", "blockquote_close"):
                self.quotes += token.nesting
            elif token.type == "hr":
                self._add("* * *")
            elif token.type == "inline":
                self._add(_inline(token.children or []))
        return "\n\n".join(self.blocks)

    def _next_mark(self) -> str:
        number = self.lists[-1]
        self.lists[-1] += bool(number)
        return f"{number}. " if number else "- "

    def _add(self, text: str) -> None:
        indent = "  " * max(len(self.lists) - 1, 0) + "> " * self.quotes
        inner = " " * len(self.mark) if self.mark else "  " * bool(self.lists)
        block = (indent + (self.mark or inner) + text).replace("\n", f"\n{indent}{inner}")
        if self.mark and self.is_tight:
            self.blocks[-1] += "\n" + block
        else:
            self.blocks.append(block)
        self.is_tight, self.mark = bool(self.lists), ""


def _inline(children: Sequence[Token]) -> str:
    """The words of one block; after those of a link, where it leads."""
    said, leads = [], ""
    between = "\n" if _is_button(children) else " "
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            said.append("\n" if child.type == "hardbreak" else " ")
        elif child.type == "link_open":
            leads = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            said.append(f"{between}{leads}" if between == "\n" else f" <{leads}>")
        elif child.type == "image":
            said.append(f"[{child.content}]" if child.content.strip() else "")
        else:
            said.append(child.content)
    return "".join(said)
