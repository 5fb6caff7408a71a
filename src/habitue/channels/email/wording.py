"""The words of the letters that the house sends of itself, in English and French."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habitue.channels.email.mail import Button, Words

RE = re.compile(r"\s*(?:re|r[ée]p?)\s*:", re.IGNORECASE)
SIGNED = {"en": "{brand}. You can answer this letter; a person reads it.", "fr": "{brand}. Vous pouvez répondre à cette lettre\u202f: quelqu’un la lit."}


def confirming(brand: str, language: str, asked_for: Sequence[str], address: str) -> Words:
    """Asks whether it was she who wants to hear of these things. `address` leads to the page with the button."""
    listed = _listed(asked_for, language)
    if language == "fr":
        subject = f"Confirmez que nous pouvons vous écrire\u202f: {brand}"
        before = (
            f"Quelqu’un a laissé cette adresse pour recevoir de nous, par courriel\u202f: {listed}.",
            "Si c’était vous, ouvrez cette page et confirmez-le. Avant cela, nous ne vous écrivons rien.",
        )
        after = (
            "Si ce n’était pas vous, ne faites rien\u202f: dans 48 heures, l’adresse est effacée. La même page permet aussi de nous le dire tout de suite.",
        )
        return Words("fr", subject, "Bonjour,", before, (Button("Ouvrir la page", address),), after, _signed(brand, "fr"))
    subject = f"Confirm that we may write to you: {brand}"
    before = (
        f"Somebody left this address to hear from us by e-mail of: {listed}.",
        "If it was you, open this page and confirm it. Before that, we write you nothing.",
    )
    after = ("If it was not you, do nothing: in 48 hours the address is deleted. The same page also lets you tell us so at once.",)
    return Words("en", subject, "Hello,", before, (Button("Open the page", address),), after, _signed(brand, "en"))


def fresh_link(brand: str, language: str, pages: Sequence[tuple[str, str]]) -> Words:
    """A fresh link to her page; where several people have this address, one for each, by given name. `pages` are names and addresses."""
    if language == "fr":
        buttons = tuple(Button(f"Ouvrir la page\u202f: {name}" if name and len(pages) > 1 else "Ouvrir ma page", address) for name, address in pages)
        before = ("Voici un nouveau lien vers votre page\u202f: ce que nous savons de vous, pourquoi nous vous avons écrit, et ce que vous voulez y changer.",)
        after = ("Il ouvre tout pendant sept jours. Gardez-le pour vous\u202f: qui l’a peut se dire vous.", "Si vous n’avez rien demandé, ne faites rien.")
        return Words("fr", f"Votre page chez {brand}", "Bonjour,", before, buttons, after, _signed(brand, "fr"))
    buttons = tuple(Button(f"{name}’s page" if name and len(pages) > 1 else "Open my page", address) for name, address in pages)
    before = ("Here is a fresh link to your page: what we know of you, why we wrote to you, and whatever you want changed.",)
    after = ("It opens everything for seven days. Keep it to yourself: whoever has it can pass for you.", "If you did not ask for it, do nothing.")
    return Words("en", f"Your page at {brand}", "Hello,", before, buttons, after, _signed(brand, "en"))


LEAVE = {
    "en": "May we remember what you told us of your health, or of that of somebody of yours? We keep it only if you allow it, and you can take that back.",
    "fr": "Pouvons-nous retenir ce que vous nous avez dit de votre santé, ou de celle d’un proche\u202f? Seulement si vous le permettez.",
}
LEAVE_TITLE = {"en": "Allow it, or not", "fr": "Le permettre, ou non"}


def answering(brand: str, language: str, subject: str, words: str, who: str, page: str) -> Words:
    """A person's answer, as she or he wrote it; where `page` is an address, it asks besides whether we may keep what touches health."""
    first, *rest = [" ".join(each.split()) for each in re.split(r"\n\s*\n", words.strip())]
    about = subject if not subject or RE.match(subject) else f"Re: {subject}"
    after = (LEAVE[language],) if page else ()
    signed = f"{who}, {brand}" if who else brand
    return Words(language, about or brand, first, (*rest, *after), (Button(LEAVE_TITLE[language], f"{page}#leaves"),) if page else (), (), signed)


def _signed(brand: str, language: str) -> str:
    return SIGNED[language].replace("{brand}", brand)


def _listed(things: Sequence[str], language: str) -> str:
    """“recipes, advice, kind words, offers and invitations”."""
    *first, last = things
    return f"{', '.join(first)} {'et' if language == 'fr' else 'and'} {last}" if first else last
