"""What `book check` says of the letters: what would break or lead nowhere, found before anything is sent, and what a careful reader would ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from liquid import BoundTemplate
from liquid.exceptions import LiquidError

from habitue.content.book import ActionPage
from habitue.content.letter_images import IMAGES, MOST_TOGETHER_BYTES, bytes_together, is_ours, names, picture
from habitue.content.letter_liquid import FILTERS, filled, line_at, mistake_of, parsed, unknown_filter, unknown_value
from habitue.content.letter_markdown import as_text, images_in, links_in, tokens_of, written_images
from habitue.content.letters import ABOUT_HER, ALWAYS_THERE, FOLDER, VALUES, Letter, file_of, is_name, letter_and_mistakes
from habitue.content.manners import END, FAMILIAR, PROMISE, UNANSWERABLE
from habitue.content.model import LANGUAGES, Basis, Finding
from habitue.content.rendering import FILLED_IMAGE, leads_somewhere
from habitue.content.suspicions import FORBIDDEN
from habitue.words.errors import BookError

LONGEST_SUBJECT = 70
NO_ANSWER = re.compile(
    r"\b(do not|don[’']t|cannot|can[’']t) (reply|answer|respond)\b|\bne (pas r[eé]pondre|r[eé]pondez pas)\b|\bpas de r[eé]ponse possible\b"
    r"|\b(unmonitored|unattended)\b|\b(message|courriel|e-mail) automatique\b",
    re.IGNORECASE,
)
_WRITTEN_LINK = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)?")
_FULL: dict[str, str | None] = {name: f"(a {name})" for name in VALUES}
"""Values as catalogues have them, with a space: an address that holds one is none."""
_KNOWN_WELL = re.compile(r"\b(?:(?:item|because|category)_times|baskets_\d+|months_as_customer|days_since_first)\s*>|\bis_regular\b")
"""What an action asks of somebody whom the shop has known for a while."""
_LANGUAGE = {"en": "English", "fr": "French"}


def letter_findings(folder: Path, actions: list[ActionPage]) -> Iterator[Finding]:
    """Everything to say of the letters in a book: of each that an action names, with what that action knows; of the others, as if they knew everything."""
    named: dict[str, set[frozenset[str]]] = {}
    for_anybody: dict[str, str] = {}
    for at in actions:
        name = at.action.letter
        if name and "letter" not in at.page.broken:
            named.setdefault(name, set()).add(_always_known(at.action.basis))
            if at.action.basis != Basis.HABIT and not _KNOWN_WELL.search(at.action.whom):
                for_anybody[name] = at.action.key
            for language in LANGUAGES[1:]:
                if (folder / file_of(name, LANGUAGES[0])).is_file() and not (folder / file_of(name, language)).is_file():
                    what = f"There is no {file_of(name, language)}; {_LANGUAGE[language]} readers will get the English letter."
                    yield Finding(at.file, at.line("letter"), False, what)
    for file in sorted((folder / FOLDER).glob("*")):
        if file.name == IMAGES.rpartition("/")[2] and file.is_dir():
            yield from _of_images(folder)
            continue
        name, _, language = file.name.removesuffix(".md").rpartition(".")
        if not (file.name.endswith(".md") and language in LANGUAGES and is_name(name)):
            yield Finding(f"{FOLDER}/{file.name}", 0, False, "No action can name this file; a letter is called as thanks.en.md or thanks.fr.md.")
            continue
        for known in named.get(name, {frozenset({"thing", "because", *ALWAYS_THERE})}):
            yield from _of_letter(folder, name, language, known, for_anybody.get(name, ""))


def _always_known(basis: Basis) -> frozenset[str]:
    """What is never empty in a letter of an action that comes to its thing in this way."""
    thing = {"thing"} if basis != Basis.CUSTOMER else set()
    return ALWAYS_THERE | thing | ({"because"} if basis in (Basis.BECAUSE, Basis.NEAR) else set())


def _of_letter(folder: Path, name: str, language: str, known: frozenset[str], for_anybody: str) -> Iterator[Finding]:
    letter, mistakes = letter_and_mistakes(folder, name, language)
    if letter is None or mistakes:
        yield from (Finding(mistake.file, mistake.line, True, mistake.what) for mistake in mistakes)
        return
    broken = [*_unknown(letter)] or [*_unfilled(letter, known)]
    yield from broken or (*_doubts(letter), *_tone(letter, for_anybody))


def _texts(letter: Letter) -> tuple[tuple[str, bool, int], ...]:
    """The texts of a letter: each with whether it is Markdown, and the line on which it begins."""
    return (letter.subject, False, letter.subject_line), (letter.preheader, False, letter.preheader_line), (letter.body, True, letter.line)


def _unknown(letter: Letter) -> Iterator[Finding]:
    """Values, filters and tags that no letter has, by looking at the text alone: also where no reader of today would come by."""
    for text, is_markdown, line in _texts(letter):
        try:
            template = parsed(text, is_markdown)
        except (LiquidError, RecursionError) as wrong:
            yield _as_finding(mistake_of(wrong, text, letter.file, line))
            continue
        yield from (Finding(letter.file, line_at(text, index, line), True, what) for index, what in strange(template))


def strange(template: BoundTemplate) -> Iterator[tuple[int, str]]:
    """The values and filters in a text that no letter has: where each stands, and what is said of it."""
    found = template.analyze()
    for name, uses in found.globals.items():
        for use in uses:
            if name not in VALUES:
                yield use.span.index, unknown_value(name)
            elif len(use.segments) > 1:
                yield use.span.index, f"{{{{ {use} }}}} has no parts; write {{{{ {name} }}}}."
    for name, places in found.filters.items():
        if name not in FILTERS:
            yield from ((place.index, unknown_filter(name)) for place in places)


def _unfilled(letter: Letter, known: frozenset[str]) -> Iterator[Finding]:
    """What breaks when it is filled in, whatever is missing: every set of the values that an action of it may not know."""
    optional = sorted(set(VALUES) - known)
    for missing in (set(each) for count in range(len(optional) + 1) for each in combinations(optional, count)):
        values = {name: None if name in missing else value for name, value in _FULL.items()}
        for text, is_markdown, line in _texts(letter):
            try:
                filled(text, values, is_markdown, letter.file, line)
            except BookError as mistake:
                yield _as_finding(mistake)


def _as_finding(mistake: BookError) -> Finding:
    return Finding(mistake.file, mistake.line, True, mistake.what)


def _doubts(letter: Letter) -> Iterator[Finding]:
    """What can be sent and should not be, and links that lead nowhere; the lines are those of the words as they were written."""
    subject, _, body = (filled(text, _FULL, is_markdown, letter.file, line) for text, is_markdown, line in _texts(letter))
    tokens = tokens_of(body, letter.language)
    said = f"{subject}\n{as_text(tokens)}"
    for address in links_in(tokens):
        if not leads_somewhere(address):
            yield Finding(letter.file, _line_of(letter, f"]({address}"), True, _astray(address))
    for address, words in images_in(tokens):
        if address not in written_images(letter.body, letter.language):
            yield Finding(letter.file, _line_of(letter, f"![{words}]"), True, FILLED_IMAGE)
        elif is_ours(address):
            yield from _of_image(letter, address)
        elif address.startswith("https://") and leads_somewhere(address):
            what = f"The image “{address}” lies elsewhere: whoever keeps it sees who opens this letter, and when. Put it into {IMAGES}."
            yield Finding(letter.file, _line_of(letter, f"]({address}"), False, what)
        else:
            what = f"The image “{address}” is not shown to anybody: put it into {IMAGES}, and write its name alone, as in veal.jpg."
            yield Finding(letter.file, _line_of(letter, f"]({address}"), True, what)
        if not words:
            what = "An image has no alternative text: write what is to be seen between the square brackets, for whoever does not see it."
            yield Finding(letter.file, _line_of(letter, f"![]({address}"), False, what)
    if found := _WRITTEN_LINK.search(said):
        yield Finding(letter.file, _line_of(letter, found[0]), True, f"“{found[0]}” is no link; write [the words](https://…).")
    if found := NO_ANSWER.search(said) or UNANSWERABLE.search(said):
        what = f"It says “{found[0]}”; every letter can be answered, and a person reads it. Take these words away."
        yield Finding(letter.file, _line_of(letter, found[0]), False, what)
    if found := FORBIDDEN.search(said):
        what = f"It says “{found[0]}”; a shopkeeper would not. Say it as you would across the counter."
        yield Finding(letter.file, _line_of(letter, found[0]), False, what)
    if len(subject) > LONGEST_SUBJECT:
        what = f"The subject has about {len(subject)} characters; past {LONGEST_SUBJECT} a telephone cuts it off."
        yield Finding(letter.file, letter.subject_line, False, what)
    if "name" in (used := _used(letter)) and not used & ABOUT_HER:
        what = f"Her first name is the only thing in it that is about her. Say what you know: {', '.join(f'{{{{ {name} }}}}' for name in sorted(ABOUT_HER))}."
        yield Finding(letter.file, letter.line, False, what)


def _of_image(letter: Letter, name: str) -> Iterator[Finding]:
    try:
        picture(letter.folder or Path(), name)
    except BookError as mistake:
        yield Finding(letter.file, _line_of(letter, f"]({name}"), True, f"The image “{name}” cannot be shown. {mistake.what}")


def _of_images(folder: Path) -> Iterator[Finding]:
    """What lies among the images and is none, and what no letter shows."""
    written = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in sorted((folder / FOLDER).glob("*.md")))
    if (size := bytes_together(folder)) > MOST_TOGETHER_BYTES:
        what = f"The images have {size:,} bytes together; a backup keeps the newest {MOST_TOGETHER_BYTES:,}. Take those away that no letter shows any more."
        yield Finding(IMAGES, 0, False, what)
    for name in names(folder):
        file = f"{IMAGES}/{name}"
        if not is_ours(name):
            what = "No letter can show this file; an image is called as veal.jpg, with letters, digits and hyphens, and is a JPEG, PNG, GIF or WebP."
            yield Finding(file, 0, False, what)
        elif f"]({name}" not in written:
            yield Finding(file, 0, False, "No letter shows this image. Letters that have left may, so keep it for some weeks more.")


def _tone(letter: Letter, for_anybody: str) -> Iterator[Finding]:
    """A promise of which nobody knows until when it holds, and words as to an old friend where an action of the letter reaches whom the shop hardly knows."""
    subject, _, body = (filled(text, _FULL, is_markdown, letter.file, line) for text, is_markdown, line in _texts(letter))
    said = f"{subject}\n{as_text(tokens_of(body, letter.language))}"
    if (found := PROMISE.search(said)) and not END.search(said):
        what = f"It promises something (“{found[0]}”) and does not say until when. Name the day."
        yield Finding(letter.file, _line_of(letter, found[0]), False, what)
    if for_anybody and (found := FAMILIAR.search(said)):
        what = f"“{found[0]}” is for whom one knows, and “{for_anybody}” may reach somebody who came once. Say it otherwise, or ask for baskets in its “whom”."
        yield Finding(letter.file, _line_of(letter, found[0]), False, what)


def _astray(address: str) -> str:
    if address.startswith("#"):
        return f"The link to “{address}” leads nowhere: a letter has no such place in it. Write the whole address, from https:// on."
    if not address:
        return "A link leads nowhere: its address is empty."
    return f"The link to “{address}” leads nowhere: it must begin with https:// and a host, or with mailto: or tel:."


def _used(letter: Letter) -> set[str]:
    return {name for text, is_markdown, _ in _texts(letter) for name in parsed(text, is_markdown).analyze().globals}


def _line_of(letter: Letter, words: str) -> int:
    """The line on which these words stand, or the first of the letter."""
    place = letter.body.lower().find(words.lower())
    if place < 0:
        return letter.subject_line if words.lower() in letter.subject.lower() else letter.line
    return line_at(letter.body, place, letter.line)
