"""What several commands take: the folder, the day, the language; and the progress bars that they share."""

from __future__ import annotations

import os
import pwd
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from habitue.app import House, open_house
from habitue.store import load_settings
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput

Data = Annotated[Path | None, typer.Option("--data", help="The folder of the house (default: HABITUE_DATA, then ./habitue-data).", show_default=False)]
On = Annotated[str, typer.Option("--on", help="A day, as 2017-11-02 (default: today by the house's clock).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on the standard output.")]
Language = Annotated[str, typer.Option("--language", help="en or fr (default: the house's).", show_default=False)]

PATIENCE_SECONDS = 1.0
HIGHEST = 2**53
"""No number that a person types is above it: databases count no further than 2**63, programs that read JSON not further than this."""


@contextmanager
def opened(data: Path | None) -> Iterator[House]:
    """The house in a folder, open for one command."""
    with open_house(load_settings(data)) as house:
        yield house


def day_of(on: str) -> int | None:
    """The day number that `--on` names, or none."""
    return parse_day(on) if on else None


def console() -> Console:
    """Where sentences for people go, each as it is: a name, a number or a file may hold signs that Rich would take for marks of its own.

    What is to stand out is given a style or is a `Text`; nothing printed here is ever read as markup.
    """
    return Console(highlight=False, soft_wrap=True, markup=False, emoji=False)


def harmless(text: str) -> str:
    """What a file or a stranger says, without the signs that steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def json_line(value: object) -> str:
    """A value as one line of JSON, in which signs that steer a terminal stand as escapes."""
    text = msgspec.json.encode(value).decode()
    return text if text.isprintable() else "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    """Source: RFC 8259, section 7: beyond 16 bits by a pair."""
    units = sign.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def tongue(house: House, language: str) -> str:
    """The language of the answer: the reader's, else the house's."""
    if language not in ("", "en", "fr"):
        raise BadInput(f"“{language}” is not spoken here; use en or fr.")
    return language or house.settings.language


def whoever_types() -> str:
    """The name that the system gives to whoever runs this command."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run under a number that nobody has
        return f"uid {os.getuid()}"


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars on the error stream, each shown only once its work has lasted a second."""
    with Progress(
        TextColumn("{task.description:<28}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as progress:
        tasks: dict[str, TaskID] = {}
        begun: dict[str, float] = {}

        def tell(what: str, done: int, of: int) -> None:
            begun.setdefault(what, time.monotonic())
            if what not in tasks and time.monotonic() - begun[what] >= PATIENCE_SECONDS:
                tasks[what] = progress.add_task(what, total=of)
            if what in tasks:
                progress.update(tasks[what], completed=done, total=of)

        yield tell
