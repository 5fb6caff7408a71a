"""What her words propose to remember, said to whoever reads them, in English and French."""

from __future__ import annotations

from habitue.app.said_words import FEELINGS
from habitue.decide.sentences import MONTHS
from habitue.dialogue.model import Proposal, What

ALLERGIES = {
    True: {"en": "She is allergic to: {about}.", "fr": "Elle est allergique\u202f: {about}."},
    False: {"en": "Somebody of hers is allergic to: {about}.", "fr": "Quelqu’un des siens est allergique\u202f: {about}."},
}
SOMETHING = {"en": "something", "fr": "quelque chose"}
BIRTHDAYS = {
    True: {"en": "Her birthday is {day} {month}.", "fr": "Son anniversaire est le {day} {month}."},
    False: {"en": "A birthday of hers, or of somebody else: {day} {month}.", "fr": "Un anniversaire, le sien ou celui d’un autre\u202f: le {day} {month}."},
}
ABSENCES = {"en": "She is away until {day} {month} {year}.", "fr": "Elle est absente jusqu’au {day} {month} {year}."}
SAID = {
    What.THANKS: {"en": "She says thank you.", "fr": "Elle dit merci."},
    What.COMPLAINT: {"en": "She complains.", "fr": "Elle se plaint."},
    What.QUESTION: {"en": "She asks something.", "fr": "Elle pose une question."},
}


def proposed(proposal: Proposal, language: str) -> str:
    """A proposal as a sentence."""
    about = proposal.about or SOMETHING[language]
    if proposal.what == What.ALLERGY:
        return ALLERGIES[proposal.is_hers][language].format(about=about)
    if proposal.what == What.BIRTHDAY:
        month, day = proposal.birthday
        return BIRTHDAYS[proposal.is_hers][language].format(day=day, month=MONTHS[language][month - 1])
    if proposal.what == What.ABSENCE and proposal.until_on:
        until = proposal.until_on
        return ABSENCES[language].format(day=until.day, month=MONTHS[language][until.month - 1], year=until.year)
    if proposal.what in SAID:
        return SAID[proposal.what][language]
    return FEELINGS[proposal.feeling][language].format(about=about)
