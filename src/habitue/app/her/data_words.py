"""The words of the page that goes into the zip of her data, said to her, in English and French.

Of a case, what speaks of nobody is said to her in the words of the shop (`request_words`).
"""

from __future__ import annotations

from habitue.app.card_words import Both, Words
from habitue.app.law import request_words
from habitue.app.leave_words import LANGUAGES
from habitue.consent.law.model import Asked, Case, Did, Door, Known, Step
from habitue.consent.model import Notice, Word
from habitue.words.vocabulary import Collected

TITLES: dict[str, Both] = {
    "who": ("Who you are to us", "Qui vous êtes pour nous"),
    "identifiers": ("By what we recognise you", "À quoi nous vous reconnaissons"),
    "said": ("What you told us, and what was noted", "Ce que vous nous avez dit, et ce qui a été noté"),
    "allows": ("What you allowed and refused", "Ce que vous avez permis et refusé"),
    "orders": ("What you bought", "Ce que vous avez acheté"),
    "visits": (
        "When you were on our site, or a tool told us of you (one day in thirty is kept)",
        "Quand vous étiez sur notre site, ou qu’un outil nous a parlé de vous (un jour sur trente est gardé)",
    ),
    "messages": ("What we wrote to you", "Ce que nous vous avons écrit"),
    "decisions": ("What was decided about writing to you", "Ce qui a été décidé de vous écrire ou non"),
    "requests": ("What you asked of us by law", "Ce que vous nous avez demandé au nom de la loi"),
    "notes": ("What the shop noted beside your letters", "Ce que la boutique a noté à côté de vos lettres"),
    "looks": ("Who looked at your card", "Qui a regardé votre fiche"),
}
TERMS: dict[str, Both] = {
    "title": ("Title", "Civilité"),
    "given_name": ("First name", "Prénom"),
    "family_name": ("Family name", "Nom"),
    "email": ("E-mail address", "Adresse e-mail"),
    "phone": ("Telephone", "Téléphone"),
    "street": ("Street", "Rue"),
    "postcode": ("Postcode", "Code postal"),
    "city": ("City", "Ville"),
    "country": ("Country", "Pays"),
    "numbers": ("Your numbers with us", "Vos numéros chez nous"),
    "birthday": ("Birthday", "Anniversaire"),
    "since": ("With us since", "Chez nous depuis"),
    "customer": ("Customer number", "Numéro de client"),
    "card": ("Loyalty card", "Carte de fidélité"),
}
CIVIL: dict[str, Both] = {"mme": ("Mrs", "Madame"), "mrs": ("Mrs", "Madame"), "ms": ("Ms", "Madame"), "m": ("Mr", "Monsieur"), "mr": ("Mr", "Monsieur")}
PAGE: dict[str, Both] = {
    "heading": ("What %s holds of you", "Ce que %s détient de vous"),
    "made": ("Made on", "Fait le"),
    "nothing": ("Nothing.", "Rien."),
    "events": (
        "Everything that was recorded stands in data.json beside this page, entry by entry, for a machine to read. Entries:",
        "Tout ce qui a été enregistré se trouve dans data.json à côté de cette page, entrée par entrée, pour une machine. Entrées :",
    ),
    "quote": ("“%s”", "« %s »"),
    "taken_back": ("It was taken back; it counts no more.", "C’est retiré ; cela ne compte plus."),
    "order": ("order %s", "commande %s"),
    "answered": ("You answered it, or followed its link, on %s.", "Vous y avez répondu, ou suivi son lien, le %s."),
    "planned": ("We had this for you.", "Nous avions ceci pour vous."),
    "silent": ("We said nothing, %s.", "Nous n’avons rien dit, %s."),
}
COLLECTED: dict[Collected, Both] = {
    Collected.COUNTER: ("You said so at the counter.", "Vous l’avez dit au comptoir."),
    Collected.CALL: ("You said so on the telephone.", "Vous l’avez dit au téléphone."),
    Collected.LETTER: ("You wrote it on paper.", "Vous l’avez écrit sur papier."),
    Collected.REPLY: ("You answered a message of ours.", "Vous avez répondu à un message de nous."),
    Collected.HER_PAGE: ("You said so on your page.", "Vous l’avez dit sur votre page."),
    Collected.FORM: ("You filled in a form.", "Vous avez rempli un formulaire."),
    Collected.BEFORE: ("Said earlier, at an address or number that is yours.", "Dit plus tôt, à une adresse ou un numéro qui est le vôtre."),
    Collected.ONE_CLICK: ("You pressed the way out of a message.", "Vous avez demandé à ne plus rien recevoir, depuis un message."),
}
FILES = "files"
FILE: Both = ("From a file of the shop.", "D’après un fichier du magasin.")
ASKED: dict[Asked, Both] = request_words.ASKED | {
    Asked.ACCESS: ("to see what we hold of you", "à voir ce que nous détenons de vous"),
    Asked.ERASURE: ("to be erased", "que tout soit effacé"),
    Asked.PORTABILITY: ("to take your data elsewhere", "à emporter vos données ailleurs"),
}
DOORS: dict[Door, Both] = request_words.DOORS | {
    Door.HER_PAGE: ("on your page", "sur votre page"),
    Door.OPENDSR: ("through another system", "par un autre système"),
}
KNOWN: dict[Known, Both] = request_words.KNOWN | {
    Known.AT_THE_COUNTER: ("we know you at the counter", "nous vous connaissons au comptoir"),
    Known.BY_HER_ADDRESS: ("you answered from your own address", "vous avez répondu depuis votre propre adresse"),
    Known.BY_A_DOCUMENT: ("you showed a document; no copy of it was kept", "vous avez montré une pièce ; aucune copie n’en a été gardée"),
    Known.BY_HER_PAGE: ("you came by your own link", "par votre propre lien"),
}
DONE: dict[Asked, Both] = request_words.DONE | {
    Asked.ACCESS: ("You were given your data", "Vos données vous ont été remises"),
    Asked.ERASURE: ("It was erased", "Tout a été effacé"),
    Asked.PORTABILITY: ("You were given your data", "Vos données vous ont été remises"),
    Asked.OBJECTION: ("Your no was written down", "Votre refus a été noté"),
}
DID: dict[Did, Both] = request_words.DID | {
    Did.OPENED: ("You asked %s, %s", "Vous avez demandé %s, %s"),
    Did.SAID: ("You said it plainly", "Vous l’avez dit clairement"),
    Did.HANDED: ("Your data was taken out", "Vos données ont été sorties"),
    Did.WITHDRAWN: ("You took it back", "Vous l’avez retirée"),
    Did.IDENTIFIED: ("It is you: %s", "C’est bien vous : %s"),
    Did.EXTENDED: ("Two months more, until %s", "Deux mois de plus, jusqu’au %s"),
    Did.SOUGHT: ("Your card was looked for, and not found", "Votre fiche a été cherchée, et pas trouvée"),
    Did.ERASED: ("What we held of you was erased", "Ce que nous détenions de vous a été effacé"),
    Did.FOUND: ("Your card was found", "Votre fiche a été trouvée"),
}

