"""The words of the letters to the shop's own people: numbers and hours, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from habitue.channels.email.mail import Button, Words

MOST_LINES = 20
"""Conversations that one letter names; of the others it says how many they are."""
SUBJECTS = {
    ("en", False): ("An answer is due within the hour", "{count} answers are due within the hour"),
    ("en", True): ("An answer is late", "{count} answers are late"),
    ("fr", False): ("Une réponse est due dans l’heure", "{count} réponses sont dues dans l’heure"),
    ("fr", True): ("Une réponse est en retard", "{count} réponses sont en retard"),
}
LINES = {"en": "Conversation {number}: promised by {when}{complaint}.", "fr": "Conversation {number}\u202f: promise avant le {when}{complaint}."}
STRANGERS = {"en": "Stranger {number}: promised by {when}{complaint}.", "fr": "Inconnu {number}\u202f: réponse promise avant le {when}{complaint}."}
COMPLAINTS = {"en": " (a complaint)", "fr": " (une réclamation)"}
OTHERS = {"en": "And {count} more.", "fr": "Et {count} de plus."}
OPEN = {"en": "Open the inbox", "fr": "Ouvrir le courrier"}
AFTER = {
    "en": "Answer there, not here: what you answer to this letter reaches no customer.",
    "fr": "Répondez là-bas, pas ici\u202f: une réponse à cette lettre n’atteint aucun client.",
}


@dataclass(frozen=True)
class Line:
    """One conversation: its number, until when an answer was promised (as people write it), whether she complains, and whether nobody knows who it is."""

    number: int
    when: str
    is_complaint: bool
    is_stranger: bool = False


def reminding(brand: str, language: str, lines: Sequence[Line], inbox: str, *, is_late: bool) -> Words:
    """Tells which answers are due soon, or late. `inbox` is the address of the console's page; empty: the numbers alone."""
    one, many = SUBJECTS[language, is_late]
    subject = one if len(lines) == 1 else many.format(count=len(lines))
    told = [
        (STRANGERS if each.is_stranger else LINES)[language].format(
            number=each.number, when=each.when, complaint=COMPLAINTS[language] if each.is_complaint else ""
        )
        for each in lines[:MOST_LINES]
    ]
    if len(lines) > MOST_LINES:
        told.append(OTHERS[language].format(count=len(lines) - MOST_LINES))
    address = f"{inbox}/{'strangers/' if lines[0].is_stranger else ''}{lines[0].number}" if len(lines) == 1 else inbox
    buttons = (Button(OPEN[language], address),) if inbox else ()
    return Words(language, subject, f"{subject}.", tuple(told), buttons, (AFTER[language],), brand)
