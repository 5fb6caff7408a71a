"""One question after a conversation, in plain words: whether we answered well. A machine sends it and says so; a person reads what is answered."""

from __future__ import annotations

from datetime import date

from habitue.channels.email.closing_wording import day_written
from habitue.channels.email.mail import Button, Words

QUESTION = {"en": "Did we answer you well?", "fr": "Vous avons-nous bien répondu\u202f?"}
ANSWERS = {
    "yes": {"en": "Yes", "fr": "Oui"},
    "partly": {"en": "In part", "fr": "En partie"},
    "no": {"en": "No", "fr": "Non"},
}
"""The three answers, by the last part of the page's address."""
LONGEST_SUBJECT = 80


def asking_after(brand: str, language: str, subject: str, on: date, page: str) -> Words:
    """The letter's words. `subject` is what she wrote about, where that is known, `on` the day on which the conversation ended, `page` the page's address."""
    about, day = _short(subject), day_written(on, language)
    buttons = tuple(Button(said[language], f"{page}/{word}") for word, said in ANSWERS.items())
    if language == "fr":
        quoted = f", à propos de «\u202f{about}\u202f»" if about else ""
        before = (f"Nous avons échangé jusqu’au {day}{quoted}. Une seule question\u202f:", QUESTION["fr"])
        after = (
            "Si c’est non, quelqu’un de la boutique reprend votre demande. Vous pouvez aussi répondre à cette lettre\u202f: quelqu’un la lit.",
            "Nous le demandons rarement. Pour ne plus recevoir de telles lettres, répondez STOP.",
        )
        return Words("fr", QUESTION["fr"], "Bonjour,", before, buttons, after, brand)
    quoted = f", about “{about}”" if about else ""
    before = (f"We were in touch until {day}{quoted}. One question:", QUESTION["en"])
    after = (
        "If it is no, a person of the shop takes your matter up again. You can also answer this letter; a person reads it.",
        "We ask this rarely. To get no such letters any more, answer STOP.",
    )
    return Words("en", QUESTION["en"], "Hello,", before, buttons, after, brand)


def _short(subject: str) -> str:
    """One line of it, without what is not to be seen."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[:LONGEST_SUBJECT].rstrip()}…"
