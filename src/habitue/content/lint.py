"""Everything that `habitue book check` says: the mistakes that stop a book, and the warnings that do not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from habitue.content.audience import checked, columns_in
from habitue.content.book import SHOP_FILE, ActionPage, Reading, read_folder
from habitue.content.catalogue import keys_by_level
from habitue.content.columns import COLUMNS
from habitue.content.letters import FOLDER
from habitue.content.model import Basis, Finding
from habitue.content.number_range import can_be_true
from habitue.content.rules import READ_AS_ADVICE
from habitue.content.suspicions import RESTING, suspicions
from habitue.words.vocabulary import Level

KnownItems = Callable[[Level], Collection[str]]
MOST_COMPARED = 20_000  # past so many keys a nearest name takes seconds to find


def check_book(folder: Path, known_items: KnownItems | None = None) -> list[Finding]:
    """Every mistake and every warning, in the order of files and lines; an empty list where there is nothing to say.

    `known_items` gives all keys of one level of the catalogue; without it things are not looked up.
    """
    reading = read_folder(folder)
    findings = [Finding(mistake.file, mistake.line, True, mistake.what) for mistake in reading.mistakes]
    for at in reading.actions:
        if not at.page.broken:
            findings += _warnings(at, reading)
    findings += [Finding(at.file, at.line("purpose"), False, READ_AS_ADVICE) for at in reading.narrowed if not at.page.broken]
    if folder.is_dir():
        findings += _about_the_folder(reading)
        findings += _about_the_letters(folder, reading)
    if known_items is not None:
        findings += _unknown_things(reading, known_items)
    return sorted(set(findings))


def _warnings(at: ActionPage, reading: Reading) -> Iterator[Finding]:
    for path, what in suspicions(at.action, reading.shop):
        yield Finding(at.file, at.line(*path), False, what)
    tree = checked(at.action.whom)
    for name in sorted(columns_in(tree)):
        if COLUMNS[name].is_about_thing and at.action.basis == Basis.CUSTOMER:
            yield Finding(at.file, at.line("whom"), False, f'“whom” reads {name}, which is always 0 with basis = "customer".')
        elif COLUMNS[name].is_about_cause and at.action.basis != Basis.BECAUSE:
            yield Finding(at.file, at.line("whom"), False, f'“whom” reads {name}, which is always 0 without basis = "because".')
    if at.action.whom != RESTING and not can_be_true(tree):
        yield Finding(at.file, at.line("whom"), False, "“whom” can never be true: no customer is concerned.")


def _about_the_folder(reading: Reading) -> Iterator[Finding]:
    if not reading.actions and not reading.mistakes:
        yield Finding(SHOP_FILE, 0, False, "The book has no action yet: nobody will ever hear a word.")
    if reading.shop_notes is None and not any(mistake.file == SHOP_FILE for mistake in reading.mistakes):
        yield Finding(SHOP_FILE, 0, False, "There is no shop.toml: margins, costs, caps and quiet hours are the house's defaults.")


def _about_the_letters(folder: Path, reading: Reading) -> Iterator[Finding]:
    if (folder / FOLDER).is_dir():
        from habitue.content.letter_lint import letter_findings  # a fifth of a second to load, and not every book has letters

        yield from letter_findings(folder, reading.actions)
    if (folder / "answers").is_dir():
        from habitue.content.saved_answers import answer_findings  # likewise

        yield from answer_findings(folder)


def _unknown_things(reading: Reading, known_items: KnownItems) -> Iterator[Finding]:
    known: dict[Level, Collection[str]] = {level: frozenset(known_items(level)) for level in Level}
    for at in reading.actions:
        for key, things in (("about", at.action.about), ("because", at.action.because)):
            for level, name, keys in keys_by_level(things):
                for index, item in enumerate(keys):
                    if item not in known[level]:
                        yield Finding(at.file, at.line(key, name, index), True, _unknown(level, item, known[level]))
    if reading.shop_notes is not None:
        for item in reading.shop.margins_permille:
            if item not in known[Level.DEPARTMENT]:
                yield Finding(SHOP_FILE, reading.shop_notes.line(("margins", item)), True, _unknown(Level.DEPARTMENT, item, known[Level.DEPARTMENT]))


def _unknown(level: Level, item: str, known: Collection[str]) -> str:
    near = get_close_matches(item, known, n=1, cutoff=0.6) if len(known) <= MOST_COMPARED else []
    return f"The catalogue has no {level.name.lower()} “{item}”." + (f" Did you mean “{near[0]}”?" if near else "")
