"""What a letter in MJML may hold: these tags, each in its place, and these attributes; nothing that runs, asks or is fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from habitue.content.mjml_style import LARGEST_PX, Unreadable, declarations, scoped, too_large
from habitue.content.wording import did_you_mean

MAY_BE_FILLED = frozenset({"href", "alt", "title"})
"""Attributes into which a value may be filled; all others are the same for everybody."""
IMAGES = frozenset({"src", "background-url"})
OURS = "habitue-after"
"""The class of what is put below the last section: why she gets it, and the ways out."""
VOID = frozenset({"br", "hr", "img", "wbr"})
_BLOCKS = "blockquote center div h1 h2 h3 h4 h5 h6 hr li ol p table tbody td tfoot th thead tr ul"
_IN_LINE = "a b br em font i img s small span strong sub sup u wbr"
BLOCKS = frozenset(_BLOCKS.split())
HTML = BLOCKS | frozenset(_IN_LINE.split())
WITH_WORDS = frozenset({"mj-text", "mj-button", "mj-table"})
_PARTS = WITH_WORDS | {"mj-image", "mj-divider", "mj-spacer"}
_LAID_OUT = {
    "": {"mjml"},
    "mjml": {"mj-head", "mj-body"},
    "mj-head": {"mj-title", "mj-preview", "mj-attributes", "mj-style", "mj-breakpoint"},
    "mj-attributes": {"mj-all", "mj-class", "mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", *_PARTS},
    "mj-body": {"mj-wrapper", "mj-section"},
    "mj-wrapper": {"mj-section"},
    "mj-section": {"mj-group", "mj-column"},
    "mj-group": {"mj-column"},
    "mj-column": _PARTS,
}
_MAY_HOLD: Mapping[str, Collection[str]] = {**_LAID_OUT, **dict.fromkeys(WITH_WORDS | (HTML - VOID), HTML)}
TAGS = HTML.union(*_LAID_OUT.values())
SINGLE = frozenset({"mj-head", "mj-body", "mj-title", "mj-preview"})
HOLDS_WORDS = WITH_WORDS | HTML | {"mj-title", "mj-preview", "mj-style"}
_OF_MJML = """
align alt background-color background-height background-position background-position-x background-position-y background-repeat background-size
background-url background-width border border-bottom border-collapse border-color border-left border-radius border-right border-spacing border-style
border-top border-width cellpadding cellspacing color container-background-color css-class dir direction fluid-on-mobile font-family font-size
font-style font-weight full-width height href inline inner-background-color inner-border inner-border-radius inner-padding lang letter-spacing
line-height max-height mj-class name padding padding-bottom padding-left padding-right padding-top rel role src table-layout target text-align
text-decoration text-padding text-transform title vertical-align width word-spacing
"""
_OF_HTML = """
align alt bgcolor border cellpadding cellspacing class color colspan dir face height href lang rel role rowspan scope size src start style target title type
valign width
"""
ATTRIBUTES_OF_MJML, ATTRIBUTES_OF_HTML = frozenset(_OF_MJML.split()), frozenset(_OF_HTML.split())
_LEFT_OUT = frozenset({"id", "owa", "version", "xmlns"})
_REFUSED = {
    "mj-raw": "it runs past every check; write it into <mj-text>",
    "mj-include": "it takes in another file; put what that file says in its place",
    "mj-font": "whoever keeps the font sees who opens this letter, and when; name fonts that everybody has in font-family",
    "mj-social": "its icons lie elsewhere, and whoever keeps them sees who opens this letter; write links, or <mj-image href=…> with icons of your own",
    "mj-navbar": "few mailboxes show it; write links into <mj-text>",
    "mj-carousel": "few mailboxes show it; write one <mj-image> below the other",
    "mj-accordion": "few mailboxes show it; write all of it into <mj-text>",
    "mj-hero": "few mailboxes show it; give a background to <mj-section>",
    "script": "nothing runs in a letter",
    "style": "styles stand in <mj-style>, in the head",
    "link": "nothing is fetched from elsewhere; styles stand in <mj-style>",
}
_NO_SIZE = frozenset({"border-radius", "inner-border-radius", "class", "css-class", "mj-class", "name", "start"})
_ASKING = frozenset({"form", "input", "button", "select", "textarea", "label", "option"})
_FETCHES = re.compile(
    r"url\s*\(|image-set|\bimage\s*\(|cross-fade|\bsrc\s*\(|@import|@font-face|expression\s*\(|javascript:|behavior\s*:|-moz-binding|[\\<&]", re.IGNORECASE
)


def wrong_tag(tag: str, parent: str) -> str:
    """What is said of a tag in this place; empty where it may stand there."""
    if tag in _MAY_HOLD.get(parent, ()):
        return ""
    if tag in TAGS and tag not in HTML:
        places = [f"<{place}>" for place, held in _LAID_OUT.items() if place and tag in held and place != "mj-attributes"]
        return f"<{tag}> cannot stand in <{parent}>; its place is {' or '.join(places)}." if parent and places else f"<{tag}> cannot stand here."
    if tag in HTML and parent not in HTML and parent not in WITH_WORDS:
        return f"<{tag}> cannot stand in <{parent}>, only in <mj-text>, <mj-button> and <mj-table>." if parent else "A letter in MJML begins with <mjml>."
    why = _REFUSED.get("mj-social" if tag.startswith("mj-social") else tag, "")
    if tag in _ASKING:
        why = "mailboxes stop it; let her answer the letter, or lead her to a page by a link"
    return f"A letter has no <{tag}>: {why}." if why else f"A letter has no <{tag}>.{did_you_mean(tag, TAGS)}"


def kept(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes without what tools write for themselves and nobody sees."""
    return {name: value for name, value in attributes.items() if name not in _LEFT_OUT and not name.startswith("data-")}


