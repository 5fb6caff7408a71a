"""What she is shown when she is asked: a file a purpose in the house, in the brand's own words; every wording that was ever in use is kept by its hash."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from habitue.consent.model import Notice
from habitue.store import Truth, sql_text
from habitue.words.errors import SettingsError, Unknown
from habitue.words.vocabulary import Purpose

FOLDER = "notices"
LANGUAGES = ("en", "fr")
SHORTEST_NAME = 8
"""Of a hash, so many signs name a notice where no other begins with them."""


class _Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    text: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    is_used: bool = True
    en: _Wording | None = None
    fr: _Wording | None = None


@dataclass(frozen=True)
class Notices:
    """The wordings of today by purpose and language, and which purposes the brand uses at all."""

    of: Mapping[tuple[Purpose, str], Notice]
    used: frozenset[Purpose]

    def shown(self, purpose: Purpose, language: str) -> Notice:
        """What she is shown in that language, else in the one that there is."""
        return self.of.get((purpose, language)) or next(self.of[purpose, other] for other in LANGUAGES if (purpose, other) in self.of)

    def title(self, purpose: Purpose, language: str) -> str:
        """What the brand calls a purpose."""
        return self.shown(purpose, language).title

    def asked(self, purposes: Iterable[Purpose] = Purpose) -> list[Purpose]:
        """Those of these purposes for which the brand asks."""
        return [purpose for purpose in purposes if purpose in self.used]


def lay_out_notices(data: Path) -> Path:
    """Copies our first wordings into a house, to be changed there. Raises: FileExistsError where there are some already."""
    folder = data / FOLDER
    folder.mkdir(parents=True)
    for page in _first_pages():
        with page.open("rb") as source, (folder / page.name).open("wb") as target:
            shutil.copyfileobj(source, target)
    return folder


def read_notices(data: Path | None, brand: str) -> Notices:
    """The wordings of a house: its own files, and ours for each purpose of which it has none.

    Raises: SettingsError where a file cannot be read, or where words are missing in it.
    """
    found: dict[tuple[Purpose, str], Notice] = {}
    used = set()
    for purpose in Purpose:
        name = f"{purpose.name.lower()}.toml"
        own = data / FOLDER / name if data else None
        page = _read(own if own and own.exists() else files("habitue.consent") / "first_notices" / name)
        used |= {purpose} if page.is_used else set()
        for language in LANGUAGES:
            if wording := getattr(page, language):
                found[purpose, language] = _notice(purpose, language, wording.title.strip(), wording.text.strip().replace("{brand}", brand))
    return Notices(found, frozenset(used))


@cache
def first_titles() -> dict[Purpose, tuple[str, str]]:
    """What we call each purpose, in English and French, where the brand calls it nothing else."""
    ours = read_notices(None, "")
    return {purpose: (ours.title(purpose, "en"), ours.title(purpose, "fr")) for purpose in Purpose}


def keep_notices(truth: Truth, notices: Notices, now: int) -> Notices:
    """The same, each with its version and since when it is kept; opens its own transaction only where a wording is new. Units: `now` in UTC seconds."""
    kept = every_notice(truth)
    if not {notice.hash for notice in notices.of.values()} <= set(kept):
        with truth.transaction():
            truth.next_seq()  # takes the counter's lock: whoever else keeps a notice waits here, then finds it
            kept = every_notice(truth)
            for (purpose, language), notice in notices.of.items():
                if notice.hash not in kept:
                    version = 1 + max((old.version for old in kept.values() if (old.purpose, old.language) == (purpose, language)), default=0)
                    kept[notice.hash] = Notice(notice.hash, purpose, language, version, notice.title, notice.text, now)
                    row = notice.hash, int(purpose), language, version, notice.title, notice.text, now
                    truth.run(sql_text("consent", "add_notice"), row)
    return Notices({key: kept[notice.hash] for key, notice in notices.of.items()}, notices.used)


def every_notice(truth: Truth) -> dict[str, Notice]:
    """Every wording that was ever in use, by its hash."""
    rows = truth.run(sql_text("consent", "notices"))
    return {hashed: Notice(hashed, Purpose(purpose), *rest) for hashed, purpose, *rest in rows}


def notice_named(truth: Truth, name: str) -> Notice:
    """The wording of a hash, or of its first signs.

    Raises: Unknown where none has it, or more than one.
    """
    found = [notice for hashed, notice in every_notice(truth).items() if len(name) >= SHORTEST_NAME and hashed.startswith(name.lower())]
    if len(found) != 1:
        raise Unknown(f"No notice has the hash “{name[:64]}”; `habitue notice list` shows them all.")
    return found[0]


def _first_pages() -> list[Traversable]:
    return [page for page in (files("habitue.consent") / "first_notices").iterdir() if page.name.endswith(".toml")]


def _read(page: Path | Traversable) -> _File:
    try:
        found = msgspec.toml.decode(page.read_bytes(), type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as wrong:
        raise SettingsError(f"{page} cannot be read: {wrong}.") from wrong
    wordings = [wording for wording in (found.en, found.fr) if wording]
    if not wordings or not all(text.strip() and "\0" not in text for wording in wordings for text in (wording.title, wording.text)):
        raise SettingsError(f"{page} says nothing: under [fr], [en] or both it needs a title and a text.")
    return found


def _notice(purpose: Purpose, language: str, title: str, text: str) -> Notice:
    made = Notice("", purpose, language, 0, title, text, 0)
    return Notice(sha256(made.page.encode()).hexdigest(), purpose, language, 0, title, text, 0)
