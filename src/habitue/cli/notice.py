"""What she is shown when she is asked: `habitue notice new`, `habitue notice list`, `habitue notice show`."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from habitue.app.opening import open_up
from habitue.cli.options import Data, Json, console, json_line
from habitue.consent.notices import FOLDER, every_notice, keep_notices, lay_out_notices, notice_named, read_notices
from habitue.store import clock_of, load_settings
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import Refused


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    group = typer.Typer(no_args_is_help=True, help="What she is shown when she is asked, and what the brand calls each purpose.")
    group.command("new")(new)
    group.command("list")(show_all)
    group.command("show")(show)
    app.add_typer(group, name="notice")


def new(data: Data = None) -> None:
    """Lay out first notices, a file a purpose in French and English, to be changed by you."""
    settings = load_settings(data)
    if (settings.data / FOLDER).exists():
        raise Refused(f"There are notices in {settings.data / FOLDER} already; nothing was changed.")
    console().print(f"First notices are in {lay_out_notices(settings.data)}: change their words, then `habitue notice list`.")


def show_all(data: Data = None, as_json: Json = False) -> None:
    """List every wording that was ever in use, and which is today's."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        today = keep_notices(truth, read_notices(settings.data, settings.brand), clock_of(settings).instant())
        found = list(every_notice(truth).values())
    if as_json:
        print(json_line(found))
        return
    current, out = {notice.hash for notice in today.of.values()}, console()
    for notice in found:
        state = ("shown today" if notice.purpose in today.used else "not used") if notice.hash in current else "no longer shown"
        since = date_of(local_day_and_hour(notice.known_at, settings.zone)[0])
        out.print(f"{notice.hash[:12]}  {notice.purpose.name.lower():<12} {notice.language}  version {notice.version} of {since}, {state}: {notice.title}")


def show(name: Annotated[str, typer.Argument(metavar="HASH", help="Its hash, or the first eight signs of it or more.")], data: Data = None) -> None:
    """Print exactly what she read: its SHA-256 is its hash."""
    with closing(open_up(load_settings(data))) as truth:
        print(notice_named(truth, name).page, end="")
