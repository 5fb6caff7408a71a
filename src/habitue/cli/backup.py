"""Backing a house up, and bringing it back: `habitue backup`, `habitue restore`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from habitue.app.backup.backing_up import back_up
from habitue.app.backup.erasures import end_place
from habitue.app.backup.restoring import restore
from habitue.app.opening import open_up
from habitue.cli.options import Data, Json, bars, console, harmless, json_line
from habitue.store import clock_of, load_settings
from habitue.words.errors import BadInput

KeysFolder = Annotated[Path | None, typer.Option("--keys", help="The folder of the keys, where they lie elsewhere than the backups.", show_default=False)]
ENDED = "Its keys are destroyed: nobody can read the backups in it, nor their copies; delete them."
LOST = "It is not looked for any more, but for its backups being found again: delete them, and its file of keys, wherever they are."
NOT_SURE = (
    "Nothing was changed. Its keys would be destroyed, so that nobody can ever read a backup in it, or a copy of one: habitue backup {folder} --end --yes"
)
NOT_COPIED = "Never copy the file of keys: whoever has an old one can read what was forgotten since."


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command(name="backup")(backup)
    app.command(name="restore")(bring_back)


def backup(
    folder: Annotated[Path, typer.Argument(help="Where the backups lie; best on another disk, or another machine's.")],
    keys: KeysFolder = None,
    keep: Annotated[int, typer.Option("--keep", min=0, help="How many of this house's backups stay there, this one included; 0: all.")] = 0,
    take_over: Annotated[bool, typer.Option("--take-over", help="The keys there are this house's from now on, and no other's.")] = False,
    end: Annotated[bool, typer.Option("--end", help="Destroy the keys of this folder, and with them its backups.")] = False,
    lost: Annotated[bool, typer.Option("--lost", help="With --end: the folder is gone for good; look for it no more.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --end: for good. Without it, nothing is changed.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Back the house up into a folder, so that whoever is forgotten later is gone from every backup."""
    settings = load_settings(data)
    if end and (keys or keep or take_over):
        raise BadInput("--end stands alone, or with --yes or --lost.")
    if (lost or yes) and not end:
        raise BadInput("--lost and --yes are words for --end.")
    with closing(open_up(settings)) as truth:
        if end:
            is_done = end_place(truth, folder, lost, yes)
            console().print(LOST if lost else ENDED if is_done else NOT_SURE.format(folder=harmless(str(folder))))
            return
        with bars() as tell:
            done = back_up(truth, settings, clock_of(settings), folder, keys, keep, tell, take_over)
    if as_json:
        print(json_line({**{name: getattr(done, name) for name in ("profiles", "rows", "size_bytes", "dropped", "renewed")}, "file": str(done.file)}))
        return
    console().print(f"{harmless(str(done.file))}: {done.rows:,} rows of {done.profiles:,} profiles, {done.size_bytes:,} bytes.")
    if done.dropped:
        console().print(f"{done.dropped} older taken away.")
    if done.renewed:
        console().print(f"{done.renewed} keys there were damaged and made anew: those people cannot be read in the older backups.")
    console().print(NOT_COPIED, style="dim")


def bring_back(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    keys: KeysFolder = None,
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="Only to try it out: the house that is there goes on backing up into that folder.")] = False,
    part: Annotated[bool, typer.Option("--part", help="Bring back whom the keys can read, where they are older than the backup.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Bring a backup back into a house that is empty: after a loss, or to move to another machine or database."""
    with bars() as tell:
        done = restore(load_settings(data), file, keys, tell, rehearsal, part)
    if as_json:
        print(json_line(done))
        return
    out = console()
    out.print(f"{done.customers:,} customers are back, {done.rows:,} rows in all.")
    if done.forgotten:
        out.print(f"{done.forgotten} profiles of people who were forgotten since are not in it.")
    if done.unread:
        out.print(f"{done.unread} profiles could not be read: their keys are damaged or missing, or others than when the backup was made.")
    if done.mended:
        out.print(f"{done.mended} rows held signs that no database keeps alike (zero bytes); a ␀ stands there instead.")
    if not done.is_all_common:
        out.print("With them went what could be anybody's: rows and messages that were set aside, requests that nobody had answered yet.")
