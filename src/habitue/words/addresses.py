"""E-mail addresses as they stand in a line or a text that people wrote, with what they put round them."""

from __future__ import annotations

import re

LONGEST = 320
"""An address may have 64 letters before the @ and 255 behind it. Source: RFC 5321, section 4.5.3.1."""
ADDRESS = re.compile(r"[^\s@<>\"“”„«»()\[\],;:]+@[^\s@<>\"“”„«»()\[\],;:]+")


def addresses_within(text: str) -> list[str]:
    """Each address that stands in a text, without the sign that ends its sentence."""
    return [each.rstrip(".!?'’") for each in ADDRESS.findall(text)]
