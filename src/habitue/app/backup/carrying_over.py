"""Who was forgotten in a house, and who is not to be written to, carried from one folder into another: between the house, its backups and their keys."""

from __future__ import annotations

import os
from pathlib import Path

from habitue.consent.suppression_file import add_lines
from habitue.consent.suppression_file import lines as suppressed_lines
from habitue.identity.tombstones import FILE as FORGOTTEN
from habitue.identity.tombstones import graves_in
from habitue.store.house_key import fsync_folder


def carry_over(source: Path, target: Path, house: str) -> bool:
    """Brings who was forgotten in this house (by the check of its key), and who is not to be written to, from one folder into another; nothing is taken away.
    Says whether anything came.

    Raises: Damaged where a list in one of them is; StoreError or OSError where the disk says no, or either folder is not there; then nothing is carried.
    """
    if not source.is_dir() or not target.is_dir():
        raise FileNotFoundError(2, f"{source if target.is_dir() else target} is not there")
    known = {line for line, _ in graves_in(target / FORGOTTEN)}
    lacking = [line for line, grave in graves_in(source / FORGOTTEN) if line not in known and grave.check == house]
    kept = set(suppressed_lines(target))
    more = [line for line in suppressed_lines(source) if line not in kept]
    if lacking:
        with (target / FORGOTTEN).open("ab") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(b"".join(b"\n" + line + b"\n" for line in lacking))
            file.flush()
            os.fsync(file.fileno())
        fsync_folder(target)
    add_lines(target, more)
    return bool(lacking or more)
