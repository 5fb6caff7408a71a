"""A report as a reader finds it, for tests: its text, its anchors, its links, its tags."""

from __future__ import annotations

from html.parser import HTMLParser

from habitue.audit.figures import Figures
from habitue.audit.report import report_html

LANGUAGES = ["en", "fr"]
NARROW, NO_BREAK = "\u202f", "\u00a0"


class Read(HTMLParser):
    """A report as a reader finds it: its text, its anchors, its links, its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.is_style = False
        self.feed(html)

    def handle_endtag(self, tag: str) -> None:
        self.is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks, self.is_style = dict(attrs), tag == "style"
        self.tags.append((tag, marks))
        self.ids += [str(marks["id"])] if "id" in marks else []
        self.links += [str(marks["href"])] if tag == "a" else []

    def handle_data(self, data: str) -> None:
        self.said += "" if self.is_style else data


def page(made: Figures, language: str = "en") -> Read:
    return Read(report_html(made, language))
