"""What `book check` says of the letters: what would break or lead nowhere, found before anything is sent, and what a careful reader would ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from liquid import BoundTemplate
from liquid.exceptions import LiquidError

from habitue.content.book import ActionPage
from habitue.content.letter_body import Body, MjmlBody, body_of, line_of
from habitue.content.letter_branches import Reader, readers
from habitue.content.letter_images import IMAGES, MOST_TOGETHER_BYTES, bytes_together, is_ours, names, picture
from habitue.content.letter_liquid import FILTERS, filled, line_at, mistake_of, parsed, unknown_filter, unknown_value
from habitue.content.letters import ABOUT_HER, ALWAYS_THERE, ENDINGS, FOLDER, VALUES, Letter, Writing, file_of, is_there, letter_and_mistakes, name_and_language
from habitue.content.manners import END, FAMILIAR, PROMISE, UNANSWERABLE
from habitue.content.model import LANGUAGES, Basis, Finding
from habitue.content.rendering import FILLED_IMAGE, Frame, astray, elsewhere, leads_somewhere, render
from habitue.content.suspicions import FORBIDDEN
from habitue.words.errors import BookError

LONGEST_SUBJECT = 70
NO_ANSWER = re.compile(
    r"\b(do not|don[’']t|cannot|can[’']t) (reply|answer|respond)\b|\bne (pas r[eé]pondre|r[eé]pondez pas)\b|\bpas de r[eé]ponse possible\b"
    r"|\b(unmonitored|unattended)\b|\b(message|courriel|e-mail) automatique\b",
    re.IGNORECASE,
)
_WRITTEN_LINK = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)?")
_FRAME = Frame("Shop", "Because.", "https://shop.example/her", "https://shop.example/out", "https://shop.example")
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
                if is_there(folder, name, LANGUAGES[0]) and not is_there(folder, name, language):
                    what = f"There is no {file_of(name, language)}; {_LANGUAGE[language]} readers will get the English letter."
                    yield Finding(at.file, at.line("letter"), False, what)
    for file in sorted((folder / FOLDER).glob("*")):
        if file.name == IMAGES.rpartition("/")[2] and file.is_dir():
            yield from _of_images(folder)
            continue
        name, language = name_and_language(file.name)
        if not name:
            what = "No action can name this file; a letter is called as thanks.en.md, thanks.fr.md or thanks.en.mjml."
            yield Finding(f"{FOLDER}/{file.name}", 0, False, what)
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
    yield from broken or _whole(letter, [*_doubts(letter, known), *_tone(letter, for_anybody)])


def _whole(letter: Letter, doubts: list[Finding]) -> list[Finding]:
    """The same; and where nothing in it is a mistake, what stands in the way of its becoming a page."""
    if not any(each.is_mistake for each in doubts):
        try:
            render(letter, {name: value or "" for name, value in _FULL.items()}, _FRAME)
        except BookError as mistake:
            doubts.append(_as_finding(mistake))
    return doubts


def _texts(letter: Letter) -> tuple[tuple[str, Writing, int], ...]:
    """The texts of a letter: each with how it is written, and the line on which it begins."""
    plain = Writing.PLAIN
    return (letter.subject, plain, letter.subject_line), (letter.preheader, plain, letter.preheader_line), (letter.body, letter.writing, letter.line)


def _unknown(letter: Letter) -> Iterator[Finding]:
    """Values, filters and tags that no letter has, by looking at the text alone: also where no reader of today would come by."""
    for text, writing, line in _texts(letter):
        try:
            template = parsed(text, writing)
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
    """What breaks when it is filled in, whichever branch a reader takes: every set of the values that an action may not know, and those asked for."""
    for values in _readers(letter, known):
        for text, writing, line in _texts(letter)[:2]:
            try:
                filled(text, values, writing, letter.file, line)
            except BookError as mistake:
                yield _as_finding(mistake)
        try:
            body = body_of(letter, values)
        except BookError as mistake:
            yield _as_finding(mistake)
        else:
            yield from (_as_finding(each) for each in body.mistakes) if isinstance(body, MjmlBody) else ()


def _readers(letter: Letter, known: frozenset[str]) -> Iterator[Reader]:
    return readers([text for text, _, _ in _texts(letter)], known, {name: value or "" for name, value in _FULL.items()})


def _as_finding(mistake: BookError) -> Finding:
    return Finding(mistake.file, mistake.line, True, mistake.what)


def _doubts(letter: Letter, known: frozenset[str]) -> Iterator[Finding]:
    """What can be sent and should not be, and links that lead nowhere; the lines are those of the words as they were written."""
    subject, body = _said(letter), body_of(letter, _FULL)
    is_mjml = letter.writing is Writing.MJML
    said = f"{subject}\n{body.text()}"
    doubted: set[int] = set()
    for values in _readers(letter, known):
        doubts = [each for each in _of_addresses(letter, body_of(letter, values)) if each.line not in doubted]
        doubted |= {each.line for each in doubts}
        yield from doubts
    if not is_mjml and (found := _WRITTEN_LINK.search(said)):
        yield Finding(letter.file, line_of(letter, found[0]), True, f"“{found[0]}” is no link; write [the words](https://…).")
    if found := NO_ANSWER.search(said) or UNANSWERABLE.search(said):
        what = f"It says “{found[0]}”; every letter can be answered, and a person reads it. Take these words away."
        yield Finding(letter.file, line_of(letter, found[0]), False, what)
    if found := FORBIDDEN.search(said):
        what = f"It says “{found[0]}”; a shopkeeper would not. Say it as you would across the counter."
        yield Finding(letter.file, line_of(letter, found[0]), False, what)
    if len(subject) > LONGEST_SUBJECT:
        what = f"The subject has about {len(subject)} characters; past {LONGEST_SUBJECT} a telephone cuts it off."
        yield Finding(letter.file, letter.subject_line, False, what)
    if "name" in (used := _used(letter)) and not used & ABOUT_HER:
        what = f"Her first name is the only thing in it that is about her. Say what you know: {', '.join(f'{{{{ {name} }}}}' for name in sorted(ABOUT_HER))}."
        yield Finding(letter.file, letter.line, False, what)


def _of_addresses(letter: Letter, body: Body) -> Iterator[Finding]:
    """Links of a body that lead nowhere, and images that nobody can see, or that tell who reads."""
    is_mjml = letter.writing is Writing.MJML
    for address in body.links():
        if not leads_somewhere(address):
            yield Finding(letter.file, body.line_of_link(address), True, astray(address))
    for address, words in body.images():
        line = body.line_of_image(address, words)
        if not body.is_written_image(address):
            yield Finding(letter.file, line, True, FILLED_IMAGE)
        elif is_ours(address):
            yield from _of_image(letter, address, line)
        elif address.startswith("https://") and leads_somewhere(address):
            yield Finding(letter.file, line, is_mjml, elsewhere(address))
        else:
            what = f"The image “{address}” is not shown to anybody: put it into {IMAGES}, and write its name alone, as in veal.jpg."
            yield Finding(letter.file, line, True, what)
        if words == "":
            place = "into its alt" if is_mjml else "between the square brackets"
            what = f"An image has no alternative text: write what is to be seen {place}, for whoever does not see it."
            yield Finding(letter.file, line, False, what)


def _said(letter: Letter) -> str:
    return filled(letter.subject, _FULL, Writing.PLAIN, letter.file, letter.subject_line)


def _of_image(letter: Letter, name: str, line: int) -> Iterator[Finding]:
    try:
        picture(letter.folder or Path(), name)
    except BookError as mistake:
        yield Finding(letter.file, line, True, f"The image “{name}” cannot be shown. {mistake.what}")


def _of_images(folder: Path) -> Iterator[Finding]:
    """What lies among the images and is none, and what no letter shows."""
    letters = [file for ending in ENDINGS for file in sorted((folder / FOLDER).glob(f"*{ending}"))]
    written = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in letters)
    if (size := bytes_together(folder)) > MOST_TOGETHER_BYTES:
        what = f"The images have {size:,} bytes together; a backup keeps the newest {MOST_TOGETHER_BYTES:,}. Take those away that no letter shows any more."
        yield Finding(IMAGES, 0, False, what)
    for name in names(folder):
        file = f"{IMAGES}/{name}"
        if not is_ours(name):
            what = "No letter can show this file; an image is called as veal.jpg, with letters, digits and hyphens, and is a JPEG, PNG, GIF or WebP."
            yield Finding(file, 0, False, what)
        elif not any(f"{before}{name}" in written for before in ("](", '"', "'")):
            yield Finding(file, 0, False, "No letter shows this image. Letters that have left may, so keep it for some weeks more.")


def _tone(letter: Letter, for_anybody: str) -> Iterator[Finding]:
    """A promise of which nobody knows until when it holds, and words as to an old friend where an action of the letter reaches whom the shop hardly knows."""
    said = f"{_said(letter)}\n{body_of(letter, _FULL).text()}"
    if (found := PROMISE.search(said)) and not END.search(said):
        what = f"It promises something (“{found[0]}”) and does not say until when. Name the day."
        yield Finding(letter.file, line_of(letter, found[0]), False, what)
    if for_anybody and (found := FAMILIAR.search(said)):
        what = f"“{found[0]}” is for whom one knows, and “{for_anybody}” may reach somebody who came once. Say it otherwise, or ask for baskets in its “whom”."
        yield Finding(letter.file, line_of(letter, found[0]), False, what)


def _used(letter: Letter) -> set[str]:
    return {name for text, writing, _ in _texts(letter) for name in parsed(text, writing).analyze().globals}
