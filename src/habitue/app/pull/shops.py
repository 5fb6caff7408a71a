"""The shops that a house listens to or fetches from, with their credentials: one file each in `DATA/shops`, which only its owner can read.

They lie apart from the truth, so that neither a copy of the database nor a listing holds a secret.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from habitue.words.errors import BadInput, SettingsError, Unknown

ShopKind = Literal["shopify", "woocommerce", "webhooks"]
FOLDER = "shops"
OWNER_ONLY, OWNER_ONLY_FOLDER = 0o600, 0o700
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {"shopify": (("token",), ("client_id", "client_secret")), "woocommerce": (("key", "secret"),), "webhooks": ()}
"""What fetching takes, by kind: one of these sets of credentials."""


class Shop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One shop. `write_key` is the source's own, by which what it tells is known; `hook_secret` may hold several while one takes the other's place."""

    name: str
    kind: ShopKind
    write_key: str
    address: str = ""
    token: str = ""
    client_id: str = ""
    client_secret: str = ""
    key: str = ""
    secret: str = ""
    hook_secret: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Shop({self.name!r}, {self.kind!r}, {self.address!r})"  # never a secret in a log or a trace

    @property
    def may_fetch(self) -> bool:
        """Whether its credentials are enough to fetch."""
        return any(all(getattr(self, name) for name in names) for names in NEEDED[self.kind])


CREDENTIALS = ("token", "client_id", "client_secret", "key", "secret", "hook_secret")


def shop_named(data: Path, name: str) -> Shop | None:
    """The shop of that name, if there is one. Raises: SettingsError where its file cannot be read."""
    file = data / FOLDER / f"{name}.toml"
    if not NAME.fullmatch(name) or not file.is_file():
        return None
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Shop)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise SettingsError(f"The file of the shop {name} cannot be read ({type(wrong).__name__}); end it, then add it again.") from wrong


def shops(data: Path) -> Iterator[Shop]:
    """Every shop, by name."""
    for file in sorted((data / FOLDER).glob("*.toml")):
        if shop := shop_named(data, file.stem):
            yield shop


def keep_shop(data: Path, shop: Shop) -> None:
    """Writes a shop's file, whole or not at all, and never readable by anybody else, not even for a moment."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    folder.chmod(OWNER_ONLY_FOLDER)
    fresh = folder / f"{shop.name}.new"
    fresh.unlink(missing_ok=True)
    told = msgspec.to_builtins(shop)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as text:
        text.writelines(f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in told.items())
    fresh.replace(folder / f"{shop.name}.toml")


def drop_shop(data: Path, name: str) -> None:
    """Forgets a shop and its credentials. Raises: Unknown."""
    if not NAME.fullmatch(name) or not (data / FOLDER / f"{name}.toml").is_file():
        raise Unknown(f"There is no shop {name}; `habitue shop list` shows them.")
    (data / FOLDER / f"{name}.toml").unlink()


def checked_name(name: str) -> str:
    """A name that can stand in an address and in a file's name. Raises: BadInput."""
    if not NAME.fullmatch(name):
        raise BadInput(f"A shop's name is made of up to 40 small letters, digits, dashes and underscores, as in “atelier”; “{name}” is not.")
    return name


def checked_address(address: str) -> str:
    """A shop's address without what does not belong to it; https, except on this machine itself. Raises: BadInput."""
    plain = address.strip() if "://" in address else f"https://{address.strip()}"
    try:
        told = urlsplit(plain.rstrip("/"))
        host = told.hostname or ""
        is_odd = told.port == 0 or any(sign.isspace() for sign in plain)
    except ValueError:
        is_odd, host, told = True, "", urlsplit("")
    if is_odd or not host or told.username or told.password or told.query or told.fragment:
        raise BadInput(f"“{address}” is no shop's address; write it as https://atelier.myshopify.com.")
    if told.scheme != "https" and not (told.scheme == "http" and _is_this_machine(host)):
        raise BadInput("A shop is fetched by https only: otherwise its credentials could be read on the way.")
    return told.geturl()


def checked_credentials(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    """Credentials as a file or the environment tells them. Raises: BadInput, which names none of them."""
    unknown = sorted(set(told) - set(CREDENTIALS))
    if unknown:
        raise BadInput(f"“{unknown[0]}” is none of {', '.join(CREDENTIALS)}.")
    hooks = told.get("hook_secret") or ()
    found = {**told, "hook_secret": tuple([hooks] if isinstance(hooks, str) else hooks)}
    single = [value for name, value in found.items() if name != "hook_secret"]
    if not all(isinstance(value, str) and value.isascii() and value.isprintable() for value in (*single, *found["hook_secret"])):
        raise BadInput("A credential is a text on one line, without accents; `hook_secret` may be a list of them.")
    found = {name: value.strip() for name, value in found.items() if name != "hook_secret"} | {"hook_secret": tuple(map(str.strip, found["hook_secret"]))}
    if not all(found["hook_secret"]) or not (found["hook_secret"] or any(all(found.get(name) for name in names) for names in NEEDED[kind])):
        wanted = " or ".join(" and ".join(names) for names in (*NEEDED[kind], ("hook_secret",)))
        raise BadInput(f"No credentials were told: {kind} takes {wanted}, from the environment or by --credentials.")
    return found


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
