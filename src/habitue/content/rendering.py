"""A letter for one reader, in five steps: Liquid, Markdown, the frame (MJML), its styles put where every reader of mail sees them, and the plain text.

A letter that is MJML itself needs no frame around it; what the frame says below the words of others is put below its last section.

The frame says what no letter may leave without: why she gets it, that a person reads her answer, how to change the rhythm, and the way out.
Source: Regulation (EU) 2016/679, article 21(4); RFC 2046, 5.1.4 (two alternatives of the same words).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from secrets import token_hex
from string import Template
from urllib.parse import urlsplit

import css_inline
import mrml

from habitue.content.letter_body import Body, MarkdownBody, MjmlBody, body_of
from habitue.content.letter_images import IMAGES, is_ours, picture
from habitue.content.letter_liquid import filled, plain_value, values_for
from habitue.content.letters import Letter, Writing
from habitue.content.mjml_rules import OURS
from habitue.content.mjml_style import BOX
from habitue.words.errors import BookError
from habitue.words.typesetting import typeset

WORDS = {
    "en": {
        "why": "Why this letter?",
        "answer": "You can answer this letter; a person reads it.",
        "rhythm": "Change how often we write",
        "leave": "No more letters, please",
    },
    "fr": {
        "why": "Pourquoi cette lettre\u202f?",
        "answer": "Vous pouvez répondre à cette lettre\u202f: quelqu’un la lit.",
        "rhythm": "Changer le rythme de nos lettres",
        "leave": "Ne plus recevoir de lettres",
    },
}
"""What the frame says, by language."""
FILLED_IMAGE = "An image is the same for everybody: nothing can be filled into its address."
"""An address of her own would tell whoever keeps the image who opens the letter, and when."""
WIDEST = 486
"""Pixels between the edges of the sheet."""
LARGEST_PAGE_BYTES = 102_000
"""Of the page that leaves: past it a large mailbox provider cuts a letter off, and what stands last are the ways out."""
_AT_NIGHT = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)")
_HAS_NIGHT = '<mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>'
_OPENS, _CLOSES = f"opens-{token_hex(8)}", f"closes-{token_hex(8)}"  # no letter can hold them
_BOX = f'<div style="overflow: hidden; position: relative"><div class="{BOX}">'
"""In it stands what a letter in MJML says: no style of the letter reaches out of it, and what leaves it is cut off, so that nothing lies on our lines."""
_AFTER_P = "display: block; margin: 0 0 8px; color: #5f5548; font-size: 14px"
_AFTER_A = "color: #5f5548; font-size: 14px; text-decoration: underline"
_AFTER_AT_NIGHT = (
    "<mj-style>@media (prefers-color-scheme: dark) {"
    " .habitue-after-ground { background: #17140f; }"
    " .habitue-after, .habitue-after table, .habitue-after td, .habitue-after div { background: #201c16 !important; }"
    " .habitue-after div, .habitue-after p, .habitue-after a { color: #b9ac9a !important; } }</mj-style>"
)
_ODD_TAG = re.compile(r"<[ -;=?-\[\]-~]*[^ -\[\]-~][^<>]*>")
"""A tag that holds a sign that is misspelt, or a line's end."""
_MISSPELT = re.compile(r"[^\x20-\x5b\x5d-\x7e]")
_WHITE_PREVIEW, _PREVIEW = '<div style="display:none;font-size:1px;color:#ffffff;', '<div style="display:none;font-size:1px;'
"""What mrml hides in white besides: filters for spam know white on white from those who have something to hide."""
_NO_TITLE = "<title></title>"  # mrml would write the title into an attribute too, and there misspells what is not ASCII


@dataclass(frozen=True)
class Frame:
    """What stands around a letter. `why` is one sentence in the letter's language; `way_out` is empty where the law needs none (a letter about her order).

    `site` is where this house serves the images of the book; none where nobody reaches it.
    """

    brand: str
    why: str
    her_page: str
    way_out: str
    site: str | None = None


