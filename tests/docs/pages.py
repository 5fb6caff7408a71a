"""The pages of the documentation as tests read them: files that a page shows, and commands with the answers that it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).parent.parent.parent
FENCE = re.compile(r"^```(\w*)[ ]?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]*)(#[^)\s]*)?\)")


@dataclass
class Shown:
    """One command of a page, and the lines that the page prints as its answer."""

    command: str
    answer: list[str] = field(default_factory=list)


def text_of(page: str) -> str:
    return (HOME / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """The fenced blocks of one language: what stands after the language, and the text."""
    return [(about, text) for found, about, text in FENCE.findall(text_of(page)) if found == language]


def lay_out(page: str, folder: Path) -> None:
    """Writes every file that a page shows with its name: ```csv orders.csv."""
    for language in ("csv", "toml"):
        for name, text in blocks(page, language):
            if name:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")


def commands(page: str) -> list[Shown]:
    """The commands of a page's console blocks, in order."""
    found: list[Shown] = []
    for _, text in blocks(page, "console"):
        for line in text.splitlines():
            if line.startswith("$ "):
                found.append(Shown(line[2:].partition("  #")[0].strip()))
            elif line.strip():
                found[-1].answer.append(line)
    return found


def headings(page: str) -> set[str]:
    """The anchors of a page, as the usual readers of Markdown make them."""
    lines = re.sub(FENCE, "", text_of(page)).splitlines()
    return {re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-") for line in lines if line.startswith("#")}


def plain(text: str) -> str:
    """A text with one space between words."""
    return " ".join(text.split())
