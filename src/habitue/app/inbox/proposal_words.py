"""What her words propose to remember, said to whoever reads them, in English and French."""

from __future__ import annotations

from habitue.app.said_words import FEELINGS
from habitue.decide.sentences import MONTHS
from habitue.dialogue.model import Proposal, What
from habitue.dialogue.suggestions import BY_MODEL

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


NO_DAY = {
    What.BIRTHDAY: {
        "en": "She tells of a birthday; read the day in the quote.",
        "fr": "Elle parle d’un anniversaire\u202f; lisez le jour dans la citation.",
    },
    What.ABSENCE: {
        "en": "She tells of an absence; read the days in the quote.",
        "fr": "Elle parle d’une absence\u202f; lisez les jours dans la citation.",
    },
}
ALLERGY = {"en": "She, or somebody of hers, cannot eat: {about}.", "fr": "Elle, ou l’un des siens, ne supporte pas\u202f: {about}."}
"""A model does not say reliably whose it is."""


def proposed(proposal: Proposal, language: str) -> str:
    """A proposal as a sentence."""
    about = proposal.about or SOMETHING[language]
    if proposal.reason == BY_MODEL and proposal.what == What.ALLERGY:
        return ALLERGY[language].format(about=about)
    if proposal.what == What.ALLERGY:
        return ALLERGIES[proposal.is_hers][language].format(about=about)
    if proposal.what == What.BIRTHDAY and proposal.birthday != (0, 0):
        month, day = proposal.birthday
        return BIRTHDAYS[proposal.is_hers][language].format(day=day, month=MONTHS[language][month - 1])
    if proposal.what == What.ABSENCE and proposal.until_on:
        until = proposal.until_on
        return ABSENCES[language].format(day=until.day, month=MONTHS[language][until.month - 1], year=until.year)
    if proposal.what in NO_DAY:
        return NO_DAY[proposal.what][language]
    if proposal.what in SAID:
        return SAID[proposal.what][language]
    return FEELINGS[proposal.feeling][language].format(about=about)
