"""One customer: `habitue why`, `habitue card`, `habitue customers`, `habitue looks`."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from habitue.app import card_of, decide_for, search_people
from habitue.app.card_words import Words
from habitue.app.log import everybody
from habitue.app.looking import her_looks, looked, looked_at_everybody
from habitue.app.names import voice_of
from habitue.app.opening import open_up
from habitue.cli.options import Data, Json, Language, On, console, day_of, harmless, json_line, opened, tongue
from habitue.store import clock_of, load_settings

Customer = Annotated[str, typer.Argument(help="The customer's number, e-mail address or telephone number; number:4711 is that number and nothing else.")]


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(why)
    app.command()(card)
    app.command()(customers)
    app.command()(looks)


def why(customer: Customer, data: Data = None, on: On = "", as_json: Json = False, language: Language = "") -> None:
    """Say why a customer gets a word or is left in peace, then every other action with what stopped it."""
    with opened(data) as house:
        decision = decide_for(house, customer, day_of(on), tongue(house, language))
        looked(house, "why", [decision.customer_id])
    if as_json:
        print(msgspec.json.encode(decision).decode())
        return
    out = console()
    out.print(f"\n{decision.headline}", style="bold")
    for sentence in decision.sentences:
        out.print(f"  {sentence}")
    if decision.chosen:
        terms = decision.chosen.terms
        out.print(
            f"  worth {decision.chosen.value_cents:.1f} cents: {terms['gain']:.1f} earned + {terms['worth']:.1f} for the relation"
            f" - {terms['cost']:.1f} cost - {terms['attention']:.1f} of her attention",
            style="dim",
        )
    table = Table("action", "about", "what stopped it", box=None, pad_edge=False, header_style="dim")
    for verdict in decision.others:
        table.add_row(verdict.title, verdict.thing, verdict.sentence)
    out.print()
    out.print(table)


def card(customer: Customer, data: Data = None, on: On = "", as_json: Json = False, language: Language = "") -> None:
    """Show the butcher's card of a customer."""
    with opened(data) as house:
        spoken = tongue(house, language)
        found = card_of(house, customer, day_of(on), spoken)
        words = Words(spoken, voice_of(house, found.customer_id, spoken))
        looked(house, "card", [found.customer_id])
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    out = console()
    out.print(Text.assemble("\n", (found.name, "bold"), "   ", (found.since, "dim"), "\n", (f"“{found.greet}”", "italic"), "\n"))
    for fact in found.facts:
        out.print(Text.assemble(f"  {fact.heading:<18} {fact.text}", (f"  ({fact.proof})" if fact.proof else "", "dim")))
    for sentence in found.never:
        out.print(f"  {sentence}", style="red")
    for sentence in found.set_aside:
        out.print(f"  {sentence}", style="green")
    for key in found.other_keys:
        out.print(f"  {words.too(key)}", style="dim")
    for key, name in found.household:
        out.print(f"  {words['lives_with']} {name} ({key}).", style="dim")
    for sentence, others in found.shares:
        told = words.colon + ", ".join(f"{name} ({key})" for key, name in others) if others else ""
        out.print(f"  {sentence}{told}.", style="dim")
    for sentence in found.do_not_say:
        out.print(Text.assemble(("  ✕", "red"), f" {sentence}"))


def customers(
    name: Annotated[str, typer.Argument(help="Part of a name, a number, a whole e-mail address or telephone number.")] = "",
    data: Data = None,
    on: On = "",
    as_json: Json = False,
    language: Language = "",
) -> None:
    """Look customers up by name, number, e-mail address or telephone number; with --json and no name, list them all, one object a line."""
    if as_json and not name:
        settings = load_settings(data)
        with closing(open_up(settings)) as truth:
            looked_at_everybody(truth, clock_of(settings).instant())
            for known in everybody(truth):
                print(msgspec.json.encode(known).decode())
        return
    with opened(data) as house:
        day = day_of(on)
        found = search_people(house, name, house.today if day is None else day, tongue(house, language))
        looked(house, "list", [person.customer_id for person in found])
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for person in found:
        console().print(Text.assemble(f"{person.customer_key:>8}  {person.name:<28} ", (person.sentence, "dim")))


def looks(customer: Customer, data: Data = None, as_json: Json = False, language: Language = "") -> None:
    """Show who of the shop looked at a customer, the newest first."""
    with opened(data) as house:
        spoken = tongue(house, language)
        found = her_looks(house, customer, spoken)
    if as_json:
        print(json_line(found))
        return
    for line in found:
        console().print(harmless(line.sentence))
    if not found:
        console().print("Personne n’a encore regardé." if spoken == "fr" else "Nobody has looked yet.")
