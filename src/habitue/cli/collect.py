"""What came in over HTTP: `habitue source`, `habitue events`, `habitue letters`."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import typer

from habitue.app.log import Logged, logged
from habitue.app.looking import looked_at_everybody
from habitue.app.opening import open_up
from habitue.cli.options import HIGHEST, Data, Json, console, harmless, json_line
from habitue.events.arrivals import (
    EVERY,
    DeadLetter,
    WriteKey,
    add_write_key,
    count_dead_letters,
    each_letter,
    end_write_key,
    newest_letters,
    replay,
    replay_all,
    write_keys,
)
from habitue.store import Truth, clock_of, load_settings
from habitue.words.errors import BadInput, Unknown

KEY_BYTES = 16
SHOWN = 50
BODY_SHOWN = 300

source = typer.Typer(no_args_is_help=True, help="The sources that may tell what happened, and their write keys.")


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.add_typer(source, name="source")
    app.command()(events)
    app.command()(letters)


@source.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What the source is called: web, till, shopify.")],
    ids: Annotated[str, typer.Option("--ids", help="Whose customer numbers it uses, where they are not the brand's own.", show_default=False)] = "",
    server: Annotated[bool, typer.Option("--server", help="A server of yours, whose word replaces what is known; a browser's only fills gaps.")] = False,
    key: Annotated[str, typer.Option("--key", help="A key that its client has already (default: a new one).", show_default=False)] = "",
    data: Data = None,
) -> None:
    """Let a source write; prints its write key."""
    settings = load_settings(data)
    key = key.strip() or secrets.token_hex(KEY_BYTES)
    if not key.isascii() or not key.isprintable() or ":" in key or "/" in key or " " in key:
        raise BadInput("A write key is made of letters, digits, dashes and underscores.")
    if not name.strip() or ":" in ids:
        raise BadInput("A source needs a name, and --ids no colon.")
    with closing(open_up(settings)) as truth, truth.transaction():
        if key in write_keys(truth):
            raise BadInput(f"The key {key} is a source's already.")
        add_write_key(truth, WriteKey(key, name.strip(), ids.strip(), server, clock_of(settings).instant()))
    console().print(key)


@source.command("list")
def show(data: Data = None, as_json: Json = False) -> None:
    """List the sources and their keys."""
    with closing(open_up(load_settings(data))) as truth:
        found = list(write_keys(truth).values())
    if as_json:
        print(json_line(found))
        return
    for one in found:
        line = f"{one.key}  {one.source}{f' (numbers of {one.ids})' if one.ids else ''}{', a server' if one.is_server else ''}"
        console().print(harmless(line))


@source.command("end")
def end(key: Annotated[str, typer.Argument(help="The key that may no longer write.")], data: Data = None) -> None:
    """Take a key away; what it told stays."""
    with closing(open_up(load_settings(data))) as truth, truth.transaction():
        if not end_write_key(truth, key):
            raise Unknown(f"There is no key {key}; `habitue source list` shows them.")


def events(
    data: Data = None,
    since: Annotated[int, typer.Option("--since", max=HIGHEST, help="Only what was written after this number.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="All of them, one JSON object a line.")] = False,
) -> None:
    """List what is in the log, in the order in which it was written."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        looked_at_everybody(truth, clock_of(settings).instant())
        listed = logged(truth, since, clock_of(settings).instant())
        if as_json:
            for one in listed:
                print(json_line(one))
            return
        shown = list(islice(listed, SHOWN + 1))
    for one in shown[:SHOWN]:
        console().print(harmless(_line(one)))
    if len(shown) > SHOWN:
        console().print(f"… and more; `habitue events --since {shown[SHOWN - 1].seq}` goes on, --json lists all.")


def letters(
    data: Data = None,
    before: Annotated[int, typer.Option("--before", max=HIGHEST, help="Only those before this number: the next page.", show_default=False)] = EVERY,
    again: Annotated[
        list[int] | None, typer.Option("--replay", max=HIGHEST, help="Sort this one again; may be given several times.", show_default=False)
    ] = None,
    all_again: Annotated[bool, typer.Option("--replay-all", help="Sort all of them again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="All of them, the oldest first, one JSON object a line.")] = False,
) -> None:
    """List what came in and could not be sorted, the newest first, with the reason; or have it sorted again by the running house."""
    with closing(open_up(load_settings(data))) as truth:
        if all_again or again:
            _sort_again(truth, None if all_again else again)
        elif as_json:
            for letter in each_letter(truth):
                print(json_line(_plain(letter)))
        else:
            _list(newest_letters(truth, SHOWN, before), count_dead_letters(truth))


def _sort_again(truth: Truth, numbers: list[int] | None) -> None:
    if numbers:
        with truth.transaction():
            count = replay(truth, set(numbers))
    else:
        count = replay_all(truth)
    if not count:
        raise Unknown("There are no such letters; `habitue letters` lists those that there are.")
    console().print(f"{count:,} go back among the arrivals; `habitue serve` sorts them.")


def _list(found: list[DeadLetter], count: int) -> None:
    for letter in found:
        console().print(f"{letter.number}  {_when(letter.received_at)}  {harmless(letter.reason)}")
        console().print(f"    {harmless(letter.body[:BODY_SHOWN].decode('utf-8', 'replace'))}")
    if len(found) < count:
        further = f"; `habitue letters --before {found[-1].number}` goes on" if len(found) == SHOWN else ""
        console().print(f"{len(found):,} of {count:,}{further}, --json lists all.")


def _plain(letter: DeadLetter) -> dict[str, object]:
    body = letter.body.decode("utf-8", "replace")
    return {"number": letter.number, "key": letter.key, "received_at": letter.received_at, "reason": letter.reason, "body": body}


def _line(one: Logged) -> str:
    return f"{one.seq:>8}  {_when(one.at)}  {one.customer_key or '(nobody yet)':<20}  {one.name:<20}  {one.source}"


def _when(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
