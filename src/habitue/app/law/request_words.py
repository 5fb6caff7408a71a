"""Requests of the law in the words of a shopkeeper, in English and French."""

from __future__ import annotations

from habitue.app.card_words import Both, Words
from habitue.consent.law.model import HANDED_OVER, Asked, Case, Did, Door, Known, Step

ASKED: dict[Asked, Both] = {
    Asked.ACCESS: ("to see what we hold of her", "à voir ce que nous détenons d’elle"),
    Asked.RECTIFICATION: ("that something be put right", "que quelque chose soit corrigé"),
    Asked.ERASURE: ("to be erased", "à être effacée"),
    Asked.PORTABILITY: ("to take her data elsewhere", "à emporter ses données ailleurs"),
    Asked.OBJECTION: ("that we stop writing and reckoning", "que nous cessions d’écrire et de déduire"),
}
DOORS: dict[Door, Both] = {
    Door.COUNTER: ("at the counter", "au comptoir"),
    Door.MAIL: ("by post", "par la poste"),
    Door.TELEPHONE: ("on the telephone", "au téléphone"),
    Door.EMAIL: ("by e-mail", "par courriel"),
    Door.HER_PAGE: ("on her page", "sur sa page"),
    Door.OPENDSR: ("through another system (OpenDSR)", "par un autre système (OpenDSR)"),
}
KNOWN: dict[Known, Both] = {
    Known.AT_THE_COUNTER: ("we know her at the counter", "nous la connaissons au comptoir"),
    Known.BY_HER_ADDRESS: ("she answered from her own address", "elle a répondu depuis sa propre adresse"),
    Known.BY_A_DOCUMENT: ("she showed a document; no copy of it was kept", "elle a montré une pièce ; aucune copie n’en a été gardée"),
    Known.BY_HER_PAGE: ("she came by her own link", "elle est venue par son propre lien"),
    Known.BY_WHO_PASSED_IT_ON: ("the system that passed it on had made sure", "le système qui l’a transmise s’en était assuré"),
}
DONE: dict[Asked, Both] = {
    Asked.ACCESS: ("She was given her data", "Ses données lui ont été remises"),
    Asked.RECTIFICATION: ("It was put right", "Cela a été corrigé"),
    Asked.ERASURE: ("She was erased", "Elle a été effacée"),
    Asked.PORTABILITY: ("She was given her data", "Ses données lui ont été remises"),
    Asked.OBJECTION: ("Her no was written down", "Son refus a été noté"),
}
NEXT: dict[Asked, Both] = {
    Asked.RECTIFICATION: (
        "Put right on her card what is wrong, then write down what it was.",
        "Corrigez sur sa fiche ce qui est faux, puis notez ce que c’était.",
    ),
    Asked.ERASURE: ("Erase her.", "Effacez-la."),
    Asked.OBJECTION: ("Write her no down; it need not be proved that it is she.", "Notez son refus ; il n’est pas nécessaire de prouver que c’est elle."),
}
TAKE = ("Take her data out, and give it to her.", "Sortez ses données, et remettez-les-lui.")
GIVE = ("Give her the data that was taken out, and write down how.", "Remettez-lui les données sorties, et notez comment.")
CHECK = ("Make sure that it is she.", "Assurez-vous que c’est elle.")
SEEK = (
    "Look whether we know her, by what she told of herself: a number, an e-mail address, a telephone number.",
    "Cherchez si nous la connaissons, par ce qu’elle a dit d’elle : un numéro, une adresse e-mail, un téléphone.",
)
NOBODY = ("We hold nothing of her: tell her so, and close the case.", "Nous ne détenons rien d’elle : dites-le-lui, et fermez le dossier.")
GONE = ("She was erased: tell her so, and close the case.", "Elle a été effacée : dites-le-lui, et fermez le dossier.")
NOT_FOUND = (
    "We looked for %s and found nobody. Does she have another address, look again; else tell her that we hold nothing of her, and close the case.",
    "Nous avons cherché %s sans trouver personne. A-t-elle une autre adresse, cherchez encore ; sinon, dites-lui que nous n’avons rien, et fermez le dossier.",
)
DID: dict[Did, Both] = {
    Did.OPENED: ("She asked %s, %s", "Elle a demandé %s, %s"),
    Did.DOUBTED: ("Noted, in doubt", "Noté, dans le doute"),
    Did.SAID: ("She said it plainly", "Elle l’a dit clairement"),
    Did.NOTED: ("Noted", "Noté"),
    Did.HANDED: ("Her data was taken out", "Ses données ont été sorties"),
    Did.REFUSED: ("Refused", "Refusé"),
    Did.SOUGHT: ("She was looked for, and not found", "Elle a été cherchée, et pas trouvée"),
    Did.ERASED: ("What we held of her was erased", "Ce que nous détenions d’elle a été effacé"),
    Did.FOUND: ("She was found", "Elle a été trouvée"),
    Did.WITHDRAWN: ("She took it back", "Elle l’a retirée"),
}


PERHAPS = ("She may have asked %s, %s", "Elle a peut-être demandé %s, %s")
READ = ("Read what she wrote: it may be something else.", "Lisez ce qu’elle a écrit : c’est peut-être autre chose.")


def step_words(case: Case, step: Step, day: int, language: str) -> str:
    """One line of the log: what was done, and when."""
    place, words = int(language == "fr"), Words(language)
    day = case.received_day if step.did == Did.OPENED else day
    on = f"le {words.date(day)}" if place else f"on {words.date(day)}"
    if step.did == Did.IDENTIFIED:
        said = f"{('It is she: ', 'C’est bien elle : ')[place]}{KNOWN[Known(step.known)][place]}"
    elif step.did == Did.EXTENDED:
        said = ("Two months more, until ", "Deux mois de plus, jusqu’au ")[place] + words.date(step.until_day)
    elif step.did == Did.DONE:
        said = DONE[case.asked][place] if case.profile_id or case.asked == Asked.ERASURE else ("Answered", "Répondu")[place]
    elif step.did == Did.OPENED:
        said = (PERHAPS if case.began_in_doubt else DID[step.did])[place] % (ASKED[case.asked][place], DOORS[case.door][place])
    else:
        said = DID[step.did][place]
    return f"{said}, {on}." if step.did != Did.OPENED else f"{said} ({on})."


def left_words(days: int, language: str) -> str:
    """How long there is left, as one says it."""
    if language == "fr":
        if days < 0:
            return f"en retard de {-days} jour{'s' if days < -1 else ''}"
        return ("c’est le dernier jour", "il reste un jour")[days] if days < 2 else f"il reste {days} jours"
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return ("today is the last day", "one day left")[days] if days < 2 else f"{days} days left"


def next_words(case: Case, language: str) -> str:
    """What is to be done next; nothing where the case is over."""
    if case.is_over:
        return ""
    return f"{READ[language == 'fr']} {_next_words(case, language)}" if case.is_doubtful else _next_words(case, language)


def _next_words(case: Case, language: str) -> str:
    sought = [f"« {step.words} »" if language == "fr" else f"“{step.words}”" for step in case.steps if step.did == Did.SOUGHT and step.words]
    if not case.is_looked_for:
        said = SEEK
    elif not case.profile_id and case.has(Did.ERASED):
        said = GONE
    elif not case.profile_id and sought:
        return NOT_FOUND[language == "fr"] % ", ".join(sought)
    elif not case.profile_id:
        said = NOBODY
    elif case.needs_check:
        said = CHECK
    elif case.asked in HANDED_OVER:
        said = GIVE if case.has(Did.HANDED) else TAKE
    else:
        said = NEXT[case.asked]
    return said[language == "fr"]
