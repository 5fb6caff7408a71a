"""The reference page, written from the code: commands, exit codes, settings, reasons, relations, what they stand on, `whom`, events.

What the page says is said where the thing is defined: in a help text, a docstring, the first lines of a `.sql` file. Nothing is said here twice.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from habitue.content.columns import COLUMNS
from habitue.decide.sentences import reason_title
from habitue.events import model as events
from habitue.store import Settings, bases, settings
from habitue.store.relations import relations
from habitue.words.errors import HabitueError
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Kind, Level, Place, Purpose, Strength, Subject, Thread, Told

HEAD = """# Reference

Written from the code by `make docs`; a test fails where it is older than the code. What the words mean stands in [concepts](concepts.md).

[Commands](#commands) · [Exit codes](#exit-codes) · [Settings](#settings) · [Reasons](#reasons) · [The columns for `whom`](#the-columns-for-whom) ·
[Events](#events) · [Vocabulary](#vocabulary) · [Relations](#relations) · [Base relations](#base-relations)"""
VOCABULARY = (Kind, Channel, Purpose, Place, Level, Thread, Subject, Told, Strength)
WIDEST_DEFAULT = 60


def reference_page(front_door: Any) -> str:
    """The whole page as Markdown; `front_door` is the command line as one command with its commands below it."""
    parts = [HEAD, *_commands(front_door), *_exit_codes(), *_settings(), *_reasons(), *_columns(), *_events(), *_vocabulary(), *_relations(), *_bases()]
    return "\n\n".join(parts) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown; a bar inside a cell is kept."""
    lines = [" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    titles = list(head)
    return "\n".join(f"| {line} |" for line in (" | ".join(titles), " | ".join("---" for _ in titles), *lines))


def _code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def _commands(front_door: Any) -> Iterator[str]:
    yield "## Commands"
    yield "Every command answers `--help`. Each works on one house: the folder that `--data` names, else `HABITUE_DATA`, else `./habitue-data`."
    for name, command in sorted(_leaves(front_door, "habitue")):
        arguments = [param for param in command.params if param.param_type_name == "argument"]
        usage = " ".join([name, *(param.name.upper() if param.required else f"[{param.name.upper()}]" for param in arguments)])
        yield f"### `{usage}`"
        yield inspect.cleandoc(command.help or "")
        rows = [(_code(_spelling(param)), param.help or "", _code(_default(param))) for param in command.params if not param.hidden and param.name != "help"]
        if rows:
            yield _table(("option", "what it says", "default"), rows)


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its whole name."""
    if not hasattr(command, "commands"):
        if not command.hidden:
            yield name, command
        return
    for word, below in command.commands.items():
        yield from _leaves(below, f"{name} {word}")


def _spelling(param: Any) -> str:
    """How an option or an argument is written."""
    if param.param_type_name == "argument":
        return str(param.name.upper())
    if param.is_flag:
        return " / ".join((*param.opts, *param.secondary_opts))
    return f"{', '.join(param.opts)} {param.metavar or param.name.upper()}"


def _default(param: Any) -> str:
    """The default, where it says something to a reader."""
    if param.required or not param.show_default or param.default in (None, "", False) or callable(param.default):
        return ""
    if param.is_flag and param.secondary_opts:
        return str(param.opts[0])
    return str(param.default)[:WIDEST_DEFAULT]


def _exit_codes() -> Iterator[str]:
    yield "## Exit codes"
    yield "A refusal is one sentence on the error stream and a code that is not 0. A mistyped command or option ends with 2, Ctrl-C with 130."
    rows = [("0", "", "Done.")]
    for error in sorted(_family(HabitueError), key=lambda each: each.exit_code):
        rows.append((str(error.exit_code), _code(error.__name__), _first_line(error)))
    yield _table(("code", "error", "what it says"), rows)


def _family(head: type[Any]) -> Iterator[Any]:
    """A class and all below it that this package defines, in the order of their definition."""
    if head.__module__.startswith("habitue.words") or head.__module__.startswith("habitue.events"):
        yield head
        for below in head.__subclasses__():
            yield from _family(below)


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _settings() -> Iterator[str]:
    yield "## Settings"
    yield (
        "They stand in `habitue.toml` in the folder of the house; an environment variable wins over the file. "
        "A setting that is unknown or of the wrong kind stops every command with a sentence."
    )
    fields = next(node for node in ast.parse(inspect.getsource(settings)).body if isinstance(node, ast.ClassDef) and node.name == "Settings").body
    said = dict(_sentences_below(fields))
    for name, kind in Settings.__annotations__.items():
        default = getattr(Settings(), name)
        yield f"### `{name}`"
        yield said[name]
        yield f"Type: `{kind}`. Default: {_code(default) or 'empty'}. Environment: `HABITUE_{name.upper()}`."


def _sentences_below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Each annotated name with the text that stands below it in the source, where one does."""
    for node, text in pairwise(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            yield node.target.id, inspect.cleandoc(str(text.value.value))


def _reasons() -> Iterator[str]:
    yield "## Reasons"
    yield "In the order in which judgement asks; the number is what the ledger keeps. What each prevents and how it is judged: [concepts](concepts.md)."
    rows = [(str(int(r)), f"[`{r.name.lower()}`](concepts.md#{r.name.lower()})", reason_title(r, "en"), reason_title(r, "fr")) for r in Reason]
    yield _table(("number", "reason", "English", "French"), rows)


def _columns() -> Iterator[str]:
    yield "## The columns for `whom`"
    yield (
        "What an action's `whom` may speak of ([the book](book.md)): whole numbers only. Where an action is about no thing, the columns that speak of one "
        "are 0; days since what never happened are 9,999."
    )
    rows = [(_code(name), column.en, f"{column.low:,} to {column.high:,}", "the thing" if column.is_about_thing else "her") for name, column in COLUMNS.items()]
    yield _table(("column", "what it says", "range", "speaks of"), rows)


def _events() -> Iterator[str]:
    yield "## Events"
    yield "What can happen, in the past tense; Segment's names where Segment has one. Instants are UTC seconds, money is cents, quantities are thousandths."
    rows = []
    for event in _family(events.Event):
        if event.__struct_config__.tag != event.__name__:
            rows.append((str(event.__struct_config__.tag), ", ".join(_code(name) for name in event.__struct_fields__), _first_line(event)))
    yield _table(("event", "fields", "what it says"), rows)


def _vocabulary() -> Iterator[str]:
    yield "## Vocabulary"
    yield "Small closed lists; the number stands for the word in every relation."
    for words in VOCABULARY:
        listed = ", ".join(f"`{member.name.lower()}` {int(member)}" for member in words)
        yield f"**{words.__name__}.** {_first_line(words)} {listed}."


def _relations() -> Iterator[str]:
    yield "## Relations"
    yield "Judgement, one SQL text each. `habitue sql NAME --for ENGINE` shows a text as an engine runs it, with everything that it reads."
    for each in sorted(relations().values(), key=lambda relation: (relation.room, relation.name)):
        yield f"### `{each.name}`"
        yield each.sentence
        yield f"Room: `{each.room}`. Reads: {_listed(sorted(each.reads))}.  \nColumns: {_listed(each.columns)}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_code(name) for name in names)


def _bases() -> Iterator[str]:
    yield "## Base relations"
    yield "What judgement's texts may read that is no text itself. All columns are whole numbers."
    for group, sentence in _sentences_below(ast.parse(inspect.getsource(bases)).body):
        yield f"**{group.capitalize()}.** {sentence}"
        yield _table(("relation", "columns"), [(_code(name), _listed(columns)) for name, columns in getattr(bases, group).items()])
