"""What she allows: `habitue leave`, `habitue allow`, `habitue refuse`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from habitue.app.leaving import Said, leaves_as_json_ld, leaves_of, say_leave
from habitue.app.looking import looked_at_keys
from habitue.cli.look import Customer
from habitue.cli.options import Data, Json, Language, console, harmless, json_line, opened, tongue
from habitue.consent.notices import notice_named
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Collected, Purpose

Named = TypeVar("Named", bound=IntEnum)
For = Annotated[list[str], typer.Option("--for", help="advice, offers, invitations, service, health, profiling, audiences or measurement; may be repeated.")]
By = Annotated[list[str], typer.Option("--by", help="email, sms, post or phone; may be repeated.")]
How = Annotated[str, typer.Option("--how", help="How she said it: counter, call, letter, reply or form.")]
Proof = Annotated[str, typer.Option("--proof", help="What proves it, in words: the card that she signed, who took her call.", show_default=False)]
Shown = Annotated[
    list[str], typer.Option("--shown", help="The hash of a text that she was shown (`habitue notice list`); may be repeated.", show_default=False)
]
HOW = ("counter", "call", "letter", "reply", "form")
"""How somebody of the shop may have heard it; the rest is heard by the house itself."""


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    for command in (leave, allow, refuse):
        app.command()(command)


def leave(
    customer: Customer,
    data: Data = None,
    as_json: Json = False,
    as_json_ld: Annotated[bool, typer.Option("--json-ld", help="Her ledger as consent records (ISO/IEC TS 27560, DPV).")] = False,
    language: Language = "",
) -> None:
    """Show what a customer allows, and every word of hers that made it so."""
    with opened(data) as house:
        spoken = tongue(house, language)
        if as_json_ld:
            print(json_line(leaves_as_json_ld(house, customer)))
            return
        found = leaves_of(house, customer, spoken)
        looked_at_keys(house, "leave", [customer])
    if as_json:
        print(json_line(found))
        return
    out, said = console(), ("non", "oui") if spoken == "fr" else ("no", "yes")
    for line in found:
        out.print(f"{said[line.is_granted]:<4} {line.leave}", style="green" if line.is_granted else None)
        for word in line.words:
            out.print(
                f"{word.number:>12}  {word.sentence}"
                + (f" “{harmless(word.proof_shown)}”" if word.proof_shown else "")
                + (f" {word.shown}" if word.shown else ""),
                style="dim",
            )
    if not found:
        out.print("Elle n’a rien permis, et rien refusé." if spoken == "fr" else "She has allowed nothing, and refused nothing.")


def allow(
    customer: Customer,
    to: For,
    by: By = [],  # noqa: B006 - typer's way
    how: How = "counter",
    proof: Proof = "",
    shown: Shown = [],  # noqa: B006 - as above
    data: Data = None,
) -> None:
    """Write down that a customer allows it: for each purpose and each way that she named, and no other."""
    _say(customer, Said(True, _named(Purpose, to, "a purpose"), ways_named(by), _how(how), proof.strip(), tuple(shown)), data)


def refuse(customer: Customer, to: For = [], by: By = [], how: How = "counter", proof: Proof = "", data: Data = None) -> None:  # noqa: B006 - as above
    """Write down that a customer allows it no more: of what she named; where she named nothing, of all that we would write to her of our own accord."""
    _say(customer, Said(False, _named(Purpose, to, "a purpose"), ways_named(by), _how(how), proof.strip()), data)


def _say(customer: str, said: Said, data: Path | None) -> None:
    with opened(data) as house:
        shown = tuple(notice_named(house.truth, name).hash for name in said.notices)
        count = say_leave(house, customer, replace(said, notices=shown))
    console().print(f"Written down: {count} {'word' if count == 1 else 'words'}. It counts from now on.")


def _named(kind: type[Named], names: Sequence[str], what: str) -> tuple[Named, ...]:
    """The members of these names.

    Raises: BadInput where one is none of them.
    """
    for name in names:
        if name.strip().upper() not in kind.__members__:
            raise BadInput(f"“{harmless(name[:40])}” is not {what}; there are {', '.join(known.lower() for known in kind.__members__)}.")
    return tuple(dict.fromkeys(kind[name.strip().upper()] for name in names))


def ways_named(names: Sequence[str]) -> tuple[Channel, ...]:
    """The ways to reach her of these names.

    Raises: BadInput where one is none.
    """
    return _named(Channel, names, "a way to reach her")


def _how(how: str) -> Collected:
    if how.strip().lower() not in HOW:
        raise BadInput(f"“{harmless(how[:40])}” is no way in which she may have said it; there are {', '.join(HOW)}.")
    return Collected[how.strip().upper()]
