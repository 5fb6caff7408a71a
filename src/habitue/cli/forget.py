"""Forgetting a customer: `habitue forget`, and what was forgotten: `habitue forgotten`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from habitue.app.erasure.forgetting import Certificate, certificates, forget, held_of, what_is_in
from habitue.cli.look import Customer
from habitue.cli.options import Data, Json, console, harmless, json_line, opened
from habitue.store.scrubbing import LEFT, PLACE_AWAY, PLACE_TAKEN

KEYS_GONE = "destroyed, so that no backup that they opened tells of her any more"
KEYS_STAY = "destroyed; others live on, so that backups still tell of her: what is left to do says where"
NOT_YET = "Nothing was changed. To erase all of it for good: habitue forget {key} --yes"


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command(name="forget")(forget_her)
    app.command()(forgotten)


def forget_her(
    customer: Customer,
    yes: Annotated[bool, typer.Option("--yes", help="Erase it for good. Without it, only what would be erased is shown.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Forget a customer: show what is held of her, or (with --yes) erase it from every file, and keep her from coming back by old data."""
    with opened(data) as house:
        if not yes:
            held = held_of(house, customer)
            if as_json:
                print(json_line(held))
                return
            _show(held.rows, held.files)
            console().print(NOT_YET.format(key=harmless(customer)))
            return
        done = forget(house, customer)
    _certify(done, as_json)


def forgotten(data: Data = None, as_json: Json = False) -> None:
    """Show the certificate of every erasure; none of them names anybody."""
    with opened(data) as house:
        found = certificates(house.truth)
    for done in found:
        _certify(done, as_json)
    if not found and not as_json:
        console().print("Nobody was forgotten here.")


def _show(rows: dict[str, int], files: tuple[str, ...]) -> None:
    out, said = console(), what_is_in()
    for relation, count in sorted(rows.items()):
        out.print(f"{count:>8,}  {relation:<18} {said.get(relation, '')}")
    for file in files:
        out.print(f"{'file':>8}  {harmless(file)}")


def _certify(done: Certificate, as_json: bool) -> None:
    if as_json:
        print(json_line(done))
        return
    out, wrong = console(), Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
    out.print(f"Erasure {done.number}, {done.erased_on}", style="bold")
    _show(done.rows, ())
    out.print(f"{done.files:>8,}  {'files':<18} taken away from the watched folder and the audits")
    out.print(f"{done.lines:>8,}  {'projection':<18} lines of the files for judgement, written anew without her")
    keys_stay = {PLACE_AWAY, PLACE_TAKEN} & set(done.left)
    if done.backup_keys or keys_stay:
        out.print(f"{done.backup_keys:>8,}  {'backup keys':<18} {KEYS_STAY if keys_stay else KEYS_GONE}")
    out.print(f"{done.sealed:>8,}  {'sealed':<18} words on being written to, kept as a hash, a purpose, a way and a day")
    out.print(f"{'':>8}  her number, hashed by this house's key: {done.person}", style="dim")
    for each in done.left:
        wrong.print(f"Left to do: {LEFT[each]}", style="red")
