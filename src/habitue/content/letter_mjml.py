"""The MJML of a letter, filled in: read as XML, held to what a letter may have, and written out again for its page and as plain text.

Only what was read is written out: no comment, no instruction, no entity of its own. Source: XML 1.0, 2.4 to 2.8; addresses in plain text, RFC 3986, appendix C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from habitue.content.mjml_rules import BLOCKS, HOLDS_WORDS, IMAGES, SINGLE, VOID, WITH_WORDS, kept, wrong_attributes, wrong_sheet, wrong_tag
from habitue.content.mjml_style import scoped
from habitue.words.typesetting import typeset

DEEPEST = 40
NARROWEST_PX, USUAL_WIDTH = 320, "600px"
QUOTE = '"'
_SPACES = re.compile(r"[ \t\r\n]+")  # not those that a printer set
Mistakes = list[tuple[int, str]]


@dataclass
class Part:
    """One tag with what stands in it. `line` is that of its opening, in the file."""

    tag: str
    attributes: dict[str, str]
    line: int
    inside: list[Part | str] = field(default_factory=list)

    def all(self) -> Iterator[Part]:
        """This part and every part in it, in their order."""
        yield self
        for each in self.inside:
            if isinstance(each, Part):
                yield from each.all()

    def first(self, tag: str) -> Part:
        """The first part of that name right in it; an empty one where there is none."""
        return next((each for each in self.inside if isinstance(each, Part) and each.tag == tag), Part(tag, {}, self.line))


class _Deep(Exception):
    """Tags within tags beyond all measure."""


@dataclass
class _Reader:
    """One reading: the parts that are open, and what is wrong so far, each with its line. Of what stands in a refused part nothing more is said."""

    lines: list[int]
    written: Collection[str]
    parser: expat.XMLParserType
    open: list[Part] = field(default_factory=lambda: [Part("", {}, 1)])
    mistakes: Mistakes = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    refused_at: int = 0  # how deep; 0 outside of any

    def line(self, back: int = 0) -> int:
        """The line of the file that is read now, or so many before it."""
        return self.lines[min(max(self.parser.CurrentLineNumber - back, 1), len(self.lines)) - 1]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        part, parent = Part(tag, kept(attributes), self.line()), self.open[-1]
        if len(self.open) > DEEPEST:
            raise _Deep
        self.open.append(part)
        parent.inside.append(part)
        if self.refused_at:
            return
        wrong = wrong_tag(tag, parent.tag) or (f"There is a second <{tag}>." if tag in SINGLE & self.seen and parent.tag != "mj-attributes" else "")
        if wrong:
            self.mistakes.append((part.line, wrong))
            self.refused_at = len(self.open)
        else:
            self.mistakes += [(part.line, each) for each in wrong_attributes(tag, parent.tag, part.attributes, self.written)]
        if parent.tag != "mj-attributes":
            self.seen.add(tag)

    def end(self, _: str) -> None:
        if len(self.open) <= self.refused_at:
            self.refused_at = 0
        part = self.open.pop()
        if part.tag == "mj-style":
            text = "".join(each for each in part.inside if isinstance(each, str))
            wrong = list(wrong_sheet(text)) if text in self.written or not text else ["Nothing can be filled into a style: it is the same for everybody."]
            self.mistakes += [(part.line, each) for each in wrong]

    def words(self, text: str) -> None:
        part = self.open[-1]
        if part.tag in HOLDS_WORDS:
            part.inside.append(text)
        elif text.strip() and not self.refused_at:
            said = " ".join(text.split())[:40]
            at = self.line(text.lstrip().count("\n"))
            self.mistakes.append((at, f"Nobody sees “{said}” in <{part.tag}>: words stand in <mj-text>, <mj-button> and <mj-table>."))

    def doctype(self, *_: object) -> None:
        self.mistakes.append((self.line(), "A letter begins with <mjml>, not with <!DOCTYPE …>."))
        raise _Deep


def tree_of(text: str, lines: list[int], written: Collection[str]) -> tuple[Part, Mistakes]:
    """The parts of a letter, filled in, and everything that is wrong with it, by line. `lines` has the line of the file for each of the text's."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    reader = _Reader(lines, written, parser)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.words
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _Deep:
        if not reader.mistakes:
            reader.mistakes.append((reader.line(), f"Tags stand in tags, more than {DEEPEST} deep; nobody sees so deep."))
    except expat.ExpatError as wrong:
        at = lines[min(max(wrong.lineno, 1), len(lines)) - 1]
        reader.mistakes.append((at, _broken(wrong, reader.open[-1])))
    tree = next((each for each in reader.open[0].inside if isinstance(each, Part)), Part("mjml", {}, 1))
    if not reader.mistakes and not any(part.tag in WITH_WORDS | {"mj-image"} for part in tree.first("mj-body").all()):
        reader.mistakes.append((tree.line, "The letter says nothing: there are no words and no image in its <mj-body>."))
    return tree, reader.mistakes


def _broken(wrong: expat.ExpatError, part: Part) -> str:
    if wrong.code in (expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH], expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]) and part.tag:
        return f"<{part.tag}>, opened on line {part.line}, is not closed before this."
    if wrong.code == expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]:
        return "Something stands after </mjml>; nobody would see it."
    return f"This is no MJML from here on ({expat.ErrorString(wrong.code)})."


