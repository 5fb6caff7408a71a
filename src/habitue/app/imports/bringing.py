"""Files of a brand on their way in: understood, tried out, confirmed, taken in; and what was confirmed is kept for the next file of the same heading.

1. A mapping that was given, or that was kept of an earlier file, says what the columns tell; else it is guessed. 2. A rehearsal shows what would happen.
3. Once somebody has confirmed it, the file is taken in, and the mapping kept in `DATA/mappings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from habitue.app.imports.importing import import_file, import_part
from habitue.app.imports.kinds import KINDS
from habitue.app.imports.mapping import Mapping, read_toml, told_by
from habitue.app.imports.rehearsing import rehearsing
from habitue.app.imports.report import ImportReport, Progress
from habitue.app.understanding.forms import Asked
from habitue.app.understanding.mapping_texts import to_toml
from habitue.app.understanding.parts import layout_of, recognise_parts
from habitue.app.understanding.recognised import Recognised
from habitue.events.files import open_table
from habitue.store import Settings, Truth
from habitue.words.errors import BadInput
from habitue.words.keys import key_hash

FOLDER = "mappings"
OF_ONE_FILE = frozenset(("at", "sold_at", "campaign", "subject", "message", "agrees_email_at", "agrees_sms_at"))
How = Literal["said", "kept", "guessed", "plain"]


@dataclass(frozen=True)
class Brought:
    """One file as an import understood it, and how: a mapping said so, one was kept, it was guessed, or its columns are named like our fields.

    `parts` are empty where the file is read as it stands, through the mapping at `mapping` and as that `kind`.
    """

    path: Path
    parts: tuple[Recognised, ...]
    how: How
    mapping: Path | None = None
    kind: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether anything in it is a guess that somebody should look at."""
        return any(part.doubts or any(found.sureness in ("likely", "guess") for found in part.found) for part in self.parts)


def understand_file(path: Path, settings: Settings, kind: str = "", mapping: Path | None = None, asked: Asked | None = None) -> Brought:
    """What that file is and what its columns tell. Raises: BadInput where that cannot be found out, with what to do."""
    asked = asked or Asked()
    if mapping:
        tables = mapping_tables(mapping)
        return Brought(path, recognise_parts(path, settings, kind, tables, asked), "said", mapping) if tables else Brought(path, (), "said", mapping, kind)
    if kind and _is_plain(path, kind):
        return Brought(path, (), "plain", None, kind)
    kept = kept_mapping(path, settings)
    tables = mapping_tables(kept) if kept.exists() else {}
    if tables and (not kind or kind in tables):
        return Brought(path, recognise_parts(path, settings, kind, tables, asked), "kept", kept)
    return Brought(path, recognise_parts(path, settings, kind, None, asked), "guessed")


def take_in(truth: Truth, settings: Settings, brought: Brought, progress: Progress | None = None) -> list[ImportReport]:
    """Imports the file; a report for each kind of facts. Killed and run again, it goes on and doubles nothing."""
    if not brought.parts:
        return [import_file(truth, settings, brought.path, brought.mapping, brought.kind, progress)]
    return [import_part(truth, settings, part, progress) for part in brought.parts]


def rehearse(truth: Truth, settings: Settings, files: Sequence[Brought], progress: Progress | None = None) -> list[list[ImportReport]]:
    """What would become of these files, one after the other; nothing is written."""
    with rehearsing(truth) as stage:
        return [take_in(stage, settings, one, progress) for one in files]


def keep_mapping(brought: Brought, settings: Settings) -> Path | None:
    """Keeps what was confirmed of a file, whole or not at all, so that the next of the same heading needs no questions; gives where.

    A date or a campaign that was said for all rows holds for that file alone, and nothing of it is kept.
    """
    if not brought.parts or brought.how == "kept" or any(OF_ONE_FILE & part.mapping.fixed.keys() for part in brought.parts):
        return None
    path = kept_mapping(brought.path, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    told = f"# What {brought.path.name!a} and files of the same heading tell; edit it as you like (docs/import.md), or delete it to be asked again.\n\n"
    fresh.write_text(told + to_toml(part.mapping for part in brought.parts), encoding="utf-8")
    fresh.replace(path)
    return path


def kept_mapping(path: Path, settings: Settings) -> Path:
    """Where the mapping of files with that heading is kept, if it is. Raises: BadInput where the file has no heading."""
    layout, heading = layout_of(path)
    return settings.data / FOLDER / f"{layout or 'file'}-{key_hash(layout, *heading).hex()[:12]}.toml"


def mapping_tables(mapping: Path) -> dict[str, dict[str, Any]]:
    """The tables of a mapping by kind; none where it is a mapping of one kind that is read as it stands."""
    told = read_toml(mapping)
    if told and all(isinstance(table, dict) and name in KINDS for name, table in told.items()):
        return told
    if told.get("is_tidied") or "layout" in told:
        if told.get("kind") not in KINDS:
            raise BadInput(f"{mapping.name} names the kind “{told.get('kind', '')}”; it must be one of {', '.join(KINDS)}.")
        return {told["kind"]: told}
    return {}


def _is_plain(path: Path, kind: str) -> bool:
    """Whether every column that this kind needs is named like its field; where nothing is named like her yes or no, it may stand under another name."""
    if kind not in KINDS:
        return True  # then the import says what it may be
    table = open_table(path)
    try:
        told = {one.field.name: one.column for one in told_by(Mapping(kind=kind), table.columns, path.name)}
        is_all_ours = set(table.columns) <= set(told.values())
    except BadInput:
        return False
    finally:
        table.close()
    if kind == "consents":
        return bool(told["granted"]) or is_all_ours
    return kind != "orders" or bool({"amount", "price"} & told.keys())
