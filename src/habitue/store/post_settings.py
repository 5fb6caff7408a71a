"""What the settings of the post may say: where links lead, who letters come from, which mail server takes them,
in which mailbox answers arrive, which model may read them, which web servers pass visitors on."""

from __future__ import annotations

import os
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from habitue.words.errors import SettingsError

DEAF = ("noreply", "noresponse", "donotreply", "nepasrepondre", "sansreponse", "nereply")
"""How the senders begin whom nobody can answer, in English and French, without dots and dashes."""

LONGEST_HOST = 253
"""Letters of a name that the DNS can know (RFC 1035, 3.1); longer ones would break the lines of a letter's head."""
LONGEST_SOCKET = 100
"""Bytes of a socket's path; Linux takes 107, others less."""


def checked_post(address: str, sender: str, relay: str, mailbox: str = "") -> None:
    """Nothing, where each is empty or right.

    Raises: SettingsError with what to write instead.
    """
    if address:
        _checked_address(address)
    if sender:
        _checked_sender(sender)
    if relay:
        _checked_server("relay", relay, "smtp", "a mail server; write it as smtp://user@host:587 or smtps://user@host:465.")
    if mailbox:
        _checked_server("mailbox", mailbox, "imap", "a mailbox; write it as imaps://user@host:993 or imap://user@host:143.")


def checked_lmtp(lmtp: str) -> None:
    """Nothing, where it is empty or right: who hands mail over there proves nothing of himself, so that he must be on this very machine.

    Raises: SettingsError with what to write instead.
    """
    if lmtp and lmtp_place(lmtp) is None:
        what = "a mail server hands over mail on this very machine alone: write 127.0.0.1:2424, or the whole path of a socket, as /run/habitue/lmtp."
        raise SettingsError(f"lmtp is “{lmtp}”; {what}")


def lmtp_place(lmtp: str) -> tuple[str, int] | str | None:
    """An address of this machine and its port, or the path of a socket; none where it is neither."""
    if lmtp.startswith("/"):
        return lmtp if lmtp.isprintable() and len(os.fsencode(lmtp)) <= LONGEST_SOCKET else None
    parts = _split(f"//{lmtp}")
    if not (parts and parts.port and parts.hostname and is_here(parts.hostname)) or parts.netloc != lmtp or "@" in lmtp:
        return None
    return "127.0.0.1" if parts.hostname == "localhost" else parts.hostname, parts.port


def checked_reminders(console: str, **told: str) -> None:
    """Nothing, where each is empty or right.

    Raises: SettingsError with what to write instead.
    """
    if console and not _is_site(console):
        raise SettingsError(f"console is “{console}”, where nobody of the shop reaches it; write it as https://shop.example.org.")
    for name, address in told.items():
        if address and not _is_mailbox(address):
            raise SettingsError(f"{name} is “{address}”, which is no e-mail address; write it as team@example.org.")


def checked_model(url: str, name: str) -> None:
    """Nothing, where both are empty or right: over the net TLS only, as her words go there.

    Raises: SettingsError with what to write instead.
    """
    if bool(url) != bool(name.strip()):
        raise SettingsError("model_url and model_name belong together: say where a model is asked, and what it is called there.")
    parts = _split(url)
    is_address = parts and parts.hostname and not (parts.query or parts.fragment or any(sign.isspace() for sign in url))
    if url and not (parts and is_address and (parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname or "")))):
        raise SettingsError(f"model_url is “{url}”; write it as https://models.example.org/v1, or, on this very machine, as http://127.0.0.1:11434/v1.")
    if parts and "@" in parts.netloc:
        raise SettingsError("model_url holds a user or a password. Leave it out, and give the key as HABITUE_MODEL_KEY.")


def is_here(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def checked_proxies(proxies: str) -> None:
    """Nothing, where each is an address or a network.

    Raises: SettingsError with what to write instead.
    """
    for each in proxies.split(","):
        try:
            ip_network(each.strip() or "127.0.0.1")
        except ValueError as wrong:
            raise SettingsError(f"In proxies, “{each.strip()}” is no address and no network; write 192.0.2.7 or 10.0.0.0/8.") from wrong


def _is_site(address: str) -> bool:
    parts = _split(address)
    is_web = parts and parts.hostname and parts.scheme in ("http", "https")
    is_plain = parts and is_web and parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    is_short = parts and len(parts.hostname or "") <= LONGEST_HOST
    return bool(is_plain and is_short) and not any(sign.isspace() for sign in address)


def _is_mailbox(address: str) -> bool:
    name, at, domain = address.partition("@")
    is_broken = "@" in domain or any(sign.isspace() or not sign.isprintable() or sign in '<>",;()' for sign in address)
    return bool(name and at and domain) and not is_broken


def _checked_address(address: str) -> None:
    if not _is_site(address):
        raise SettingsError(f"The address “{address}” is not one that customers can reach; write it as https://regulars.example.org.")


def _checked_sender(sender: str) -> None:
    name = sender.partition("@")[0]
    if not _is_mailbox(sender):
        raise SettingsError(f"The sender “{sender}” is not an e-mail address; write it as shop@example.org.")
    if "".join(sign for sign in name.lower().replace("é", "e") if sign.isalnum()).startswith(DEAF):
        raise SettingsError(f"The sender {sender} tells her not to answer. Write from an address that a person of the shop reads.")


def _checked_server(name: str, told: str, scheme: str, what: str) -> None:
    parts = _split(told)
    if not (parts and parts.hostname and parts.scheme in (scheme, f"{scheme}s")) or parts.path not in ("", "/") or (scheme == "imap" and not parts.username):
        raise SettingsError(f"{name} is not {what}")
    if parts.password is not None:
        raise SettingsError(f"{name} holds a password. Leave it out of the file and the address, and give it as HABITUE_{name.upper()}_PASSWORD.")


def _split(text: str) -> SplitResult | None:
    """The parts of an address; nothing where it has none."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
