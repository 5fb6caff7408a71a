"""Codes that a telephone reads."""

from __future__ import annotations

import re

import zxingcpp
from markupsafe import Markup


def code_of(address: str) -> Markup:
    """A code that a telephone reads, as a picture to be printed at any size. Source: ISO/IEC 18004 (QR), error correction M."""
    svg = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg()
    sizes = re.search(r'<svg width="(\d+)" height="(\d+)"', svg)
    assert sizes
    inside = svg[svg.index("<g ") : svg.index("</svg>")]
    return Markup(f'<svg viewBox="0 0 {sizes[1]} {sizes[2]}" role="img" aria-labelledby="code-title" xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
