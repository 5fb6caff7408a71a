"""An e-mail address as somebody types it: whether a letter can go there, how it is spelt, and whose mailbox it leads to.

Source: RFC 5321, 4.5.3.1 (lengths); RFC 5322, 3.4.1; RFC 2047, 2 (encoded words); RFC 5891 (domains in other scripts); RFC 5233 (what stands after a plus).
"""

from __future__ import annotations

from functools import lru_cache

import idna

from habitue.words.errors import BadInput

MOST_LETTERS, MOST_LOCAL_BYTES = 254, 64
NEVER_IN_IT = frozenset('"(),:;<>@[\\]')
ENCODED = "=?"
"""So begins an encoded word: whoever reads the head of a letter decodes it, and it may hold line breaks, so heads of the writer's own."""
NO_ADDRESS = "This is not an e-mail address that a letter can go to. Write it as jeanne@example.org."
WITHOUT_DOTS = frozenset({"gmail.com", "googlemail.com"})
"""Where dots in the name make no difference."""


def checked_address(text: str) -> str:
    """The address, trimmed, its domain in small letters; what stands before the @ is kept as she wrote it.

    Raises: BadInput where no letter can go there, in the one sentence that names what to write.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    is_right = (
        at
        and len(address) <= MOST_LETTERS
        and local
        and ENCODED not in local
        and local.isprintable()
        and local.split() == [local]
        and NEVER_IN_IT.isdisjoint(local)
        and len(local.encode()) <= MOST_LOCAL_BYTES
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
    )
    if not is_right:
        raise BadInput(NO_ADDRESS)
    return f"{local}@{_domain(domain, as_ascii=False)}"


def sendable(address: str) -> str:
    """The same as a mail server takes it: the domain in ASCII.

    Raises: BadInput as `checked_address`.
    """
    local, _, domain = checked_address(address).rpartition("@")
    return f"{local}@{_domain(domain, as_ascii=True)}"


def mailbox_of(address: str) -> str:
    """One spelling for all the addresses that lead to one mailbox: for counting only, never for telling people apart."""
    local, _, domain = sendable(address).rpartition("@")
    local = local.lower().partition("+")[0] or local.lower()
    return f"{local.replace('.', '') if domain in WITHOUT_DOTS else local}@{domain}"


def is_tagged(address: str) -> bool:
    """Whether something stands after a plus, for which anybody can write what he likes without knowing how she spells her address."""
    return "+" in sendable(address).rpartition("@")[0].lstrip("+")


@lru_cache(maxsize=4_000)
def _domain(domain: str, *, as_ascii: bool) -> str:
    try:
        spelt = idna.encode(domain, uts46=True).decode()
        if "." not in spelt or spelt.rpartition(".")[2].isdigit():
            raise BadInput(NO_ADDRESS)
        return spelt.lower() if as_ascii else idna.decode(spelt)
    except idna.IDNAError as wrong:
        raise BadInput(NO_ADDRESS) from wrong