def typeset_parts(tree: Part, language: str) -> None:
    """Sets the words of a letter, and those of its images, as a printer of the language would."""
    for part in tree.first("mj-body").all():
        part.inside = [typeset(each, language) if isinstance(each, str) else each for each in part.inside]
        part.attributes |= {name: typeset(part.attributes[name], language) for name in ("alt", "title") if name in part.attributes}


def links_in(tree: Part) -> Iterator[str]:
    """Where each link leads."""
    return (part.attributes["href"] for part in tree.all() if "href" in part.attributes)


def lead(tree: Part, led: Callable[[str], str]) -> None:
    """Lets each link lead where `led` says."""
    for part in tree.all():
        if "href" in part.attributes:
            part.attributes["href"] = led(part.attributes["href"])


def images_in(tree: Part) -> Iterator[tuple[str, str | None]]:
    """The address and the alternative text of each image; a background needs none."""
    for part in tree.all():
        if "src" in part.attributes:
            yield part.attributes["src"], part.attributes.get("alt", "").strip()
        if "background-url" in part.attributes:
            yield part.attributes["background-url"], None


def place_images(tree: Part, placed: Callable[[str], Mapping[str, str]]) -> None:
    """Gives each image what `placed` says of its address: where it is seen, and, where the letter says nothing of it, how wide (and high) it is."""
    for part in tree.all():
        for name in IMAGES & part.attributes.keys():
            said = placed(part.attributes[name])
            part.attributes[name] = said["src"]
            if part.tag == "img" and not {"width", "height"} & part.attributes.keys():
                part.attributes |= {"width": said["width"], "height": said["height"]}
                part.attributes.setdefault("style", "max-width:100%;height:auto")
            elif part.tag == "mj-image":
                part.attributes.setdefault("width", f"{said['width']}px")


def as_mjml(tree: Part, head: str, around: tuple[str, str], language: str) -> str:
    """The letter as MJML again. `head` is put into its head, `around` before and behind all that it says; its styles reach nothing besides."""
    body = tree.first("mj-body")
    held = "".join(_xml(each) for each in tree.first("mj-head").inside if isinstance(each, Part) and each.tag not in ("mj-title", "mj-preview"))
    said = "".join(_xml(each) for each in body.inside)
    return f'<mjml lang="{language}"><mj-head>{head}{held}</mj-head><mj-body{_attributes(body)}>{around[0]}{said}{around[1]}</mj-body></mjml>'


def width_of(tree: Part) -> str:
    """How wide it is laid out, where that is as wide as a telephone at least."""
    said = tree.first("mj-body").attributes.get("width", "")
    is_wide = said.endswith("px") and said[:-2].isdecimal() and len(said) <= len("1200px") and int(said[:-2]) >= NARROWEST_PX
    return said if is_wide and said.isascii() else USUAL_WIDTH


def as_text(tree: Part) -> str:
    """The letter as plain text: a block a paragraph, a button's address on a line of its own."""
    text = _Text()
    for part in tree.first("mj-body").inside:
        text.read(part)
    text.close()
    return "\n\n".join(text.blocks)


def _xml(part: Part | str) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    if part.tag == "mj-style":
        return f"<mj-style>{scoped(''.join(each for each in part.inside if isinstance(each, str)))}</mj-style>"  # it has no < or &
    said = "".join(map(_xml, part.inside))
    return f"<{part.tag}{_attributes(part)}/>" if part.tag in VOID else f"<{part.tag}{_attributes(part)}>{said}</{part.tag}>"


def _attributes(part: Part) -> str:
    return "".join(f' {name}="{escape(value, quote=False).replace(QUOTE, "&quot;")}"' for name, value in part.attributes.items())


@dataclass
class _Text:
    """One walk through the parts: the blocks so far, and the words of the one that is open."""

    blocks: list[str] = field(default_factory=list)
    words: str = ""
    mark: str = ""

    def read(self, part: Part | str) -> None:
        if isinstance(part, str):
            self.words += _SPACES.sub(" ", part)
            return
        is_block = part.tag in BLOCKS or part.tag.startswith("mj-")
        if is_block and part.tag not in ("td", "th"):
            self.close()
        if part.tag == "li":
            self.mark = "- "
        elif part.tag == "br":
            self.words += "\n"
        elif part.tag == "hr":
            self.blocks.append("* * *")
        elif part.attributes.get("alt", "").strip():
            self.words += f"[{part.attributes['alt'].strip()}]"
        for each in part.inside:
            self.read(each)
        if part.attributes.get("href"):
            self.words += f"\n{part.attributes['href']}" if part.tag == "mj-button" else f" <{part.attributes['href']}>"
        if part.tag in ("td", "th"):
            self.words += " "
        elif is_block:
            self.close()
        if part.tag == "li":
            self.mark = ""

    def close(self) -> None:
        lines = [_SPACES.sub(" ", line).strip(" ") for line in self.words.split("\n")]
        if said := "\n".join(lines).strip(" \n"):
            block = self.mark + said.replace("\n", "\n" + " " * len(self.mark))
            if self.mark and self.blocks and self.blocks[-1].startswith(self.mark):
                self.blocks[-1] += f"\n{block}"
            else:
                self.blocks.append(block)
            self.mark = ""
        self.words = ""
