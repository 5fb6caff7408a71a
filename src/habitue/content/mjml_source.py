"""The text of a letter in MJML, as it was written: made XML where tools write HTML, with its subject and what stands in its attributes.

What is written stays on its line. Source: MJML 4 (`mj-title`, `mj-preview`); HTML, 13.1.2 (void elements) and 13.5 (named characters).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

_LIQUID = r"\{%.*?%\}|\{\{.*?\}\}"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SIGN = re.compile(rf"({_LIQUID})|&(?:(\w+);)?", re.DOTALL)
_VOID = re.compile(r"""<(br|hr|img|wbr)\b((?:[^<>"'/]|/(?!>)|"[^"]*"|'[^']*')*)/?>""")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_LINE = re.compile(rf"({_LIQUID})|\n", re.DOTALL)
_MARK = re.compile(r"\x02(\d+)\x03")
_ATTRIBUTE = re.compile(r"""[\w-]\s*=\s*("[^"]*"|'[^']*')""")
_BLANK = re.compile(r"[\t\n\r]")  # each a space to XML, 3.3.3
_STYLE = re.compile(r"<mj-style\b[^>]*>(.*?)</mj-style", re.DOTALL)


def tidied(text: str) -> str:
    """A text as XML reads it, line by line: no comments, named characters as themselves, lone ampersands escaped, `<br>` closed."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return _VOID.sub(r"<\1\2/>", _SIGN.sub(_as_xml, text))


def head_of(text: str, tag: str) -> tuple[str, int]:
    """What stands in the first tag of that name, as plain text in one line, and where it stands; "" and -1 where there is none."""
    found = re.search(rf"<{tag}\s*>(.*?)</{tag}\s*>", text, re.DOTALL)
    return (unescape(" ".join(found[1].split())), found.start(1)) if found else ("", -1)


@lru_cache(maxsize=400)
def marked(text: str, line: int) -> str:
    """The text with the number of each of its lines before it, outside of Liquid; the first line is `line`."""
    at = line

    def mark(found: re.Match[str]) -> str:
        nonlocal at
        at += found[0].count("\n")
        return found[1] or f"\n\x02{at}\x03"

    return f"\x02{line}\x03" + _LINE.sub(mark, text)


def unmarked(filled: str) -> tuple[str, list[int]]:
    """A marked text, filled in, without its marks; and for each of its lines that of the file."""
    said, lines, at = [], [], 1
    for each in filled.split("\n"):
        marks = [int(number) for number in _MARK.findall(each)]
        lines.append(marks[0] if marks else at)
        at = marks[-1] if marks else at
        said.append(_MARK.sub("", each))
    return "\n".join(said), lines


@lru_cache(maxsize=400)
def written(text: str) -> frozenset[str]:
    """What stands in the attributes and styles of a text before anything is filled in; nothing that Liquid has a part in."""
    found = [_BLANK.sub(" ", each[1:-1]) for each in _ATTRIBUTE.findall(text)]
    return frozenset(unescape(each) for each in found + _STYLE.findall(text) if "{{" not in each and "{%" not in each)


def _as_xml(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    name = found[2]
    if not name:
        return found[0] if found.string[found.end() : found.end() + 1] == "#" else "&amp;"
    said = unescape(found[0])
    numbered = "".join(f"&#{ord(sign)};" for sign in said)
    return found[0] if name in _OF_XML else numbered if said != found[0] else f"&amp;{name};"
