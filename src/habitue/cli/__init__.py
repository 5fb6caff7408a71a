"""The command line: every command takes `--data DIR`; a refusal is one sentence on the error stream and an exit code that is not 0."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from habitue.cli import alike as alike
from habitue.cli import audit as audit
from habitue.cli import backup as backup
from habitue.cli import bench as bench
from habitue.cli import book as book
from habitue.cli import bring as bring
from habitue.cli import cases as cases
from habitue.cli import collect as collect
from habitue.cli import day as day
from habitue.cli import demo as demo
from habitue.cli import docs as docs
from habitue.cli import forget as forget
from habitue.cli import house as house
from habitue.cli import inbox as inbox
from habitue.cli import leave as leave
from habitue.cli import link as link
from habitue.cli import look as look
from habitue.cli import mail as mail
from habitue.cli import notice as notice
from habitue.cli import noting as noting
from habitue.cli import pair as pair
from habitue.cli import post as post
from habitue.cli import remember as remember
from habitue.cli import replay as replay
from habitue.cli import retention as retention
from habitue.cli import shop as shop
from habitue.cli import stop as stop
from habitue.cli import torture as torture
from habitue.cli.options import whoever_types
from habitue.words.asking import ASKING, Asking
from habitue.words.errors import HabitueError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="To be relevant, or to be silent.")
CUSTOMERS = (demo, day, look, pair, alike, remember, leave, stop, forget, retention, link, notice, cases, inbox, noting)
SHOP = (post, mail, replay, audit, bring, collect, shop, book, house, backup, bench, torture, docs)
for room in (*CUSTOMERS, *SHOP):
    room.register(app)


def main() -> None:
    """Runs one command; ends with the error's own exit code where Habitué says no.

    Exit codes: 0 done; 1 to 8 as in `words.errors`; 130 where the person pressed Ctrl-C.
    """
    ASKING.set(Asking(whoever_types(), "cli"))
    try:
        app(standalone_mode=True)
    except HabitueError as no:
        Console(stderr=True, soft_wrap=True, highlight=False, emoji=False).print(str(no), style="red", markup=False)
        sys.exit(no.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
