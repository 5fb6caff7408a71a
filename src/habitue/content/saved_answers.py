"""Answers that the shop gives again and again: `answers/NAME.en.md` and `answers/NAME.fr.md` in the folder of the book; plain text with a letter's Liquid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from liquid.exceptions import LiquidError

from habitue.content.letter_lint import NO_ANSWER, strange
from habitue.content.letter_liquid import filled, line_at, mistake_of, parsed, values_for
from habitue.content.letters import ALWAYS_THERE, LONGEST_LETTER, VALUES, Writing, is_name
from habitue.content.model import LANGUAGES, Finding
from habitue.content.reading_files import text_of
from habitue.content.suspicions import FORBIDDEN
from habitue.words.errors import BookError

ANSWERS = "answers"
_FULL: dict[str, str | None] = {name: f"(a {name})" for name in VALUES}
_GAP = re.compile(r"\n{3,}")


def answer_names(folder: Path) -> list[str]:
    """What the saved answers of a book are called, each once, in the order of their names."""
    return sorted({name for file in (folder / ANSWERS).glob("*.md") if (name := _name_and_language(file)[0])})


def saved_answer(folder: Path, name: str, language: str, values: Mapping[str, str]) -> str:
    """A saved answer in her language, else in another, filled in for her; a paragraph that is empty for her leaves no hole.

    Raises: BookError where there is none, it cannot be read, or something in it is empty for her.
    """
    for each in dict.fromkeys((language, *LANGUAGES)):
        if is_name(name) and (folder / _file_of(name, each)).is_file():
            file = _file_of(name, each)
            return _GAP.sub("\n\n", filled(_read(folder, file), values_for(values), Writing.PLAIN, file, 1)).strip()
    raise BookError(_file_of(name, LANGUAGES[0]), 0, f"There is no saved answer “{name}” in this book.")


def answer_findings(folder: Path) -> Iterator[Finding]:
    """What would break when an answer is filled in, whatever is missing; and words that no shopkeeper says."""
    for path in sorted((folder / ANSWERS).glob("*")):
        file = f"{ANSWERS}/{path.name}"
        if not _name_and_language(path)[0]:
            yield Finding(file, 0, False, "Nobody can choose this file; a saved answer is called as opening-hours.en.md or opening-hours.fr.md.")
            continue
        try:
            text = _read(folder, file)
            found = [(line_at(text, index, 1), what) for index, what in strange(parsed(text, Writing.PLAIN))]
            yield from (Finding(file, line, True, what) for line, what in found)
            if not found:
                yield from _of_text(file, text)
        except BookError as mistake:
            yield Finding(file, mistake.line, True, mistake.what)
        except (LiquidError, RecursionError) as wrong:
            said = mistake_of(wrong, text, file, 1)
            yield Finding(file, said.line, True, said.what)


def _of_text(file: str, text: str) -> Iterator[Finding]:
    optional = sorted(set(VALUES) - ALWAYS_THERE)
    for missing in (set(each) for count in range(len(optional) + 1) for each in combinations(optional, count)):
        filled(text, {name: None if name in missing else value for name, value in _FULL.items()}, Writing.PLAIN, file, 1)
    said = filled(text, _FULL, Writing.PLAIN, file, 1)
    if found := FORBIDDEN.search(said) or NO_ANSWER.search(said):
        yield Finding(file, line_at(text, max(text.find(found[0]), 0), 1), False, f"It says “{found[0]}”; say it as you would across the counter.")


def _read(folder: Path, file: str) -> str:
    text = text_of(folder / file, file)
    if len(text) > LONGEST_LETTER:
        raise BookError(file, 0, f"The answer has {len(text):,} characters; {LONGEST_LETTER:,} are allowed.")
    if not text.strip():
        raise BookError(file, 1, "The answer says nothing.")
    return text


def _file_of(name: str, language: str) -> str:
    return f"{ANSWERS}/{name}.{language}.md"


def _name_and_language(file: Path) -> tuple[str, str]:
    """Both empty where the file is no answer of ours."""
    name, _, language = file.name.removesuffix(".md").rpartition(".")
    return (name, language) if file.name.endswith(".md") and language in LANGUAGES and is_name(name) else ("", "")
