"""A form with files, taken as it arrives: each file goes straight to where it is brought, and only short fields stay in memory.

Source: RFC 7578 (multipart/form-data). The parser is python-multipart's; Starlette's own reader keeps whole files before it gives any.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from habitue.words.errors import BadInput

PIECE_BYTES = 1 << 20  # what is parsed at once, away from the loop that serves everybody else
MOST_PARTS, LONGEST_FIELD = 60, 4_096
BEYOND = 2  # times what may be brought: so much is still read, so that the browser gets an answer and not a broken line


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NOT_A_FORM = _("This is not the form of this page; open the page again and send it from there.")
NOT_WHOLE = _("The files did not arrive whole. Bring them again.")
FAR_TOO_MUCH = _("That is far more than may be brought at once; nothing of it was kept.")


class Taker(Protocol):
    """Whoever takes the files: `open` begins one, `write` adds to it, `close` ends it."""

    def open(self, kind: str, sent_name: str) -> None: ...

    def write(self, piece: bytes) -> None: ...

    def close(self) -> None: ...


def coming_bytes(request: Request) -> int:
    """How much the browser says it will send; 0 where it does not."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() else 0


async def take_form(request: Request, taker: Taker, most_bytes: int) -> dict[str, str]:
    """Reads the form: files go to the taker, the fields are given back.

    Raises: BadInput where it is no such form, is cut off, or is far larger than `most_bytes`.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    form = Form(taker)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise BadInput(NOT_A_FORM)
    try:
        parser = MultipartParser(options[b"boundary"], form.callbacks())  # type: ignore[arg-type]
        read = 0
        async for piece in _pieces(request):
            read += len(piece)
            if read > BEYOND * most_bytes:
                raise BadInput(FAR_TOO_MUCH)
            await run_in_threadpool(parser.write, piece)
    except FormParserError as wrong:
        raise BadInput(NOT_A_FORM) from wrong
    except ClientDisconnect as gone:
        raise BadInput(NOT_WHOLE) from gone
    if not form.is_ended:
        raise BadInput(NOT_WHOLE)
    return form.fields


async def pass_over(request: Request, most_bytes: int) -> None:
    """Reads what is on its way and keeps nothing, so that the browser gets the answer and not a broken line."""
    read = 0
    try:
        async for chunk in request.stream():
            read += len(chunk)
            if read > BEYOND * most_bytes:
                return
    except ClientDisconnect:
        return


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body in pieces of about a megabyte."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) >= PIECE_BYTES:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


class Form:
    """What the parser calls, part by part."""

    def __init__(self, taker: Taker) -> None:
        self.taker, self.fields, self.is_ended, self.parts = taker, dict[str, str](), False, 0
        self._header, self._value, self._disposition = bytearray(), bytearray(), b""
        self._field, self._text, self._is_file = "", bytearray(), False

    def callbacks(self) -> dict[str, object]:
        """The parser's callbacks by name."""
        names = ("part_begin", "part_data", "part_end", "header_field", "header_value", "header_end", "headers_finished", "end")
        return {f"on_{name}": getattr(self, f"on_{name}") for name in names}

    def on_part_begin(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise BadInput(NOT_A_FORM)
        self._disposition, self._field, self._is_file = b"", "", False
        self._text.clear()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def on_headers_finished(self) -> None:
        _, told = parse_options_header(self._disposition)
        self._field = told.get(b"name", b"").decode("utf-8", "replace")
        if (name := told.get(b"filename")) is not None:
            self._is_file = True
            if name:  # a file field in which nothing was chosen has an empty name
                self.taker.open(self._field, name.decode("utf-8", "replace"))

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.taker.write(data[start:end])
        elif len(self._text) + end - start > LONGEST_FIELD:
            raise BadInput(NOT_A_FORM)
        else:
            self._text += data[start:end]

    def on_part_end(self) -> None:
        if self._is_file:
            self.taker.close()
        elif self._field:
            self.fields[self._field] = self._text.decode("utf-8", "replace").strip()

    def on_end(self) -> None:
        self.is_ended = True
