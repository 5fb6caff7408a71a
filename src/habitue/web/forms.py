"""Small forms, as the console's own pages send them."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from habitue.words.errors import BadInput

LARGEST_FORM_BYTES = 4_000


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NO_ANSWER = _("That is no answer that the page offers.")


async def small_form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name; without those that hold a zero byte.

    Raises: BadInput for a form that no page of ours sends.
    """
    told = bytearray()
    async for part in request.stream():
        told += part
        if len(told) > LARGEST_FORM_BYTES:
            raise BadInput(NO_ANSWER)
    try:
        fields = parse_qs(told.decode("utf-8", "replace"), max_num_fields=20)
    except ValueError as wrong:
        raise BadInput(NO_ANSWER) from wrong
    return {name: values[-1] for name, values in fields.items() if "\0" not in values[-1]}
