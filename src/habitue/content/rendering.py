"""A letter for one reader, in five steps: Liquid, Markdown, the frame (MJML), its styles put where every reader of mail sees them, and the plain text.

The frame says what no letter may leave without: why she gets it, that a person reads her answer, how to change the rhythm, and the way out.
Source: Regulation (EU) 2016/679, article 21(4); RFC 2046, 5.1.4 (two alternatives of the same words).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import urlsplit

import css_inline
import mrml

from habitue.content.letter_images import is_ours, picture
from habitue.content.letter_liquid import filled, plain_value, values_for
from habitue.content.letter_markdown import as_html, as_text, lead, place_images, tokens_of, written_images
from habitue.content.letters import Letter
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
_AT_NIGHT = "@media (prefers-color-scheme: dark)"
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
        html = self.html.replace(_AT_NIGHT, "@media all" if is_dark else "@media not all")
        return html.replace('content="light dark"', f'content="{"dark" if is_dark else "light"}"')


def render(letter: Letter, values: Mapping[str, str], frame: Frame, led: Callable[[str], str] | None = None) -> Rendered:
    """The letter as she gets it. `values` are those of `letters.VALUES`; what is missing is not known of her. The brand is the frame's.

    `led` gives by which address a link leads to its own; it is asked of those alone that the letter says to everybody alike, never of one made for her.

    Raises: BookError where the letter cannot be filled in for her, or where a link of the frame leads nowhere: then nothing leaves.
    """
    known = values_for({**values, "brand": frame.brand})
    subject = _one_line(filled(letter.subject, known, False, letter.file, letter.subject_line), letter.language)
    preheader = _one_line(filled(letter.preheader, known, False, letter.file, letter.preheader_line), letter.language)
    tokens = tokens_of(filled(letter.body, known, True, letter.file, letter.line), letter.language)
    place_images(tokens, lambda address: _placed(address, letter, frame))
    if led:
        lead(tokens, lambda address: led(address) if address in letter.body else address)
    if not subject:
        raise BookError(letter.file, letter.subject_line, "The letter has no subject for her.")
    after = _after(frame, letter)
    page = _frame().substitute(
        language=letter.language,
        preview=f"<mj-preview>{escape(preheader)}</mj-preview>" if preheader else "",
        brand=escape(known["brand"] or ""),
        body=as_html(tokens),
        after="".join(f"<p>{line}</p>" for line in after.as_html),
    )
    text = "\n\n".join((as_text(tokens), "-- \n" + "\n".join(after.as_text))) + "\n"
    html = mrml.to_html(page, None, _options()).content.replace(_NO_TITLE, f"<title>{escape(subject)}</title>", 1)
    return Rendered(subject, _inliner().inline(html), text, letter.language, preheader)


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


def _placed(address: str, letter: Letter, frame: Frame) -> dict[str, str]:
    """Where an image of the book is seen, and how large; nothing for one that lies elsewhere. Raises: BookError where nobody would see it."""
    if address not in written_images(letter.body, letter.language):
        raise BookError(letter.file, 0, FILLED_IMAGE)
    if letter.folder is None or not is_ours(address):
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


def _one_line(text: str, language: str) -> str:
    return typeset(plain_value(text) or "", language)


@cache
def _frame() -> Template:
    return Template((files("habitue.content") / "letter_frame.mjml").read_text(encoding="utf-8"))


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


@cache
def _options() -> mrml.RenderOptions:
    return mrml.RenderOptions(disable_comments=False, fonts={})
