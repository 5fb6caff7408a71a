"""The house's own secret: what makes a hash that nobody can try addresses against, unless he holds the key as well as the hashes."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from habitue.words.errors import SettingsError, StoreError

FILE = "house.key"
LENGTH = 32
VARIABLE = "HABITUE_KEY"


def house_key(data: Path, env: Mapping[str, str] = os.environ) -> bytes:
    """The 32 bytes of a house, from `HABITUE_KEY` (64 hexadecimal digits) or from `DATA/house.key`, which is made where there is none.

    The key lies beside the truth and never in it, so that a copy of the truth alone tells nobody who was forgotten.

    Raises: SettingsError where what is found is no key; StoreError where the file cannot be made or read.
    """
    if given := env.get(VARIABLE):
        return _key(given, f"The variable {VARIABLE}")
    file = data / FILE
    try:
        if not file.exists():
            write_private(file, secrets.token_hex(LENGTH).encode() + b"\n", keeps=True)
        return _key(file.read_text(encoding="ascii").strip(), f"The file {file}")
    except UnicodeDecodeError as wrong:
        raise SettingsError(_no_key(f"The file {file}")) from wrong
    except OSError as wrong:
        raise StoreError(f"The file {file} cannot be read or made: {wrong.strerror}.") from wrong


def keyed_hash(key: bytes, *parts: str) -> bytes:
    """32 bytes for a list of texts; no two different lists share one by concatenation. Source: RFC 2104 (HMAC), with SHA-256."""
    written = [part.encode() for part in parts]
    return hmac.digest(key, b"".join(len(part).to_bytes(8) + part for part in written), hashlib.sha256)


def write_private(file: Path, content: bytes, *, keeps: bool = False) -> None:
    """Writes a file that its owner alone can read, whole or not at all; with `keeps`, of two who come at once the first one's holds."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(fresh, file) if keeps else fresh.replace(file)
        except FileExistsError:
            return
        fsync_folder(file.parent)
    finally:
        fresh.unlink(missing_ok=True)


def fsync_folder(folder: Path) -> None:
    """Waits until the disk knows what lies in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _key(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError as wrong:
        raise SettingsError(_no_key(where)) from wrong
    if len(key) != LENGTH:
        raise SettingsError(_no_key(where))
    return key


def _no_key(where: str) -> str:
    return f"{where} is not the key of a house ({2 * LENGTH} hexadecimal digits). Bring back the one that was there: another knows nobody who was forgotten."
