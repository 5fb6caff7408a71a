"""The relays that shops use: by which head a letter says its mark to each, and who reads what it reports. One file a relay; a new one is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from habitue.channels.email.mail import Mail
from habitue.channels.email.tokens import TOKEN
from habitue.channels.relays import brevo, mailjet, postmark, ses
from habitue.channels.returns import Report

Reader = Callable[[dict[str, object]], list[Report]]


@dataclass(frozen=True)
class Provider:
    """A relay: the last part of its servers' names, the head that it gives back with what it reports (none where it gives back the envelope), and its reader.

    One that `is_signed` proves itself by a signature; every other says a write key of ours.
    """

    hosts: tuple[str, ...]
    head: str
    reports: Reader
    is_signed: bool = False


PROVIDERS: dict[str, Provider] = {
    "brevo": Provider(("brevo.com", "sendinblue.com"), "X-Mailin-custom", brevo.reports),
    "mailjet": Provider(("mailjet.com",), "X-MJ-CustomID", mailjet.reports),
    "postmark": Provider(("postmarkapp.com",), "X-PM-Metadata-letter", postmark.reports),
    "ses": Provider((), "", ses.reports, is_signed=True),
}


def marked(mail: Mail, host: str) -> Mail:
    """The letter as that server is to get it: with its mark, where the relay whose server it is gives one back; any other as it is.

    The mark is the name in its Return-Path, so that the letter tells its reader nothing more by it.
    """
    mark, of_server = mail.sender.rpartition("@")[0], host.lower().rstrip(".")
    heads = [each.head for each in PROVIDERS.values() for name in each.hosts if of_server == name or of_server.endswith(f".{name}")]
    if not heads or not TOKEN.fullmatch(mark):
        return mail
    return replace(mail, raw=f"{heads[0]}: {mark}\r\n".encode("ascii") + mail.raw)
