"""What she allows, in the words of a shopkeeper, in English and French."""

from __future__ import annotations

import re

from habitue.app.card_words import Both, Words
from habitue.consent.model import WITHOUT_CHANNEL, Notice, Word
from habitue.consent.notices import first_titles
from habitue.decide.pronouns import Voice
from habitue.words.vocabulary import Channel, Collected, Purpose

PURPOSES = first_titles()
"""What each purpose is called where the brand calls it nothing else; `House.notices` knows the brand's own words."""
BY: dict[Channel, Both] = {
    Channel.EMAIL: ("by e-mail", "par courriel"),
    Channel.SMS: ("by text message", "par SMS"),
    Channel.POST: ("by post", "par la poste"),
    Channel.SHOP: ("in the shop", "au magasin"),
    Channel.PHONE: ("by telephone", "par téléphone"),
    Channel.SITE: ("on the site", "sur le site"),
}
HOW: dict[Collected, Both] = {
    Collected.COUNTER: ("She said so at the counter.", "Elle l’a dit au comptoir."),
    Collected.CALL: ("She said so on the telephone.", "Elle l’a dit au téléphone."),
    Collected.LETTER: ("She wrote it on paper.", "Elle l’a écrit sur papier."),
    Collected.REPLY: ("She answered a message of ours.", "Elle a répondu à un message de nous."),
    Collected.HER_PAGE: ("She said so on her page.", "Elle l’a dit sur sa page."),
    Collected.FORM: ("She filled in a form.", "Elle a rempli un formulaire."),
    Collected.BEFORE: ("Said earlier, at an address or number that is hers.", "Dit plus tôt, à une adresse ou un numéro qui est le sien."),
    Collected.ONE_CLICK: ("She pressed the way out of a message.", "Elle s’est désinscrite depuis un message."),
}

PROOFS = (
    (r"her page", "sa page"),
    (r"answer by e-mail", "réponse par e-mail"),
    (r"contact form", "formulaire de contact"),
    (r"written down by (.*)", r"noté par \1"),
    (r"complaint to the mailbox provider", "plainte auprès du fournisseur de messagerie"),
    (r"unsubscribed by a link of the mail server’s", "désinscription par un lien du serveur d’envoi"),
    (r"card returned", "carte revenue"),
    (r"request (\d+)", r"demande \1"),
    (r"tablet in the shop", "tablette de la boutique"),
    (r"tablet in the shop “(.*)”", r"tablette de la boutique “\1”"),
    (r"tablet in the shop, with (.*)", r"tablette de la boutique, avec \1"),
    (r"tablet in the shop “(.*)”, with (.*)", r"tablette de la boutique “\1”, avec \2"),
)
"""What the house itself writes as a proof, which is kept in English, and its French; the last that fits counts. What a person wrote stays as it was written."""
LANGUAGES = {"en": ("English", "anglais"), "fr": ("French", "français")}


def leave_of(purpose: Purpose, channel: Channel, language: str, title: str = "") -> str:
    """What a leave is about: “Offers, by e-mail”; of what no message carries, the purpose alone. `title` is what the brand calls the purpose."""
    place = int(language == "fr")
    called = title or PURPOSES[purpose][place]
    text = called if purpose in WITHOUT_CHANNEL else f"{called}, {BY[channel][place]}"
    return text[:1].upper() + text[1:]


def sentence_of(word: Word, day: int, language: str, voice: Voice) -> str:
    """One word of the ledger: what she said, when, and how we know."""
    on = Words(language).date(day)
    said = (("Yes", "Oui") if word.is_yes else ("No", "Non"))[language == "fr"]
    how = voice(HOW[word.collected][language == "fr"]) if word.collected in HOW else (f"From “{word.source}”.", f"D’après « {word.source} ».")[language == "fr"]
    return f"{said}, le {on}. {how}" if language == "fr" else f"{said}, on {on}. {how}"


def proof_of(proof: str, language: str, voice: Voice) -> str:
    """What proves a word, in the reader's language where the house wrote it."""
    ours = [match.expand(french) if language == "fr" else proof for english, french in PROOFS if (match := re.fullmatch(english, proof))]
    if not ours:
        return proof
    return voice(ours[-1]) if proof == "her page" else ours[-1]


def shown_of(notice: Notice, language: str) -> str:
    """What she was shown when she said it."""
    if language == "fr":
        return f"Texte montré : « {notice.title} », version {notice.version}, en {LANGUAGES[notice.language][1]}."
    return f"She was shown “{notice.title}”, version {notice.version}, in {LANGUAGES[notice.language][0]}."