@dataclass(frozen=True)
class Rendered:
    """One letter, ready to be put into an e-mail: the same words as HTML and as plain text."""

    subject: str
    html: str
    text: str
    language: str
    preheader: str = ""

    def by(self, light: str) -> str:
        """The page as it looks by day (`light`) or by night (`dark`), whatever the machine of whoever looks at it prefers."""
        is_dark = light == "dark"
        html = _AT_NIGHT.sub("(min-width: 0)" if is_dark else "(max-width: 0)", self.html)
        return html.replace('content="light dark"', f'content="{"dark" if is_dark else "light"}"')


def render(letter: Letter, values: Mapping[str, str], frame: Frame, led: Callable[[str], str] | None = None) -> Rendered:
    """The letter as she gets it. `values` are those of `letters.VALUES`; what is missing is not known of her. The brand is the frame's.

    `led` gives by which address a link leads to its own; it is asked of those alone that the letter says to everybody alike, never of one made for her.

    Raises: BookError where the letter cannot be filled in for her, or where a link of the frame leads nowhere: then nothing leaves.
    """
    known = values_for({**values, "brand": frame.brand})
    subject = _one_line(filled(letter.subject, known, Writing.PLAIN, letter.file, letter.subject_line), letter.language)
    preheader = _one_line(filled(letter.preheader, known, Writing.PLAIN, letter.file, letter.preheader_line), letter.language)
    body = body_of(letter, known)
    _refuse(body, letter)
    body.place(lambda address: _placed(address, body, letter, frame))
    if led:
        body.lead(lambda address: led(address) if body.is_written(address) else address)
    if not subject:
        raise BookError(letter.file, letter.subject_line, "The letter has no subject for her.")
    after = _after(frame, letter)
    preview = f"<mj-preview>{escape(preheader)}</mj-preview>" if preheader else ""
    if isinstance(body, MarkdownBody):
        lines = "".join(f"<p>{line}</p>" for line in after.as_html)
        page = _frame().substitute(language=letter.language, preview=preview, brand=escape(known["brand"] or ""), body=body.html(), after=lines)
        html = _as_html(page, subject, letter)
    else:
        html = _in_its_box(body, preview, after, subject)
    text = "\n\n".join((body.text(), "-- \n" + "\n".join(after.as_text))) + "\n"
    if (size := len(html.encode())) > LARGEST_PAGE_BYTES:
        what = f"As a page the letter has {size:,} bytes; past {LARGEST_PAGE_BYTES:,} a mailbox cuts it off, and its ways out with it."
        raise BookError(letter.file, 0, what)
    return Rendered(subject, html, text, letter.language, preheader)


@dataclass(frozen=True)
class _After:
    as_html: tuple[str, ...]
    as_text: tuple[str, ...]


def _after(frame: Frame, letter: Letter) -> _After:
    """What stands below the letter. Raises: BookError where a link leads nowhere."""
    words, why = WORDS[letter.language], typeset(plain_value(frame.why) or "", letter.language)
    if not why:
        raise BookError(letter.file, 0, "The letter does not say why she gets it.")
    links = [(words["rhythm"], frame.her_page), *([(words["leave"], frame.way_out)] if frame.way_out else [])]
    for _, address in links:
        if not leads_somewhere(address):
            raise BookError(letter.file, 0, "The link to her page, or the way out, leads nowhere.")
    said = (f"{words['why']} {why}", words["answer"])
    shown = (f'<a href="{escape(address)}">{escape(title)}</a>' for title, address in links)
    return _After((*(escape(line) for line in said), *shown), (*said, *(f"{title} <{address}>" for title, address in links)))


def _refuse(body: Body, letter: Letter) -> None:
    """Raises: BookError where the body is not sent as it is, or a link in it leads nowhere for this reader."""
    if isinstance(body, MjmlBody) and body.mistakes:
        raise body.mistakes[0]
    for address in body.links():
        if not leads_somewhere(address):
            raise BookError(letter.file, 0, astray(address))


