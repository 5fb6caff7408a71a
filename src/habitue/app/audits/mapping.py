"""The mapping of an audit: what each file's columns tell, and how its rows must be mended; guessed, or read from a file, or both.

A mapping file has a table for each kind of file: `[sends.columns]`, `[orders.forms]`; what it says wins over any guess.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from habitue.app.audits.kinds import AUDIT_KINDS
from habitue.app.imports.kinds import Field
from habitue.app.imports.mapping import Mapping, check_names, read_toml
from habitue.app.understanding.mapping_texts import mapping_from_table
from habitue.words.errors import BadInput


class AuditMapping(Mapping, frozen=True, forbid_unknown_fields=True):
    """A mapping for one file of an audit."""

    kinds: ClassVar[dict[str, tuple[Field, ...]]] = AUDIT_KINDS


def read_audit_mapping(path: Path) -> dict[str, dict[str, Any]]:
    """What a mapping file says of each kind of file; nothing of a kind that it does not name.

    Raises: BadInput with the file's name and what is wrong in it.
    """
    said = read_toml(path)
    for kind, table in said.items():
        if kind not in AUDIT_KINDS:
            raise BadInput(f"{path.name} has a table [{kind}]; an audit knows {', '.join(f'[{known}]' for known in AUDIT_KINDS)}.")
        check_names(mapping_from_table({**table, "kind": kind}, path.name, AuditMapping), path.name)
    return said
