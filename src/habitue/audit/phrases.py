"""Why a past send was wrong, in one sentence with its evidence, in English and French; and why a send could not be judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from habitue.decide.sentences import MONTHS, days_text, every_text
from habitue.words.clock import date_of
from habitue.words.reasons import Reason
from habitue.words.typesetting import hour_text

Both = dict[str, str]

PAST: dict[Reason, Both] = {
    Reason.ALREADY_BOUGHT: {
        "en": "She had bought it {bought} before; it is usually bought {every}.",
        "fr": "Elle l’avait acheté {bought} avant ; cela s’achète d’habitude {every}.",
    },
    Reason.NOT_DUE: {
        "en": "She takes it like clockwork {every}, and it had been {bought}.",
        "fr": "Elle en prend, réglée comme une horloge, {every} ; cela faisait {bought}.",
    },
    Reason.NO_AFFINITY: {
        "en": "She had bought on {visits} days in thirteen weeks, and never anything of the sort.",
        "fr": "Elle avait acheté {visits} jours en treize semaines, et jamais rien de ce genre.",
    },
    Reason.DISLIKED: {"en": "She had said that she does not like it{told}.", "fr": "Elle avait dit qu’elle n’aime pas cela{told}."},
    Reason.OUT_OF_STOCK: {"en": "By the last count before it there was none left.", "fr": "Au dernier comptage, il n’en restait plus."},
    Reason.PRESSED_TOO_OFTEN: {
        "en": "She had already heard from us {words_7} times in seven days and {words_28} times in twenty-eight.",
        "fr": "Elle nous avait déjà entendus {words_7} fois en sept jours et {words_28} fois en vingt-huit.",
    },
    Reason.SAID_ALREADY: {"en": "The same had been said to her on {said}.", "fr": "La même chose lui avait été dite le {said}."},
    Reason.IGNORED_LATELY: {
        "en": "She had let the last {ignored} words of this kind pass without an answer.",
        "fr": "Elle avait laissé passer les {ignored} derniers mots de ce genre sans répondre.",
    },
    Reason.WAITING_FOR_OUR_ANSWER: {
        "en": "She had asked something on {waiting} and had no answer yet.",
        "fr": "Elle avait posé une question le {waiting} et n’avait pas encore de réponse.",
    },
    Reason.COMPLAINT_OPEN: {
        "en": "She had complained on {waiting}, and it was not settled.",
        "fr": "Elle s’était plainte le {waiting}, et ce n’était pas réglé.",
    },
    Reason.NO_CONSENT: {
        "en": "Her leave for this was not on record then: she had said no, or never said yes.",
        "fr": "Son accord n’était pas enregistré : elle avait dit non, ou n’avait jamais dit oui.",
    },
    Reason.UNREACHABLE: {"en": "This address had bounced before.", "fr": "Cette adresse avait déjà renvoyé un message."},
    Reason.QUIET_HOURS: {"en": "It left at {hour}.", "fr": "C’est parti à {hour}."},
    Reason.ASKED_MORE_THAN_GIVEN: {
        "en": "In thirteen weeks we had asked her {asked} times and given {given} times.",
        "fr": "En treize semaines, nous lui avions demandé {asked} fois et donné {given} fois.",
    },
    Reason.CANNOT_BE_ANSWERED: {
        "en": "Its sender says that answers are not read.",
        "fr": "Son expéditeur dit lui-même qu’on ne lit pas les réponses.",
    },
    Reason.FIRST_NAME_ALONE: {
        "en": "Her first name is all of her that is in it; everybody got the same.",
        "fr": "Son prénom est tout ce qu’il y a d’elle ; tout le monde a reçu la même chose.",
    },
}

UNJUDGED: dict[str, Both] = {
    "service": {
        "en": "They were service messages, about what she had ordered herself.",
        "fr": "C’étaient des messages de service, sur ce qu’elle avait commandé elle-même.",
    },
    "no_thing": {"en": "The file does not say what they were about.", "fr": "Le fichier ne dit pas de quoi ils parlaient."},
    "unknown_thing": {"en": "No order and no catalogue knows the thing.", "fr": "Aucune commande et aucun catalogue ne connaît la chose."},
    "no_purchase": {"en": "She had bought nothing before, as far as the orders tell.", "fr": "Elle n’avait rien acheté avant, d’après les commandes."},
    "little_history": {
        "en": "She had bought too little before to tell what is not for her.",
        "fr": "Elle avait trop peu acheté avant pour dire ce qui n’est pas pour elle.",
    },
}


def past_sentence(reason: Reason, evidence: Mapping[str, Any], language: str) -> str:
    """Why one send was wrong. `evidence` is a row of `verdict` with the send's `day` and `hour`."""
    told = _date(evidence["feeling_said_day"], language)
    return PAST[reason][language].format(
        bought=days_text(evidence["item_days_since"], language) if evidence["item_days_since"] else ("less than a day", "moins d’un jour")[language == "fr"],
        every=every_text(evidence["own_gap_days"], language),
        visits=evidence["visits_91"],
        told=f" ({told})" if told else "",
        words_7=evidence["words_7"],
        words_28=evidence["words_28"],
        said=_date(evidence["said_day"], language),
        ignored=evidence["ignored"],
        waiting=_date(evidence["waiting_since_day"], language),
        hour=hour_text(evidence["hour"], language),
        asked=evidence["asked_91"],
        given=evidence["given_91"],
    )


def _date(day: int, language: str) -> str:
    """3 March 2017; nothing where no day is known."""
    if day <= 0:
        return ""
    on = date_of(day)
    return f"{on.day} {MONTHS[language][on.month - 1]} {on.year}"