def _placed(address: str, body: Body, letter: Letter, frame: Frame) -> dict[str, str]:
    """Where an image of the book is seen, and how large; nothing for one that lies elsewhere.

    Raises: BookError where nobody would see it, or where a letter in MJML would fetch it from elsewhere.
    """
    if not body.is_written_image(address):
        raise BookError(letter.file, 0, FILLED_IMAGE)
    if letter.folder is None or not is_ours(address):
        if letter.writing is Writing.MJML:
            raise BookError(letter.file, 0, elsewhere(address))
        return {}
    found = picture(letter.folder, address)
    if frame.site is None:
        raise BookError(letter.file, 0, f"Nobody can see the image “{address}”: set `address`, where your customers reach this house.")
    width = min(found.width, WIDEST)
    return {"src": frame.site + found.path, "width": str(width), "height": str(max(found.height * width // found.width, 1))}


def leads_somewhere(address: str) -> bool:
    """True for a web address with its host, an e-mail address and a telephone number."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in ("https", "http"):
        return bool(parts.hostname) and not any(sign.isspace() for sign in address)
    return parts.scheme in ("mailto", "tel") and bool(parts.path)


def astray(address: str) -> str:
    """What is said of a link that leads nowhere."""
    if address.startswith("#"):
        return f"The link to “{address}” leads nowhere: a letter has no such place in it. Write the whole address, from https:// on."
    if not address:
        return "A link leads nowhere: its address is empty."
    return f"The link to “{address}” leads nowhere: it must begin with https:// and a host, or with mailto: or tel:."


def elsewhere(address: str) -> str:
    """What is said of an image that lies elsewhere."""
    return f"The image “{address}” lies elsewhere: whoever keeps it sees who opens this letter, and when. Put it into {IMAGES}."


def _one_line(text: str, language: str) -> str:
    return typeset(plain_value(text) or "", language)


@cache
def _frame() -> Template:
    return Template((files("habitue.content") / "letter_frame.mjml").read_text(encoding="utf-8"))


@lru_cache(maxsize=100)
def _after_frame(width: str) -> Template:
    """What is put below a letter in MJML of that width, as a page by itself: what the letter sets for all its parts is not set here."""
    section = (files("habitue.content") / "letter_after.mjml").read_text(encoding="utf-8")
    page = f'<mjml><mj-body width="{width}"><mj-raw>{_OPENS}</mj-raw>{section}<mj-raw>{_CLOSES}</mj-raw></mj-body></mjml>'
    html = str(mrml.to_html(page, None, _options()).content)
    return Template(f'<div class="{OURS}-ground">{html.partition(_OPENS)[2].partition(_CLOSES)[0]}</div>')


def _in_its_box(body: MjmlBody, preview: str, after: _After, subject: str) -> str:
    """The page of a letter in MJML. By night the lines below it are dark only where the letter itself is. Raises: BookError as `_as_html`."""
    letter = body.letter
    night = _HAS_NIGHT + _AFTER_AT_NIGHT if _AT_NIGHT.search(letter.body) else ""
    page = body.page(preview + night, (f"<mj-raw>{_OPENS}</mj-raw>", f"<mj-raw>{_CLOSES}</mj-raw>"))
    html = _as_html(page, subject, letter, lambda made: made.replace(_OPENS, _BOX, 1).replace(_CLOSES, f"</div></div>{_CLOSES}", 1))
    lines = (line.replace("<a ", f'<a style="{_AFTER_A}" ', 1) for line in after.as_html)
    return html.replace(_CLOSES, _after_frame(body.width).substitute(after="".join(f'<p style="{_AFTER_P}">{line}</p>' for line in lines)), 1)


def _numbered(tag: re.Match[str]) -> str:
    """A tag with what mrml would misspell in an attribute (a backslash, a narrow space, a line's end) as numbers, which it leaves alone."""
    return _MISSPELT.sub(lambda sign: f"&#{ord(sign[0])};", tag[0].replace("\n", " "))


def _as_html(page: str, subject: str, letter: Letter, boxed: Callable[[str], str] = str) -> str:
    """`boxed` changes the page before the styles are put into its tags. Raises: BookError where a letter in MJML is laid out, or styled, as nothing can be."""
    try:
        html = str(mrml.to_html(_ODD_TAG.sub(_numbered, page), None, _options()).content).replace(_WHITE_PREVIEW, _PREVIEW, 1)
        return _inliner().inline(boxed(html).replace(_NO_TITLE, f"<title>{escape(subject)}</title>", 1))
    except (OSError, css_inline.InlineError) as wrong:
        raise BookError(letter.file, 0, f"This becomes no page; look at the sizes and colours in it ({wrong}).") from wrong


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


@cache
def _options() -> mrml.RenderOptions:
    return mrml.RenderOptions(disable_comments=False, fonts={})
