"""Letting a shop in and showing it out: its file with the credentials, and the source that it is to the log."""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import Any, get_args

from habitue.app.opening import open_up
from habitue.app.pull.marks import drop_marks
from habitue.app.pull.shops import Shop, ShopKind, checked_address, checked_credentials, checked_name, drop_shop, keep_shop, shop_named
from habitue.events.arrivals import WriteKey, add_write_key, end_write_key
from habitue.store import Settings, clock_of
from habitue.words.errors import BadInput, Unknown

KEY_BYTES = 16


def add_shop(settings: Settings, name: str, kind: str, address: str, ids: str | None, told: dict[str, Any]) -> Shop:
    """Lets a shop in; one that is there already only gets new credentials.

    `ids` tells its customers' numbers apart from the brand's own (default: by its name; empty: they are the brand's own).
    Raises: BadInput.
    """
    if kind not in get_args(ShopKind):
        raise BadInput(f"“{kind}” is none of {', '.join(get_args(ShopKind))}.")
    if kind == "webhooks" and address:
        raise BadInput("Nothing is fetched by webhooks alone; leave the address out.")
    address = checked_address(address) if kind != "webhooks" else ""
    credentials = checked_credentials(kind, told)
    before = shop_named(settings.data, checked_name(name))
    if before:
        if (before.kind, before.address) != (kind, address):
            raise BadInput(f"The shop {name} is {before.kind} at {before.address}; end it first.")
        shop = Shop(name=name, kind=before.kind, write_key=before.write_key, address=address, **credentials)
        keep_shop(settings.data, shop)
        return shop
    if ":" in (ids or ""):
        raise BadInput("--ids holds no colon.")
    shop = Shop(name=name, kind=kind, write_key=secrets.token_hex(KEY_BYTES), address=address, **credentials)  # type: ignore[arg-type]
    with closing(open_up(settings)) as truth, truth.transaction():
        add_write_key(truth, WriteKey(shop.write_key, name, name if ids is None else ids.strip(), True, clock_of(settings).instant()))
        keep_shop(settings.data, shop)
    return shop


def end_shop(settings: Settings, name: str) -> None:
    """Shows a shop out: its credentials are gone, its hooks are refused; what it told stays. Raises: Unknown."""
    shop = shop_named(settings.data, name)
    if shop is None:
        raise Unknown(f"There is no shop {name}; `habitue shop list` shows them.")
    with closing(open_up(settings)) as truth, truth.transaction():
        end_write_key(truth, shop.write_key)
        drop_marks(truth, name)
    drop_shop(settings.data, name)
