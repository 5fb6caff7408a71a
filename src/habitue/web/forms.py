"""Small forms, as the console's own pages send them."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from habitue.words.errors import BadInput

MOST_BYTES, MOST_FIELDS = 16_384, 20


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NOT_A_FORM = _("This is not the form of this page; open the page again and send it from there.")


async def small_form(request: Request, most_bytes: int = MOST_BYTES, too_much: str = NOT_A_FORM) -> dict[str, str]:
    """The fields of a form, the last of each name, trimmed, without zero bytes; a line ends as she typed it, in one sign and not in the two of a form.

    Raises: BadInput for a form that no page of ours sends.
    Source: HTML Living Standard, section 4.10.22.4 (line ends of a form).
    """
    told = bytearray()
    async for part in request.stream():
        told += part
        if len(told) > most_bytes:
            raise BadInput(too_much)
    try:
        fields = parse_qs(told.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as wrong:
        raise BadInput(NOT_A_FORM) from wrong
    return {name: values[-1].replace("\0", "").replace("\r\n", "\n").strip() for name, values in fields.items()}