PERHAPS = ("You may have asked %s, %s", "Vous avez peut-être demandé %s, %s")


def your_word(word: Word, day: int, language: str) -> str:
    """One word of the ledger, said to her: yes or no, when, and how we know."""
    place, on = int(language == "fr"), Words(language).date(day)
    said = (("Yes, on", "Oui, le"), ("No, on", "Non, le"))[not word.is_yes][place]
    source = FILE if word.source == FILES else (f"From “{word.source}”.", f"D’après « {word.source} ».")
    how = COLLECTED.get(word.collected, source)[place]
    return f"{said} {on}. {how}"


def your_notice(notice: Notice, language: str) -> str:
    """What she was shown when she said it, said to her."""
    if language == "fr":
        return f"Texte montré : « {notice.title} », version {notice.version}, en {LANGUAGES[notice.language][1]}."
    return f"You were shown “{notice.title}”, version {notice.version}, in {LANGUAGES[notice.language][0]}."


def your_step(case: Case, step: Step, day: int, language: str) -> str:
    """One line of what was done with a request of hers, said to her."""
    place, words = int(language == "fr"), Words(language)
    day = case.received_day if step.did == Did.OPENED else day
    said = DONE[case.asked][place] if step.did == Did.DONE else DID[step.did][place]
    if step.did == Did.OPENED:
        said = (PERHAPS if case.began_in_doubt else DID[step.did])[place] % (ASKED[case.asked][place], DOORS[case.door][place])
    elif step.did == Did.IDENTIFIED:
        said %= KNOWN[Known(step.known)][place]
    elif step.did == Did.EXTENDED:
        said %= words.date(step.until_day)
    return f"{said} ({words.date(day)})."
