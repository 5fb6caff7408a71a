"""What a file is, told by its first bytes and never by its name; which one is not to be opened; and a name under which it can be kept anywhere.

Nothing is opened for that, unpacked or run. Source: each format's own signature, PNG (RFC 2083, 3.1), JPEG (ISO 10918-1), ISO base media (ISO 14496-12, 4.3),
ZIP (APPNOTE 4.3.7), PDF (ISO 32000-1, 7.5.2); names: Microsoft, Naming Files, Paths, and Namespaces.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

LONGEST_NAME = 100
SHOWS = 2_000
"""Bytes at its beginning that tell what a text is."""


class FileKind(Enum):
    """What a shop is sent."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    TEXT = "text"
    WORD = "word"
    SHEET = "sheet"
    SLIDES = "slides"
    ZIP = "zip"
    VIDEO = "video"
    VOICE = "voice"
    MAIL = "mail"
    PAGE = "page"
    MACROS = "macros"
    PROGRAM = "program"
    UNKNOWN = "unknown"


NOT_TO_OPEN = (FileKind.PROGRAM, FileKind.MACROS, FileKind.PAGE)
"""What can do something by itself where it is opened."""
SIGNATURES = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"%PDF-", FileKind.PDF),
    (b"OggS", FileKind.VOICE),
    (b"ID3", FileKind.VOICE),
    (b"\xff\xfb", FileKind.VOICE),
    (b"#!AMR", FileKind.VOICE),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"#!", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"\xfe\xed\xfa", FileKind.PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", FileKind.PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.MACROS),
    (b"{\\rtf", FileKind.MACROS),
)
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif", b"avif")
WITHIN = (
    (b"vbaProject.bin", FileKind.MACROS),
    (b"META-INF/MANIFEST.MF", FileKind.PROGRAM),
    (b"AndroidManifest.xml", FileKind.PROGRAM),
    (b"word/document", FileKind.WORD),
    (b"xl/workbook", FileKind.SHEET),
    (b"ppt/presentation", FileKind.SLIDES),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", FileKind.WORD),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", FileKind.SHEET),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", FileKind.SLIDES),
)
"""Names that stand in a ZIP, uncompressed: what it is."""
BY_ENDING = {
    FileKind.JPEG: "jpg jpeg jpe jfif",
    FileKind.PNG: "png",
    FileKind.GIF: "gif",
    FileKind.WEBP: "webp",
    FileKind.HEIC: "heic heif avif",
    FileKind.PDF: "pdf",
    FileKind.TEXT: "txt csv md ics vcf json xml",
    FileKind.WORD: "docx odt",
    FileKind.SHEET: "xlsx ods",
    FileKind.SLIDES: "pptx odp",
    FileKind.ZIP: "zip",
    FileKind.VIDEO: "mp4 mov m4v 3gp webm",
    FileKind.VOICE: "m4a ogg oga opus mp3 wav amr aac",
    FileKind.MAIL: "eml",
    FileKind.PAGE: "html htm xhtml mht mhtml svg svgz url webloc shtml",
    FileKind.MACROS: "doc xls ppt rtf docm xlsm pptm dotm xltm xlam ppam potm xlsb slk one",
    FileKind.PROGRAM: "exe com scr pif bat cmd ps1 vbs vbe js jse wsf wsh hta msi msp jar apk lnk reg cpl dll sys sh bash py pl rb php app dmg pkg deb rpm"
    " iso img vhd chm gadget scf inf application msc ws sct xll ade mde desktop run bin command workflow action appimage",
}
ENDINGS = {ending: kind for kind, endings in BY_ENDING.items() for ending in endings.split()}
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*%;]')


def kind_of_file(content: bytes, name: str = "") -> FileKind:
    """What a file is; where its name alone would have a machine run it, that."""
    told, ending = _kind(content), ENDINGS.get(endings_of(name)[-1])
    return ending if ending in NOT_TO_OPEN and told not in NOT_TO_OPEN else told


def endings_of(name: str) -> tuple[str, ...]:
    """What a name ends in, as “pdf” and “exe” of “bill.pdf.exe”; never nothing."""
    known = [each.strip().lower() for each in name.split(".")[1:]][-2:]
    return tuple(each for each in known[:-1] if each in ENDINGS) + tuple(known[-1:] or [""])


def name_lies(name: str, kind: FileKind) -> bool:
    """Whether a name says another kind than it is."""
    said = ENDINGS.get(endings_of(name)[-1])
    return said is not None and said != kind


def safe_name(name: str) -> str:
    """A file's name of which nothing leads anywhere, hides its ending, or means a device; empty where nothing is left of it."""
    line = "".join(sign if sign.isprintable() else "" for sign in unicodedata.normalize("NFC", name[: 200 * LONGEST_NAME]))
    line = FORBIDDEN.sub("_", line.replace("\\", "/").rpartition("/")[2])
    line = " ".join(line.split()).strip(". ")
    stem, dot, ending = line.rpartition(".") if "." in line else (line, "", "")
    ending = ending[:20]
    line = f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip('. ')}{dot}{ending}"
    return f"_{line}" if RESERVED.match(line) else line


def _kind(content: bytes) -> FileKind:
    for start, kind in SIGNATURES:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF":
        return {b"WEBP": FileKind.WEBP, b"WAVE": FileKind.VOICE}.get(content[8:12], FileKind.UNKNOWN)
    if content[4:8] == b"ftyp":
        return FileKind.HEIC if content[8:12] in HEIC else FileKind.VOICE if content[8:12] == b"M4A " else FileKind.VIDEO
    if content[:4] == b"\x1a\x45\xdf\xa3":
        return FileKind.VIDEO
    if content[:4] == b"PK\x03\x04":
        return next((kind for sign, kind in WITHIN if sign in content), FileKind.ZIP)
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    return _kind_of_text(content)


def _kind_of_text(content: bytes) -> FileKind:
    shown = content[:SHOWS].lower()
    if re.search(rb"<(?:!doctype html|html|script|svg|iframe|body)\b", shown):
        return FileKind.PAGE
    try:
        text = content.decode()
    except ValueError:
        text = content.decode("cp1252", "replace")
    odd = sum(not (sign.isprintable() or sign in "\r\n\t\f\ufeff") for sign in text[:SHOWS])
    return FileKind.TEXT if content and not odd and "\0" not in text else FileKind.UNKNOWN
