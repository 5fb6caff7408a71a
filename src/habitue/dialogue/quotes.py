"""What a text or a page says itself, without what it quotes, forwards or is signed with."""

from __future__ import annotations

import re
from dataclasses import dataclass

SEPARATOR = re.compile(
    r"^[-_\s]*+(?:(?:message|mail|e-mail|courriel) (?:d.origine|original)|original message|forwarded message|message transf[ée]r[ée])?[-_\s]*+$",
    re.IGNORECASE,
)
SIGNED = re.compile(r"^(?:-- ?$|envoy[ée] (?:de|depuis) mon\b|sent from my\b|t[ée]l[ée]charge[rz] outlook|get outlook for\b)", re.IGNORECASE)
SAYS_WHO = re.compile(r"(?:a )?[ée]crit ?:|wrote ?:", re.IGNORECASE)
"""What stands in a line of its own where a mail program broke the line that says who wrote, behind the address."""
HEAD = re.compile(r"\*?[-\w ]+:")
BLANKS = str.maketrans(dict.fromkeys("\0\u00a0\u202f", " "))
MOST_LINES = 500
LONGEST_LINE = 200
"""How much of a text, and of each line, is searched for quotes: that takes the square of the lines which look like a head, and the cube of a line's letters."""
LINE = "\u2028"
BLOCKS = ("p", "div", "section", "article", "center", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "br")
CELLS = ("table", "tr", "td", "th", "ul", "ol", "li", "dt", "dd")
HIDDEN = re.compile(r"(?:^|[;\s])display\s*:\s*none\b", re.IGNORECASE)
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What may stand in no page. Source: XML 1.0, section 2.2."""


@dataclass(frozen=True)
class Own:
    """What a text says itself; not `is_whole` where there may be more of its writer's own in what was left out."""

    words: str
    is_whole: bool = True


def own_words(text: str) -> Own:
    """A text without what it quotes or forwards, above, between and below, and without a telephone's signature.

    Where nothing of its own is left, or some stands where it may be quoted or not, a person must look.
    """
    lines = text.replace("\r\n", "\n").translate(BLANKS).split("\n")
    parts, is_whole, is_quoted_on = _parts("\n".join(_short(line, n) for n, line in enumerate(lines[:MOST_LINES])))
    owns = [_unsigned(part) for part in parts]
    words = "\n".join(_long(line, lines) for own in owns for line in own.words.split("\n")).strip()
    is_read = is_quoted_on or not any(map(_is_said, lines[MOST_LINES:]))
    return Own(words, is_read and is_whole and all(own.is_whole for own in owns) and bool(words or not text.strip()))


def _short(line: str, number: int) -> str:
    """A line as far as it can be the head of a quote; where it is longer, with its number."""
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}\0{number}"


def _long(line: str, lines: list[str]) -> str:
    """A line as it was."""
    return lines[int(line.partition("\0")[2])] if "\0" in line else line


def _is_said(line: str) -> bool:
    """Whether a line has words that are not marked as quoted."""
    return not line.lstrip().startswith(">") and not SEPARATOR.match(line)


def _parts(text: str) -> tuple[list[str], bool, bool]:
    """What stands outside the quotes; whether that is all that can be hers; whether a quote goes on to the end."""
    import quotequail  # a tenth of a second that most commands need not wait

    parts: list[str] = []
    is_whole, is_quoted_on = True, False
    while text.strip():
        cut = quotequail.unwrap(text) or {"type": "", "text_top": text}
        top, below = cut.get("text_top", ""), cut.get("text_bottom", "")
        if _is_letter(text, cut):
            top, below = text.rstrip().removesuffix(cut.get("text", "")), cut.get("text", "")
        elif cut["type"]:
            is_quoted_on = not below and _is_said(text.rstrip().rpartition("\n")[2])
            is_whole = is_whole and (is_quoted_on or cut["type"] != "reply" or not _between(text, top, below)) and not _is_below(cut)
        parts.append(top)
        text = below
    return parts, is_whole, is_quoted_on


def _is_below(cut: dict[str, str]) -> bool:
    """Whether the mail below the head of a forwarded one is marked as quoted, and something stands there that is not: she wrote it below, or between."""
    lines = [line for line in cut.get("text", "").split("\n") if line.strip()] if cut["type"] == "forward" else []
    return bool(lines) and lines[0].lstrip().startswith(">") and any(map(_is_said, lines))


def _is_letter(text: str, cut: dict[str, str]) -> bool:
    """Whether what looks like the head of a forwarded mail is that of a letter: it says a day or what it is about, and not whom it is from."""
    if cut["type"] != "forward" or "from" in cut or cut.keys().isdisjoint(("date", "subject", "to", "cc")):
        return False
    return bool(HEAD.match(text.strip().removeprefix(cut.get("text_top", "")).strip()))


def _between(text: str, top: str, below: str) -> list[str]:
    """What stands between the line that says who wrote, and what is marked as quoted."""
    said, above, under = ([line for line in each.split("\n") if _is_said(line)] for each in (text, top, below))
    middle = said[len(above) : len(said) - len(under)]
    end = next((n for n, line in enumerate(middle) if line.rstrip().endswith((":", ">"))), len(middle))
    rest = middle[end + 1 :]
    return rest[1:] if rest and SAYS_WHO.fullmatch(rest[0].strip()) else rest


def _unsigned(part: str) -> Own:
    """A part without its signature; what a telephone puts below its own may be hers."""
    lines = part.split("\n")
    end = next((n for n, line in enumerate(lines) if SIGNED.match(line.strip())), len(lines))
    is_whole = not any(map(_is_said, lines[end + 1 :])) or lines[end].strip() == "--"
    return Own("\n".join(filter(_is_said, lines[:end])), is_whole)


def page_text(markup: str) -> str:
    """The text of a page that its reader sees, a line for each paragraph and cell; a quotation is a line that is marked as quoted.

    Raises: ValueError where it is nested so deep that not all of it is read; lxml's own where there is nothing in it.
    """
    from lxml import etree, html  # as above

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = html.fromstring(NO_TEXT.sub(" ", markup).encode(), parser=parser)  # bytes: a text may not begin with an XML declaration
    if any(wrong.level == etree.ErrorLevels.FATAL for wrong in parser.error_log):
        raise ValueError("too deep")
    unseen = [each for each in tree.iterdescendants(etree.Element) if "hidden" in each.attrib or HIDDEN.search(each.get("style", ""))]
    for gone in (*tree.iter("script", "style", "head"), *unseen):
        gone.drop_tree()
    for quoted in list(tree.iter("blockquote")):
        quoted.clear(keep_tail=True)
        quoted.text, quoted.tail = f"{LINE}>", LINE + (quoted.tail or "")
    for said in tree.xpath("//pre//text()"):
        setattr(said.getparent(), "text" if said.is_text else "tail", said.replace("\n", LINE))
    for each in tree.iter(*BLOCKS, *CELLS):
        each.text, each.tail = LINE + (each.text or ""), LINE + (each.tail or "")
    return "\n".join(filter(None, (" ".join(line.split()) for line in str(tree.text_content()).split(LINE))))
