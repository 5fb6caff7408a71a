"""What came along with what she wrote, as people read it: what each file is, what its name hides, and whether it is to be left closed."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.app.house import House
from habitue.app.looking import LookBook, looked
from habitue.dialogue.attachments import NO_NAME, WHOLE, Attachment, attachment
from habitue.dialogue.file_kinds import NOT_TO_OPEN, FileKind, endings_of, name_lies
from habitue.events.lookup import look_up
from habitue.identity.records import whose
from habitue.words.errors import Unknown

KINDS: dict[FileKind, tuple[str, str]] = {
    FileKind.JPEG: ("photo (JPEG)", "photo (JPEG)"),
    FileKind.PNG: ("picture (PNG)", "image (PNG)"),
    FileKind.GIF: ("picture (GIF)", "image (GIF)"),
    FileKind.WEBP: ("picture (WebP)", "image (WebP)"),
    FileKind.HEIC: ("photo (HEIC)", "photo (HEIC)"),
    FileKind.PDF: ("PDF", "PDF"),
    FileKind.TEXT: ("plain text", "texte simple"),
    FileKind.WORD: ("text document", "document texte"),
    FileKind.SHEET: ("table of figures", "tableur"),
    FileKind.SLIDES: ("slides", "présentation"),
    FileKind.ZIP: ("archive (ZIP)", "archive (ZIP)"),
    FileKind.VIDEO: ("film", "vidéo"),
    FileKind.VOICE: ("sound", "son"),
    FileKind.MAIL: ("e-mail, as it came", "e-mail, tel qu’il est venu"),
    FileKind.PAGE: ("web page", "page web"),
    FileKind.MACROS: ("document that can hold a program", "document qui peut contenir un programme"),
    FileKind.PROGRAM: ("program", "programme"),
    FileKind.UNKNOWN: ("kind unknown", "nature inconnue"),
}
DO_NOT_OPEN = ("Do not open it: it can do something by itself.", "Ne l’ouvrez pas : il peut agir de lui-même.")
LIES = ("Its name says that it is something else.", "Son nom dit qu’il est autre chose.")
ENDS_TWICE = ("Its name ends twice, in .{} and in .{}.", "Son nom finit deux fois, par .{} et par .{}.")
CLOSED = ".do-not-open"
"""What the name of such a file ends in where it is taken out: no machine runs that by a press."""
TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.GIF: "image/gif",
    FileKind.WEBP: "image/webp",
    FileKind.HEIC: "image/heic",
    FileKind.PDF: "application/pdf",
}
PLAIN = "application/octet-stream"
NOTHING = "Nothing was handed along under the number {}, or it is here no more."


@dataclass(frozen=True)
class FileLine:
    """One file that came along with her words; `what` says what it is, `remarks` what to mind; `size` is said in words."""

    number: int
    name: str
    kind: str
    what: str
    size_bytes: int
    size: str
    is_not_to_open: bool
    remarks: tuple[str, ...]


def file_line(told: Attachment, language: str) -> FileLine:
    """A file as a person reads of it."""
    place, ends = int(language == "fr"), endings_of(told.name)
    is_closed = told.kind in NOT_TO_OPEN
    remarks = [DO_NOT_OPEN[place]] if is_closed else []
    if name_lies(told.name, told.kind):
        remarks.append(LIES[place])
    if len(ends) > 1:
        remarks.append(ENDS_TWICE[place].format(*ends))
    name = told.name if told.name not in (NO_NAME, WHOLE) else {NO_NAME: ("no name", "sans nom"), WHOLE: ("the e-mail", "l’e-mail")}[told.name][place]
    return FileLine(told.number, name, told.kind.value, KINDS[told.kind][place], told.size_bytes, _size(told.size_bytes, language), is_closed, tuple(remarks))


def _size(size_bytes: int, language: str) -> str:
    """“12 kB”, “2,4 Mo”."""
    byte, number = ("o", f"{size_bytes / 1e6:.1f}".replace(".", ",")) if language == "fr" else ("B", f"{size_bytes / 1e6:.1f}")
    return f"{number} M{byte}" if size_bytes >= 1e6 else f"{-(-size_bytes // 1000)} k{byte}"


@dataclass(frozen=True)
class TakenOut:
    """A file as it leaves: under which name, as what, and what is in it."""

    name: str
    media_type: str
    content: bytes


def take_out(house: House, number: int, book: LookBook | None = None) -> TakenOut:
    """A file that came along with somebody's words; that somebody looked is written down. Nothing of it is opened.

    Raises: Unknown where none is here.
    """
    found = attachment(house.truth, number)
    if found is None:
        raise Unknown(NOTHING.format(number))
    told, content = found
    profiles = [profile for _, profile, *_ in look_up(house.truth, "events", "events_by_seq", [told.seq])] if told.seq else []
    looked(house, "inbox", [who.customer_id for who in whose(house.truth, profiles).values()], book)
    name = told.name if told.name != NO_NAME else "file"
    return TakenOut(name + (CLOSED if told.kind in NOT_TO_OPEN else ""), TYPES.get(told.kind, PLAIN), content)
