"""How a mistake is worded: values as their writer would recognise them, lists of allowed words, the nearest known word."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(word: object, known: Collection[str]) -> str:
    """“ Did you mean …?” with the nearest known word, or nothing where none is near."""
    near = get_close_matches(str(word).lower(), known, n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""


def shown(value: object) -> str:
    """A value as its writer would recognise it, shortened."""
    if isinstance(value, str):
        text = re.sub(r"\s+", " ", value)
        return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    names: dict[type, str] = {list: "a list", dict: "a table"}
    return names.get(type(value), str(value))


def quoted(words: list[str], joint: str) -> str:
    """Words in quotes, joined by commas, the last by `joint` ("or") unless that is a comma too."""
    listed = [f'"{word}"' for word in words]
    if joint == "," or len(listed) == 1:
        return ", ".join(listed)
    return f"{', '.join(listed[:-1])} {joint} {listed[-1]}"
