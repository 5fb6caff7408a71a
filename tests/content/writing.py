"""Writes small books for tests: one sound action, and whatever a test changes in it."""

from __future__ import annotations

from pathlib import Path

SOUND = {
    "key": '"replenish-coffee"',
    "kind": '"service"',
    "purpose": '"advice"',
    "title": '{ en = "Coffee, before it runs out", fr = "Le café, avant qu\'il n\'en manque" }',
    "say": '{ en = "Tell {name} that {thing} is in.", fr = "Dire à {name} que {thing} est arrivé." }',
    "channels": '["email", "shop"]',
    "basis": '"habit"',
    "about": '{ categories = ["COFFEE"] }',
    "gives": '"reminder"',
    "asks": '"purchase"',
    "relation_cents": "12",
    "use": '"chance"',
}
TO_HER = {
    "basis": '"customer"',
    "about": None,
    "use": "300",
    "title": '{ en = "Thanks", fr = "Merci" }',
    "say": '{ en = "Thank {name}.", fr = "Remercier {name}." }',
}


def action_text(**changes: str | None) -> str:
    """An `[[action]]` table: the sound one with some keys changed, added or (None) taken away; one key a line, from line 2."""
    values = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    return "[[action]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())


def write_book(folder: Path, *actions: str, **files: str) -> Path:
    """A folder with `book.toml` of these actions, and further files by their names without `.toml`."""
    folder.mkdir(exist_ok=True)
    if actions:
        files["book"] = "\n".join(actions)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
