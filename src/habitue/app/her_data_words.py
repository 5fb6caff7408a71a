"""The words of the page that goes into the zip of her data: sections, columns and sentences, in English and French."""

from __future__ import annotations

Both = dict[str, str]

TITLES: dict[str, Both] = {
    "who": {"en": "Who you are to us", "fr": "Qui vous êtes pour nous"},
    "identifiers": {"en": "By what we recognise you", "fr": "À quoi nous vous reconnaissons"},
    "said": {"en": "What you told us, and what was noted", "fr": "Ce que vous nous avez dit, et ce qui a été noté"},
    "allows": {"en": "What you allowed and refused", "fr": "Ce que vous avez permis et refusé"},
    "orders": {"en": "What you bought", "fr": "Ce que vous avez acheté"},
    "visits": {"en": "When you were on our site (one day in thirty is kept)", "fr": "Quand vous étiez sur notre site (un jour sur trente est gardé)"},
    "messages": {"en": "What we wrote to you", "fr": "Ce que nous vous avons écrit"},
    "decisions": {"en": "What was decided about writing to you", "fr": "Ce qui a été décidé de vous écrire ou non"},
    "requests": {"en": "What you asked of us by law", "fr": "Ce que vous nous avez demandé au nom de la loi"},
    "looks": {"en": "Who looked at your card", "fr": "Qui a regardé votre fiche"},
    "events": {"en": "Everything that was recorded", "fr": "Tout ce qui a été enregistré"},
}
COLUMNS: dict[str, Both] = {
    "on": {"en": "Day", "fr": "Jour"},
    "at": {"en": "When (UTC)", "fr": "Quand (UTC)"},
    "title": {"en": "Title", "fr": "Civilité"},
    "given_name": {"en": "First name", "fr": "Prénom"},
    "family_name": {"en": "Family name", "fr": "Nom"},
    "email": {"en": "E-mail", "fr": "Courriel"},
    "phone": {"en": "Telephone", "fr": "Téléphone"},
    "street": {"en": "Street", "fr": "Rue"},
    "postcode": {"en": "Postcode", "fr": "Code postal"},
    "city": {"en": "City", "fr": "Ville"},
    "country": {"en": "Country", "fr": "Pays"},
    "numbers": {"en": "Your numbers", "fr": "Vos numéros"},
    "birthday": {"en": "Birthday (month-day)", "fr": "Anniversaire (mois-jour)"},
    "since": {"en": "Known since", "fr": "Connue depuis"},
    "kind": {"en": "Kind", "fr": "Genre"},
    "value": {"en": "Value", "fr": "Valeur"},
    "leave": {"en": "For what", "fr": "Pour quoi"},
    "who": {"en": "Who", "fr": "Qui"},
    "door": {"en": "By which way", "fr": "Par quelle voie"},
    "what": {"en": "What", "fr": "Quoi"},
    "sentence": {"en": "What was said", "fr": "Ce qui a été dit"},
    "quote": {"en": "In your words", "fr": "Dans vos mots"},
    "why": {"en": "Whether it counts", "fr": "Si cela compte"},
    "proof": {"en": "Proof", "fr": "Preuve"},
    "order": {"en": "Order", "fr": "Commande"},
    "product": {"en": "Product", "fr": "Produit"},
    "quantity_milli": {"en": "Quantity", "fr": "Quantité"},
    "amount_cents": {"en": "Amount", "fr": "Montant"},
    "reason": {"en": "Reason", "fr": "Raison"},
    "action": {"en": "What", "fr": "Quoi"},
    "channel": {"en": "By", "fr": "Par"},
    "about": {"en": "About", "fr": "Au sujet de"},
    "answered_on": {"en": "Answered", "fr": "Réponse"},
}
WORDS: dict[str, Both] = {
    "heading": {"en": "What %s holds of you", "fr": "Ce que %s détient de vous"},
    "made": {"en": "Made on", "fr": "Fait le"},
    "nothing": {"en": "Nothing.", "fr": "Rien."},
    "events": {
        "en": "Everything that was recorded stands in data.json beside this page, entry by entry, for a machine to read. Entries:",
        "fr": "Tout ce qui a été enregistré se trouve dans data.json à côté de cette page, entrée par entrée, pour une machine. Entrées :",
    },
}
