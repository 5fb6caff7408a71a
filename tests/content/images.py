"""Small images for the tests of letters, as files hold them."""

from __future__ import annotations

import zlib
from pathlib import Path
from struct import pack


def png(width: int, height: int, colour: bytes = b"\xa3\x23\x1c") -> bytes:
    """A picture of one colour."""
    rows = zlib.compress((b"\0" + colour * width) * height)
    parts = ((b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(pack(">I", len(part)) + name + part + pack(">I", zlib.crc32(name + part)) for name, part in parts)


def put_image(book: Path, name: str, content: bytes) -> None:
    folder = book / "letters" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
