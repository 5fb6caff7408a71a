"""The keys that sign letters: in one private file beside the truth, `DATA/dkim.toml`, made when somebody asks for them (`habitue mail keys`)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from habitue.channels.email.address import sendable
from habitue.channels.email.signing import Keys
from habitue.store.house_key import write_private
from habitue.words.errors import BadInput, Refused, SettingsError, StoreError

FILE = "dkim.toml"
SELECTOR = "habitue"
RSA_BITS = 2048
"""What every mailbox provider checks; a longer key does not fit into one answer of many DNS servers. Source: RFC 8301, 3.2."""
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    domain: str
    selector: str
    rsa: str
    ed25519: str


def signing_keys(data: Path) -> Keys | None:
    """The keys of a house; none where nobody has made any, and then no letter is signed. A file that changed is read anew.

    Raises: SettingsError where the file holds something else; StoreError where it cannot be read.
    """
    file = data / FILE
    try:
        state = file.stat()
        return _read(file, state.st_mtime_ns, state.st_ino)
    except FileNotFoundError:
        return None
    except OSError as wrong:
        raise StoreError(f"The keys that sign letters, {file}, cannot be read: {wrong.strerror}.") from wrong


def make_keys(data: Path, sender: str, selector: str = "", domain: str = "") -> Keys:
    """The keys of a house, made where there are none. `domain` is that of the sender, or one above it; each may be empty where keys are there.

    Raises: BadInput where a name cannot stand in the DNS, or the domain is not the sender's; Refused where others are there; as `signing_keys`.
    """
    found = signing_keys(data)
    if found is None:
        selector, domain = selector or SELECTOR, _domain(domain, sender)
        if not NAME.fullmatch(selector):
            raise BadInput(f"“{selector}” cannot be a name in the DNS: use up to 40 small letters, digits and hyphens, as in habitue.")
        try:
            write_private(data / FILE, _written(domain, selector), keeps=True)
        except OSError as wrong:
            raise StoreError(f"The keys that sign letters cannot be written to {data / FILE}: {wrong.strerror}.") from wrong
        found = signing_keys(data)
    if found is None or (selector or found.selector, domain and _domain(domain, sender)) not in ((found.selector, ""), (found.selector, found.domain)):
        raise Refused(f"This house signs with other keys already. To make new ones, put {data / FILE} aside first; until then nothing was changed.")
    return found


def _domain(domain: str, sender: str) -> str:
    """The domain that signs. A signature of a domain that is not the sender's counts for nothing. Source: RFC 7489, 3.1.1 (alignment)."""
    if not (domain or sender):
        raise BadInput("Which domain do letters come from? Say it with --domain example.org, or set `sender`.")
    of_sender = sendable(sender).rpartition("@")[2] if sender else ""
    told = sendable(f"x@{domain}").rpartition("@")[2] if domain else of_sender
    if of_sender and of_sender != told and not of_sender.endswith(f".{told}"):
        raise BadInput(f"Letters come from {sender}: a signature of {told} says nothing about them. Use {of_sender}, or change `sender`.")
    return told


def _written(domain: str, selector: str) -> bytes:
    keys: dict[str, RSAPrivateKey | Ed25519PrivateKey] = {"rsa": generate_private_key(65537, RSA_BITS), "ed25519": Ed25519PrivateKey.generate()}
    told = {name: key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode() for name, key in keys.items()}
    pems = "".join(f'{name} = """\n{pem}"""\n' for name, pem in told.items())
    return f'# Whoever has this file can sign letters as {domain}.\ndomain = "{domain}"\nselector = "{selector}"\n{pems}'.encode()


@lru_cache(maxsize=4)
def _read(file: Path, _changed_at: int, _inode: int) -> Keys:
    try:
        told = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File)
        rsa, ed25519 = (load_pem_private_key(pem.encode(), None) for pem in (told.rsa, told.ed25519))
    except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:  # TOML, UTF-8, its shape and PEM all say so by a ValueError
        raise SettingsError(_not_keys(file)) from wrong
    if not (isinstance(rsa, RSAPrivateKey) and rsa.key_size >= RSA_BITS and isinstance(ed25519, Ed25519PrivateKey)):
        raise SettingsError(_not_keys(file))
    return Keys(told.domain, told.selector, rsa, ed25519)


def _not_keys(file: Path) -> str:
    return f"{file} does not hold the keys that sign letters. Bring back the one that was there, or put it aside and make others: `habitue mail keys`."
