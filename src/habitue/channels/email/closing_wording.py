"""What a machine tells whoever writes while the shop is closed: that it is one, who reads her words, and from when on. It asks and offers nothing."""

from __future__ import annotations

from datetime import date

from babel import dates

from habitue.channels.email.mail import Words
from habitue.channels.email.wording import RE


def closing(brand: str, language: str, subject: str, opens: date) -> Words:
    """The letter's words; `opens` is the first day on which somebody is there again."""
    about = subject if not subject or RE.match(subject) else f"Re: {subject}"
    day = day_written(opens, language)
    if language == "fr":
        before = (
            f"Nous sommes fermés en ce moment. Votre message est bien arrivé et nous le gardons\u202f: quelqu’un le lira à partir du {day} et vous répondra.",
            "Vous n’avez rien à faire, ni à réécrire.",
        )
        return Words("fr", about or brand, "Bonjour,", before, (), ("Une machine a écrit ces lignes, et elle seule.",), brand)
    before = (
        f"We are closed at the moment. Your message has arrived and is kept: somebody here will read it from {day} on, and answer you.",
        "There is nothing that you need to do, or write again.",
    )
    return Words("en", about or brand, "Hello,", before, (), ("A machine wrote these lines, and nobody else.",), brand)


def day_written(on: date, language: str) -> str:
    """“Tuesday 5 January”, “mardi 5 janvier”, and in French “vendredi 1er janvier”."""
    written = dates.format_date(on, "EEEE d MMMM", locale=language)
    return written.replace(" 1 ", " 1er ") if language == "fr" else written
