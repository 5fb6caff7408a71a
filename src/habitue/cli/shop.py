"""The brand's own web shops: `habitue shop`, and `habitue pull`, which fetches what is new in them."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from habitue.app.opening import open_up
from habitue.app.pull.marks import marks_of
from habitue.app.pull.opening import add_shop, end_shop
from habitue.app.pull.shops import CREDENTIALS, Shop, shop_named, shops
from habitue.cli.options import Data, Json, console
from habitue.events.arrivals import count_dead_letters_of
from habitue.store import Settings, load_settings
from habitue.words.errors import BadInput, HabitueError, Unknown

shop = typer.Typer(no_args_is_help=True, help="The web shops from which what is new is fetched, or which tell it by hooks.")
PREFIX = "HABITUE_SHOP_"


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.add_typer(shop, name="shop")
    app.command()(pull)


@shop.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What the shop is called here; its hooks come to /hooks/NAME.")],
    kind: Annotated[str, typer.Option("--kind", help="shopify, woocommerce, or webhooks (anything that signs as Standard Webhooks do).")],
    address: Annotated[str, typer.Option("--address", help="Where it is: https://atelier.myshopify.com.", show_default=False)] = "",
    credentials: Annotated[
        str, typer.Option("--credentials", help="A TOML file with its credentials, or - for the standard input (default: the environment).", show_default=False)
    ] = "",
    ids: Annotated[str | None, typer.Option("--ids", help="Whose its customer numbers are (default: its own; empty: yours).", show_default=False)] = None,
    data: Data = None,
) -> None:
    """Let a web shop in, or give one that is there new credentials.

    Credentials are never told on the command line and never shown again: `token` (or `client_id` and `client_secret`) for Shopify, `key` and `secret` for
    WooCommerce, `hook_secret` for hooks, in a file, on the standard input, or in the environment as HABITUE_SHOP_TOKEN and so on.
    """
    added = add_shop(load_settings(data), name, kind, address, ids, _credentials(credentials))
    console().print(f"{added.name} is let in.")
    if added.may_fetch and added.address:
        console().print(f"`habitue pull {added.name}` fetches what is new.")
    if added.hook_secret:
        console().print(f"Its hooks come to /hooks/{added.name}, where `habitue serve` listens.")


@shop.command("list")
def show(data: Data = None, as_json: Json = False) -> None:
    """List the shops: where they are, whether they are fetched from and tell by hooks, and how far; never a credential."""
    settings = load_settings(data)
    found = [_shown(settings, one) for one in shops(settings.data)]
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for one in found:
        ways = [way for way, has in (("fetched", one["is_fetched"]), ("hooks", one["has_hooks"])) if has]
        until = f", known up to {one['known_up_to']}" if one["known_up_to"] else ""
        console().print(f"{one['name']}  {one['kind']}  {one['address']}  {' and '.join(ways)}{until}")


@shop.command("end")
def end(name: Annotated[str, typer.Argument(help="The shop that is to go.")], data: Data = None) -> None:
    """Forget a shop and its credentials; what it told stays."""
    end_shop(load_settings(data), name)


def pull(name: Annotated[str, typer.Argument(help="One shop (default: all of them).", show_default=False)] = "", data: Data = None) -> None:
    """Fetch what is new in a web shop: products, customers, orders and what came back of them."""
    from habitue.app.pull.pulling import Pulled  # only now: what calls out takes a while to load
    from habitue.app.pull.pulling import pull as fetch

    settings = load_settings(data)
    wrong: HabitueError | None = None
    for one in _asked(settings, name):
        told = console()

        def tell(so_far: Pulled) -> None:
            if sys.stderr.isatty():
                print(f"\r{so_far.shop}: page {so_far.pages}", end="", file=sys.stderr, flush=True)

        try:
            brought = fetch(settings, one, tell=tell)
        except HabitueError as no:
            if wrong:
                told.print(str(wrong))
            wrong = no
            continue
        if sys.stderr.isatty():
            print(file=sys.stderr)
        news = ", ".join(f"{count:,} {what}" for what, count in brought.news.items() if count)
        told.print(f"{one.name}: {news or 'nothing new'}.{_set_aside(settings, one)}")
    if wrong:
        raise wrong


def _asked(settings: Settings, name: str) -> list[Shop]:
    if name:
        found = shop_named(settings.data, name)
        if found is None:
            raise Unknown(f"There is no shop {name}; `habitue shop list` shows them.")
        return [found]
    every = [one for one in shops(settings.data) if one.may_fetch]
    if not every:
        raise Unknown("There is no shop to fetch from; `habitue shop add` lets one in.")
    return every


def _set_aside(settings: Settings, one: Shop) -> str:
    with closing(open_up(settings)) as truth:
        count = count_dead_letters_of(truth, one.write_key)
    return f" {count:,} could not be sorted; `habitue letters` says why." if count else ""


def _shown(settings: Settings, one: Shop) -> dict[str, Any]:
    with closing(open_up(settings)) as truth, truth.transaction():
        mark = marks_of(truth, one.name).get("orders")
    until = datetime.fromtimestamp(mark.since_at, UTC).strftime("%Y-%m-%d %H:%M:%SZ") if mark and mark.since_at else ""
    return {
        "name": one.name,
        "kind": one.kind,
        "address": one.address,
        "is_fetched": one.may_fetch and bool(one.address),
        "has_hooks": bool(one.hook_secret),
        "known_up_to": until,
    }


def _credentials(told: str, env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    if not told:
        return {name: value for name in CREDENTIALS if (value := env.get(PREFIX + name.upper()))}
    try:
        text = sys.stdin.read() if told == "-" else Path(told).read_text(encoding="utf-8")
        return tomllib.loads(text)
    except OSError as wrong:
        raise BadInput(f"{told} cannot be read: {wrong.strerror}.") from wrong
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadInput('The credentials cannot be read; write them as token = "…", one a line.') from wrong
