"""How a sentence is set: the apostrophes and spaces that a printer of its language would put."""

from __future__ import annotations

import re

NARROW = "\u202f"  # the narrow no-break space that French puts before ; : ! ? and inside « »

TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_BEFORE = re.compile(r"[ \u00a0]+(?=[;:!?»])")
_AFTER = re.compile(r"«[ \u00a0]+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def unturned(text: str) -> str:
    """Words without the signs that turn the direction of what stands around them. Source: UAX #9, sections 2.1 to 2.5; UTR #36, section 3.6."""
    return text if text.isascii() else text.translate(TURNING)


def still(shown: object) -> object:
    """The same for whatever a template puts out: whoever wrote it, it turns nothing of ours."""
    return unturned(shown) if isinstance(shown, str) else shown


def hour_text(hour: int, language: str, minute: int = 0) -> str:
    """An hour of the day: “06:00”, and in French “6 h” or “11 h 04”; a day ends at “24:00”."""
    if language != "fr":
        return f"{hour:02}:{minute:02}"
    return f"{hour}{NARROW}h" + (f"{NARROW}{minute:02}" if minute else "")


def typeset(text: str, language: str) -> str:
    """A sentence with the apostrophes and spaces that a printer of that language would set; doing it twice changes nothing."""
    text = _APOSTROPHE.sub("’", text)
    if language != "fr":
        return text
    return _AFTER.sub("«" + NARROW, _BEFORE.sub(NARROW, text))
