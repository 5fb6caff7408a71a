"""The styles of a letter in MJML: they reach what the letter says, never what stands below it; and nothing in them is larger than a screen.

What the letter says stands in a box of its own (`rendering`): each selector is read from that box on, and what leaves the box is cut off.
Source: CSS Syntax 3, 5.4 (rules); CSS Values 4, 6 (lengths); CSS Overflow 3, 3.1 (what leaves a box).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BOX = "habitue-letter"
"""The class of the box in which a letter's own words stand."""
LARGEST_PX = 1_200
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"\"[^\"\n{};/@]*\"|'[^'\n{};/@]*'")
_ROOT = re.compile(r"(?:(?:html|body|:root)(?![\w-])[^\s>+~]*\s*>?\s*)+", re.IGNORECASE)
_MEDIA = re.compile(r"@media\b[^;{}@]*", re.IGNORECASE)
_UNITS = r"px|pt|pc|cm|mm|q|in|r?em|r?ex|r?ch|r?lh|r?ic|r?cap|[sld]?v(?:w|h|min|max|i|b)|%|(?![\w.])"
_LENGTH = re.compile(rf"(?<![\w#.-])-?(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)({_UNITS})", re.IGNORECASE)
_PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "q": 0.95, "in": 96.0, "%": 2.0, "": 1.0}
_FONT_PX, _SCREEN_PX = 100.0, 12.0
_TALL = re.compile(r"line-height\s*:\s*(\d+)(?![\w.%]|\.\d)", re.IGNORECASE)
_TALLEST_LINES = 10
_HARMLESS = re.compile(r"(?:border(?:-\w+)*-radius|z-index)\s*:[^;]*", re.IGNORECASE)
_OUT_OF_PLACE = re.compile(r"position\s*:\s*(?:fixed|sticky)|\b(?:calc|var|env|attr|min|max|clamp)\s*\(", re.IGNORECASE)


class Unreadable(Exception):
    """A style that nobody can read for certain; the text is the sentence that says so."""


def scoped(sheet: str) -> str:
    """The same rules for what stands in the letter's box alone. Raises: Unreadable."""
    text = _COMMENT.sub(" ", sheet)
    bare = _STRING.sub(lambda found: '"' * len(found[0]), text)
    if "/*" in bare or bare.replace('"', "").count("'") or bare.count('"') != sum(len(found[0]) for found in _STRING.finditer(text)):
        raise Unreadable("A style has a comment or a “ that is not closed, or quotes { } ; / or @.")
    return "".join(_rules(text, bare, 0, len(text)))


def _rules(text: str, bare: str, start: int, end: int) -> Iterator[str]:
    at = start
    while bare[at:end].strip():
        opened = bare.find("{", at, end)
        prelude = text[at:opened].strip() if opened >= 0 else ""
        if opened < 0 or not prelude or any(sign in bare[at:opened] for sign in "};"):
            raise Unreadable("A style is written as p { color: #221d17; }; this one has something else in it.")
        closed = _closing(bare, opened, end)
        if prelude.startswith("@"):
            if not _MEDIA.fullmatch(prelude):
                raise Unreadable(f"A style in a letter has no {prelude.split()[0]}, only rules and @media.")
            yield f"{prelude} {{ {''.join(_rules(text, bare, opened + 1, closed))} }}\n"
        else:
            if "{" in bare[opened + 1 : closed] or "@" in bare[opened + 1 : closed]:
                raise Unreadable("A rule of a style stands in another; few mailboxes read that. Write one below the other.")
            yield f"{', '.join(_selector(each) for each in _listed(prelude))} {{{text[opened + 1 : closed]}}}\n"
        at = closed + 1


def _closing(bare: str, opened: int, end: int) -> int:
    deep = 0
    for at in range(opened, end):
        deep += (bare[at] == "{") - (bare[at] == "}")
        if not deep:
            return at
    raise Unreadable("A { of a style is never closed.")


def _listed(prelude: str) -> list[str]:
    """The selectors of a rule, apart at commas that stand in no parenthesis."""
    found, deep = [""], 0
    for sign in prelude:
        deep += (sign in "([") - (sign in ")]")
        if sign == "," and not deep:
            found.append("")
        else:
            found[-1] += sign
    return [each.strip() for each in found]


def _selector(selector: str) -> str:
    """`p` of the box; of `body` and of what stands above it, the box."""
    root = _ROOT.match(selector)
    return f".{BOX} {selector[root.end() if root else 0 :]}".strip()


def too_large(text: str) -> str:
    """What in the declarations of a style, or in an attribute, is larger than a letter is, or out of its place; empty where nothing is."""
    said = _HARMLESS.sub(" ", _COMMENT.sub(" ", text))
    if found := _OUT_OF_PLACE.search(said):
        return found[0]
    if (found := _TALL.search(said)) and int(found[1]) > _TALLEST_LINES:
        return found[0]
    return next((found[0] for found in _LENGTH.finditer(said) if _pixels(found[1], found[2].lower()) > LARGEST_PX), "")


def declarations(sheet: str) -> str:
    """What a style says, without of what: what stands between { and }, outside of @media (…)."""
    return ";".join(re.findall(r"\{([^{}]*)\}", _COMMENT.sub(" ", sheet)))


def _pixels(number: str, unit: str) -> float:
    of_screen = unit.lstrip("sld").startswith("v")
    return float(number) * _PX.get(unit, _SCREEN_PX if of_screen else _FONT_PX)
