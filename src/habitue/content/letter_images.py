"""The images of letters: files in `letters/images` of the book, known by what they hold, under an address that is the same for everybody.

An address made of the content alone tells nobody who opens a letter: it is no open pixel. Source: CNIL, recommendation on tracking pixels in e-mail;
the kinds by their first bytes: ISO/IEC 10918-1 (JPEG), RFC 2083 (PNG), GIF 89a, RFC 9649 (WebP).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from habitue.content.letters import FOLDER
from habitue.words.errors import BookError

IMAGES = f"{FOLDER}/images"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.(?:jpe?g|png|gif|webp)", re.ASCII)
ADDRESS = re.compile(r"([0-9a-f]{32})\.(jpg|png|gif|webp)", re.ASCII)
MOST_BYTES = 1_000_000
MOST_TOGETHER_BYTES = 30_000_000
"""Of all images of a book: as much as a backup keeps of them."""
MOST_PIXELS = 4_000
"""On one side; what a telephone has to unpack grows with the square of it."""
MEDIA = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Picture:
    """One image. `kind` is one of `MEDIA`, told by the content. Units: `width` and `height` in pixels."""

    file: Path
    name: str
    hash: str
    kind: str
    width: int
    height: int

    @property
    def path(self) -> str:
        """Where this house serves it."""
        return f"/images/{self.hash}.{self.kind}"


def is_ours(address: str) -> bool:
    """Whether an image is named as one of the book's own."""
    return NAME.fullmatch(address) is not None


def picture(folder: Path, name: str) -> Picture:
    """An image of the book by its name. Raises: BookError where it is not there, too large, or no image that mail shows."""
    file, called = folder / IMAGES / name, f"{IMAGES}/{name}"
    try:
        if not is_ours(name) or not file.is_file():
            raise FileNotFoundError
        state = file.stat()
        if state.st_size > MOST_BYTES:
            raise BookError(called, 0, f"The image has {state.st_size:,} bytes; {MOST_BYTES:,} are allowed.")
        return _read(file, state.st_mtime_ns, state.st_size, state.st_ino)
    except FileNotFoundError as wrong:
        raise BookError(called, 0, "There is no such image.") from wrong
    except OSError as wrong:
        raise BookError(called, 0, f"The image cannot be opened: {wrong.strerror}.") from wrong


def picture_at(folder: Path, address: str) -> tuple[Picture, bytes] | None:
    """The image of the book that is served under the last part of an address, and its content; none where none has that content any more."""
    found = ADDRESS.fullmatch(address)
    for name in names(folder) if found else ():
        try:
            each = picture(folder, name)
            if each.path.endswith(f"/{address}") and sha256(content := each.file.read_bytes()).hexdigest().startswith(each.hash):
                return each, content
        except (BookError, OSError):
            continue  # what is no image is served to nobody
    return None


def names(folder: Path) -> list[str]:
    """What lies among the images, whatever it is."""
    return sorted(file.name for file in (folder / IMAGES).glob("*"))


def kept(folder: Path) -> list[Path]:
    """The images that a backup keeps, the newest first: none that is too large, and together not more than it can hold."""
    found, together = [], 0
    for size, file in _by_age(folder):
        together += size
        if together > MOST_TOGETHER_BYTES:
            break
        found.append(file)
    return found


def bytes_together(folder: Path) -> int:
    """How large the images of a book are, all together."""
    return sum(size for size, _ in _by_age(folder))


def _by_age(folder: Path) -> list[tuple[int, Path]]:
    states = [(file.stat(), file) for file in (folder / IMAGES).glob("*") if is_ours(file.name) and file.is_file()]
    return [(state.st_size, file) for state, file in sorted(states, key=lambda each: (-each[0].st_mtime_ns, each[1].name)) if state.st_size <= MOST_BYTES]


@lru_cache(maxsize=1_000)
def _read(file: Path, _changed_at: int, _size: int, _inode: int) -> Picture:
    content, called = file.read_bytes(), f"{IMAGES}/{file.name}"
    kind, width, height = _kind_and_size(content)
    if not kind:
        raise BookError(called, 0, "This is no JPEG, PNG, GIF or WebP that mail shows; save it as one of them.")
    if max(width, height) > MOST_PIXELS:
        raise BookError(called, 0, f"The image is {width:,} by {height:,} pixels; {MOST_PIXELS:,} are allowed on a side.")
    return Picture(file, file.name, sha256(content).hexdigest()[:32], kind, width, height)


def _kind_and_size(content: bytes) -> tuple[str, int, int]:
    """What an image is by its first bytes, and how wide and high; empty where it is none."""
    found = ("", 0, 0)
    if content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR":
        found = ("png", _big(content[16:20]), _big(content[20:24]))
    elif content[:6] in (b"GIF87a", b"GIF89a"):
        found = ("gif", _little(content[6:8]), _little(content[8:10]))
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        found = ("webp", *_webp_size(content))
    elif content[:3] == b"\xff\xd8\xff":
        found = ("jpg", *_jpeg_size(content))
    return found if found[1] and found[2] else ("", 0, 0)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Of the first frame, whose marker follows after others, each with its length."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            return _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7])
        at += 1 if marker == 0xFF else 2 if marker in _STANDALONE else 2 + max(_big(content[at + 2 : at + 4]), 2)
    return 0, 0


def _webp_size(content: bytes) -> tuple[int, int]:
    form, told = content[12:16], content[20:30]
    if form == b"VP8 " and told[3:6] == b"\x9d\x01\x2a":
        return _little(told[6:8]) & 0x3FFF, _little(told[8:10]) & 0x3FFF
    if form == b"VP8L" and told[:1] == b"\x2f":
        bits = _little(told[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8X" and len(told) == 10:
        return _little(told[4:7]) + 1, _little(told[7:10]) + 1
    return 0, 0


def _big(content: bytes) -> int:
    return int.from_bytes(content, "big")


def _little(content: bytes) -> int:
    return int.from_bytes(content, "little")
