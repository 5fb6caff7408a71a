"""The letters of a brand, as a marketer writes them: `letters/NAME.en.md` and `letters/NAME.fr.md` in the folder of the book.

Shape of a file: between two lines of `+++` what stands over the letter, as TOML (`subject`, and if wished `preheader`); then the letter, Markdown with Liquid.
Or `letters/NAME.en.mjml`, MJML with Liquid: the subject is its `mj-title`, the preheader its `mj-preview`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from habitue.content.mjml_source import head_of, tidied
from habitue.content.model import LANGUAGES
from habitue.content.page import Notes, Page
from habitue.content.places import lines_of
from habitue.content.reading_files import text_of, values_of
from habitue.words.errors import BookError

FOLDER = "letters"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME = 60
LONGEST_LETTER = 20_000  # characters, heads and all
FENCE = "+++"

VALUES: Mapping[str, str] = {
    "name": "her given name; empty where we do not know it",
    "thing": "the thing that the action is about; empty where it is about none",
    "because": "the thing that it goes with; empty where there is none",
    "brand": "the name of your shop",
    "since": "the month of her first basket, as “March 2016”; empty where there is none yet",
    "order": "the number of her order or return; empty where the letter is about none",
}
"""What a letter can say of her and of us, by the name that stands between {{ and }}."""
ALWAYS_THERE = frozenset({"brand"})
ABOUT_HER = frozenset({"thing", "because", "since", "order"})
"""What is about her besides her name."""


class Writing(StrEnum):
    """How a text is written, by which what is filled in is escaped; the endings of a letter's file."""

    PLAIN = ""
    MARKDOWN = ".md"
    MJML = ".mjml"


ENDINGS = (Writing.MARKDOWN, Writing.MJML)


@dataclass(frozen=True)
class Letter:
    """One letter in one language. `line` is that of the file on which `body` begins; `subject_line` and `preheader_line` likewise.

    `folder` is the book's, in which its images lie.
    """

    name: str
    language: str
    subject: str
    preheader: str
    body: str
    file: str = ""
    line: int = 1
    subject_line: int = 1
    preheader_line: int = 1
    folder: Path | None = None

    @property
    def writing(self) -> Writing:
        """How its body is written."""
        return Writing.MJML if self.file.endswith(Writing.MJML) else Writing.MARKDOWN


def is_name(name: str) -> bool:
    """True for what a letter may be called: small letters and digits joined by single hyphens."""
    return NAME.fullmatch(name) is not None and len(name) <= LONGEST_NAME


def file_of(name: str, language: str, ending: str = Writing.MARKDOWN) -> str:
    """Where a letter lies in the folder of the book, and how its file is named to a person."""
    return f"{FOLDER}/{name}.{language}{ending}"


def is_there(folder: Path, name: str, language: str) -> bool:
    """Whether a letter lies in the folder of the book in that language, whichever way it is written."""
    return any((folder / file_of(name, language, ending)).is_file() for ending in ENDINGS)


def name_and_language(file: str) -> tuple[str, str]:
    """Of a file among the letters; both empty where no action can name it."""
    stem = next((file.removesuffix(ending) for ending in ENDINGS if file.endswith(ending)), "")
    name, _, language = stem.rpartition(".")
    return (name, language) if language in LANGUAGES and is_name(name) else ("", "")


def languages_of(folder: Path, name: str) -> tuple[str, ...]:
    """The languages in which a letter lies in the folder of the book."""
    return tuple(language for language in LANGUAGES if is_name(name) and is_there(folder, name, language))


def letter_of(folder: Path, name: str, language: str) -> Letter:
    """The letter of that name in her language, else in English.

    Raises: BookError where there is none, or where it cannot be read.
    """
    there = languages_of(folder, name)
    for each in (language, LANGUAGES[0]):
        if each in there:
            return read_letter(folder, name, each)
    raise BookError(file_of(name, LANGUAGES[0]), 0, f"There is no letter “{name}” in this book.")


def read_letter(folder: Path, name: str, language: str) -> Letter:
    """One letter in one language, as its file has it. Raises: BookError with the first thing that is wrong."""
    file = _the_file(folder, name, language)
    try:
        state = (folder / file).stat()
    except OSError as wrong:
        raise BookError(file, 0, f"The file cannot be opened: {wrong.strerror}.") from wrong
    return _read(folder, name, language, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=400)
def _read(folder: Path, name: str, language: str, _changed_at: int, _size: int, _inode: int) -> Letter:
    letter, mistakes = letter_and_mistakes(folder, name, language)
    if letter is None or mistakes:
        raise mistakes[0]
    return letter


def letter_and_mistakes(folder: Path, name: str, language: str) -> tuple[Letter | None, list[BookError]]:
    """The letter, or none where its file cannot be read at all; and every mistake in what stands over it."""
    try:
        file = _the_file(folder, name, language)
        text = text_of(folder / file, file)
        if len(text) > LONGEST_LETTER:
            raise BookError(file, 0, f"The letter has {len(text):,} characters; {LONGEST_LETTER:,} are allowed.")
        if file.endswith(Writing.MJML):
            return _in_mjml(folder, name, language, file, text), []
        head, body, line = _parts(file, text)
        values = values_of(file, head)
    except BookError as mistake:
        return None, [mistake]
    notes = Notes(file, lines_of(head))
    page = Page(values, (), notes, "What stands over the letter")
    subject = page.text("subject", example='subject = "Your coffee is in"')
    preheader = page.text("preheader", "")
    page.close()
    if not body.strip():
        notes.mistakes.append(BookError(file, line, "The letter says nothing."))
    return Letter(name, language, subject, preheader, body, file, line, notes.line(("subject",)), notes.line(("preheader",)), folder), notes.mistakes


def _the_file(folder: Path, name: str, language: str) -> str:
    """The one file that is the letter. Raises: BookError where there are two of them."""
    markdown, mjml = (file_of(name, language, ending) for ending in ENDINGS)
    if not (folder / mjml).is_file():
        return markdown
    if (folder / markdown).is_file():
        raise BookError(mjml, 0, f"{markdown} is the same letter, and nobody knows which of the two to send: take one away.")
    return mjml


def _in_mjml(folder: Path, name: str, language: str, file: str, text: str) -> Letter:
    """Raises: BookError where it says no subject."""
    body = tidied(text)
    (subject, subject_at), (preheader, preheader_at) = head_of(body, "mj-title"), head_of(body, "mj-preview")
    if not subject:
        raise BookError(file, 1, "A letter needs its subject: write <mj-title>It is in: {{ thing }}</mj-title> into <mj-head>.")
    subject_line, preheader_line = (1 + body.count("\n", 0, max(at, 0)) for at in (subject_at, preheader_at))
    return Letter(name, language, subject, preheader, body, file, 1, subject_line, preheader_line, folder)


def _parts(file: str, text: str) -> tuple[str, str, int]:
    """What stands over the letter (after an empty line in place of its fence, so that lines keep their numbers), the letter, and the line on which it begins.

    Raises: BookError where there is no such head.
    """
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if not (len(ends) > 1 and ends[0] == 0):
        raise BookError(file, 1, 'A letter begins with a line of +++, then subject = "…", then another line of +++.')
    return "\n" + "\n".join(lines[1 : ends[1]]), "\n".join(lines[ends[1] + 1 :]), ends[1] + 2
