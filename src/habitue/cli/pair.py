"""Two customers or one: `habitue pairs`, `habitue merge`, `habitue unmerge`, `habitue household`, `habitue shared`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Annotated

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from habitue.app.comparing import Comparison, compared, pairs_to_look_at
from habitue.app.looking import looked_at_keys
from habitue.app.merging import Pairing
from habitue.app.opening import open_up
from habitue.app.sharing import everything_shared, say_shared
from habitue.cli.options import Data, Json, Language, console, opened, tongue
from habitue.store import clock_of, load_settings
from habitue.words.errors import Refused

One = Annotated[str, typer.Argument(help="A number of the one customer.")]
Other = Annotated[str, typer.Argument(help="A number of the other.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
SHOWN = 50
EVERY = 1_000_000


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    for command in (pairs, merge, unmerge, household, shared):
        app.command()(command)


def pairs(data: Data = None, as_json: Json = False, language: Language = "") -> None:
    """List customers who may be one: somebody has to look at each two of them."""
    with opened(data) as house:
        spoken = tongue(house, language)
        count, found = pairs_to_look_at(house, spoken, EVERY if as_json else SHOWN)
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for pair in found:
        one, other = f"{pair.one_key} {pair.one_name}  ", f"  {pair.other_key} {pair.other_name}   "
        console().print(Text.assemble(one, ("et" if spoken == "fr" else "and", "dim"), other, ("; ".join(pair.reasons), "dim")))
    if not found:
        console().print("Nobody waits to be looked at.")
    elif count > SHOWN:
        console().print(f"… and {count - SHOWN:,} more; --json lists them all.")


def merge(one: One, other: Other, data: Data = None, yes: Yes = False, language: Language = "") -> None:
    """Say that two customers are one person. Nothing moves, and `habitue unmerge` takes it back; where either said no, no it stays."""
    _decide(one, other, data, language, "Are they one person?", yes, Pairing.merge, "They are one customer now.")


def unmerge(one: One, other: Other, data: Data = None, yes: Yes = False, language: Language = "") -> None:
    """Take a merge apart: both customers are again what they were, and what came since goes to whose number it bore."""
    _decide(one, other, data, language, "Are they two people?", yes, Pairing.unmerge, "They are two customers again.")


def household(
    one: One,
    other: Other,
    data: Data = None,
    part: Annotated[bool, typer.Option("--part", help="They do not live together.")] = False,
    language: Language = "",
) -> None:
    """Say that two customers live together: two people still, each with her own consents and tastes."""
    said, done = (
        (Pairing.part_household, "Nobody takes them to live together any more.") if part else (Pairing.say_household, "They are known to live together.")
    )
    _decide(one, other, data, language, "", True, said, done)


def shared(
    kind: Annotated[str, typer.Argument(help="email, phone, card or device; without, everything shared is listed.")] = "",
    value: Annotated[str, typer.Argument(help="The address or the number.")] = "",
    one: Annotated[bool, typer.Option("--one", help="One person alone uses it after all.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List what several people use, so that it names nobody; or say so of a mailbox, a telephone, a card or a device."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        if kind:
            with truth.transaction():
                truth.next_seq(0)  # waits for whoever is writing
                say_shared(truth, kind, value, settings.country, not one, clock_of(settings).instant())
        found = everything_shared(truth)
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for each in found:
        console().print(Text.assemble(f"{each.kind:<6} {each.value}   ", (", ".join(each.customer_keys), "dim")))
    if not found:
        console().print("Nothing is shared.")


def _decide(one: str, other: str, data: Data, language: str, question: str, yes: bool, decide: Callable[[Pairing], None], done: str) -> None:
    with opened(data) as house:
        if not yes:
            _show(compared(house, one, other, tongue(house, language)))
            looked_at_keys(house, "pair", [one, other])
            if not typer.confirm(question):
                raise Refused("Nothing was changed.")
        with house.truth.transaction():
            house.truth.next_seq(0)  # waits for whoever is writing
            decide(Pairing(house.truth, house.settings, one, other, house.clock.instant()))
    console().print(done)


def _show(comparison: Comparison) -> None:
    table = Table("", comparison.one_key, comparison.other_key, "", box=None, pad_edge=False, header_style="bold")
    for row in comparison.rows:
        table.add_row(row.heading, row.one, row.other, row.verdict)
    out = console()
    out.print(table)
    for sentence in comparison.sentences:
        out.print(f"  {sentence}")