def wrong_attributes(tag: str, parent: str, attributes: Mapping[str, str], written: Collection[str]) -> Iterator[str]:
    """What is said of the attributes of a tag. `written` are those that are the same for everybody (`mjml_source.written`)."""
    known = ATTRIBUTES_OF_MJML if tag.startswith("mj") else ATTRIBUTES_OF_HTML
    for name, value in attributes.items():
        if name.startswith("on") and name not in known:
            yield f"“{name}” would run something; nothing runs in a letter."
        elif name not in known:
            yield f"<{tag}> has no “{name}” in a letter.{did_you_mean(name, known)}"
        elif name in IMAGES | MAY_BE_FILLED:
            if parent == "mj-attributes":
                yield f"“{name}” cannot stand in <mj-attributes>; write it where it is shown."
        elif value not in written:
            yield f"Nothing can be filled into “{name}”: it is the same for everybody. Values may stand in the words, in href, alt and title."
        else:
            yield from wrong_style(value)
            if name not in _NO_SIZE:
                yield from _wrong_size(value)
    if tag in ("mj-image", "img") and parent != "mj-attributes" and not attributes.get("src"):
        yield f"<{tag}> names no image: write the name of one into its src."


def wrong_style(text: str) -> Iterator[str]:
    """What is said of a style that would fetch or run something, or reach what is not the letter's."""
    if OURS in text:
        yield f"“{OURS}” is what we add below each letter; no letter says how it looks."
    if found := _FETCHES.search(text):
        yield f"A style with “{found[0]}” is not sent: it may fetch something from elsewhere, which tells who opens this letter."


def wrong_sheet(text: str) -> Iterator[str]:
    """The same of what stands in an <mj-style>, and what is said of one that cannot be held to the letter's own words."""
    yield from wrong_style(text)
    yield from _wrong_size(declarations(text))
    try:
        scoped(text)
    except Unreadable as wrong:
        yield str(wrong)


def _wrong_size(text: str) -> Iterator[str]:
    if found := too_large(text):
        yield f"“{found}” is not sent: nothing in a letter is larger than {LARGEST_PX:,} pixels, reckoned with calc(…) or the like, or fixed to the window."
