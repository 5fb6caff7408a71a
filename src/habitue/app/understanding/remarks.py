"""What is to be said of how a file was understood: notes and doubts, as sentences in English and in French."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Remark:
    """A sentence by its name, and what goes into it; a `field` is put in the reader's words."""

    code: str
    told: dict[str, Any] = field(default_factory=dict)


LABELS: dict[str, tuple[str, str]] = {
    "customer": ("customer", "client"), "at": ("when", "quand"), "channel": ("channel", "canal"), "kind": ("kind", "nature"),
    "message": ("message number", "numéro du message"), "campaign": ("campaign", "campagne"), "thing": ("about what", "à propos de quoi"),
    "level": ("how fine", "niveau"), "subject": ("subject", "objet"), "text": ("text", "texte"), "sender": ("sender", "expéditeur"),
    "answered_at": ("answered when", "réponse, quand"), "answered": ("answered", "réponse"), "bounced_at": ("bounced when", "rebond, quand"),
    "bounced": ("bounced", "rebond"), "cost": ("cost", "coût"), "order": ("order", "commande"), "sold_at": ("sold when", "vendu quand"),
    "product": ("product", "produit"), "quantity": ("quantity", "quantité"), "amount": ("amount of the line", "montant de la ligne"),
    "price": ("price of one", "prix unitaire"), "name": ("product's name", "nom du produit"), "type": ("type", "type"), "category": ("category", "catégorie"),
    "department": ("department", "rayon"), "place": ("place", "lieu"), "currency": ("currency", "devise"), "item": ("thing", "chose"),
    "feeling": ("feeling", "sentiment"), "thread": ("conversation", "conversation"), "state": ("state", "état"), "direction": ("direction", "sens"),
    "granted": ("agreed", "accord"), "purpose": ("purpose", "finalité"), "units": ("units", "unités"),
    "given_name": ("given name", "prénom"), "family_name": ("family name", "nom"), "title": ("title", "civilité"), "email": ("e-mail", "e-mail"),
    "phone": ("telephone", "téléphone"), "card": ("card", "carte"), "street": ("street", "rue"), "postcode": ("postcode", "code postal"),
    "city": ("city", "ville"), "country": ("country", "pays"), "language": ("language", "langue"), "birthday": ("birthday", "anniversaire"),
    "since": ("customer since", "cliente depuis"), "known_at": ("known since", "connue depuis"), "line": ("line", "ligne"), "shop": ("shop", "boutique"),
    "agrees_email": ("agrees to e-mail", "accepte l'e-mail"), "agrees_email_at": ("since when (e-mail)", "depuis quand (e-mail)"),
    "agrees_sms": ("agrees to SMS", "accepte les SMS"), "agrees_sms_at": ("since when (SMS)", "depuis quand (SMS)"),
    "name_en": ("English name", "nom anglais"), "name_fr": ("French name", "nom français"), "happened": ("what happened", "ce qui s'est passé"),
    "left": ("unsubscribed", "désabonnement"), "left_at": ("unsubscribed when", "désabonnement, quand"),
    "proof": ("proof", "preuve"), "id": ("number", "numéro"),
    "has_email": ("has e-mail", "a un e-mail"), "has_sms": ("has SMS", "a les SMS"), "has_post": ("has post", "a le courrier"),
    "has_phone": ("has telephone", "a le téléphone"), "touch": ("touch", "message"), "action": ("action", "action"), "asking": ("asks", "demande"),
    "where": ("said where", "dit où"), "until": ("until", "jusqu'à"), "gift": ("a gift", "un cadeau"),
    "attributes": ("what it is like", "ce qu'elle est"), "strength": ("how strongly", "à quel point"), "told": ("who says so", "qui le dit"),
    "quote": ("her own words", "ses propres mots"), "health": ("touches her health", "touche à sa santé"),
    "first_name": ("first name", "prénom"), "part_of": ("part of", "fait partie de"),
}  # fmt: skip
KINDS: dict[str, tuple[str, str]] = {
    "sends": ("sends", "envois"), "orders": ("orders", "commandes"), "preferences": ("preferences", "préférences"),
    "messages": ("messages", "messages"), "consents": ("consents", "consentements"), "stock": ("stock", "stock"),
    "catalogue": ("catalogue", "catalogue"), "products": ("catalogue", "catalogue"), "customers": ("customers", "clients"),
    "touches": ("touches", "messages envoyés"), "answers": ("answers", "réponses"), "conversations": ("conversations", "conversations"),
    "pauses": ("pauses", "pauses"),
}  # fmt: skip
SENTENCES: dict[str, tuple[str, str]] = {
    "zone_taken": ("Times are taken as those of {zone}.", "Les heures sont prises comme celles de {zone}."),
    "zones_own": ("Times name their own zone.", "Les heures nomment leur fuseau."),
    "zones_mixed": (
        "{own} of {total} times looked at name their own zone; the others are taken as those of {zone}.",
        "{own} heures sur {total} regardées nomment leur fuseau ; les autres sont prises comme celles de {zone}.",
    ),
    "zones_many": (
        "The column “{column}” names several time zones ({words}); times are taken as those of {zone}.",
        "La colonne « {column} » nomme plusieurs fuseaux ({words}) ; les heures sont prises comme celles de {zone}.",
    ),
    "no_hours": (
        "“{field}” has days but no hours: nothing is said about the hour; what was bought on a day counts as bought after what was sent on it.",
        "« {field} » a des jours mais pas d'heures : rien n'est dit de l'heure ; l'achat d'un jour compte comme fait après l'envoi du même jour.",
    ),
    "noon": ("“{field}” has days but no hours: it counts as noon.", "« {field} » a des jours mais pas d'heures : on compte midi."),
    "by_address": (
        "People are known by their e-mail address: whoever has it, else somebody new. An address that several people use is nobody's.",
        "Les gens sont connus par leur adresse e-mail : celle qui l'a, sinon quelqu'un de nouveau. Une adresse partagée n'est à personne.",
    ),
    "no_leave": ("An address alone is no leave to write.", "Une adresse seule n'est pas un accord pour écrire."),
    "taken_as_offers": (
        "No column says of what kind each message was: all count as offers.",
        "Aucune colonne ne dit la nature des messages : tous comptent comme des offres.",
    ),
    "day_first": ("Dates are read with the day first.", "Les dates sont lues jour d'abord."),
    "month_first": ("Dates are read with the month first.", "Les dates sont lues mois d'abord."),
    "unix": ("Times are seconds or milliseconds since 1970.", "Les heures sont des secondes ou millisecondes depuis 1970."),
    "comma": ("Numbers have a decimal comma.", "Les nombres ont une virgule décimale."),
    "currency": ("Sums are in {currency}.", "Les montants sont en {currency}."),
    "currencies": (
        "Sums are in several currencies ({words}); only those in {currency} are read.",
        "Les montants sont en plusieurs devises ({words}) ; seuls ceux en {currency} sont lus.",
    ),
    "continued": ("An order's empty cells are filled from its first row.", "Les cases vides d'une commande sont reprises de sa première ligne."),
    "items": ("Each line of an order is taken out of its cell.", "Chaque ligne d'une commande est tirée de sa case."),
    "split": ("“{field}” names several things in one cell; each counts.", "« {field} » nomme plusieurs choses dans une case ; chacune compte."),
    "channel_taken": ("No column tells the channel: all are taken as e-mail.", "Aucune colonne ne dit le canal : tout est pris comme e-mail."),
    "all_agreed": ("No column says yes or no: every row counts as a yes.", "Aucune colonne ne dit oui ou non : chaque ligne compte pour un oui."),
    "none_agreed": ("Every row counts as a no.", "Chaque ligne compte pour un non."),
    "passed_over": ("Rows passed over, because “{column}” says “{word}”: {count}.", "Lignes passées, car « {column} » dit « {word} » : {count}."),
    "left_out": ("Rows left out, because “{column}” says “{word}”: {count}.", "Lignes écartées, car « {column} » dit « {word} » : {count}."),
    "unknown_words": (
        "“{field}” has words that are not understood and count as nothing, such as {words}.",
        "« {field} » a des mots incompris, qui comptent pour rien, comme {words}.",
    ),
    "two_columns": ("Two columns are named “{column}”; neither is read.", "Deux colonnes se nomment « {column} » ; aucune n'est lue."),
    "guessed": ("It is a guess that “{column}” tells “{field}”.", "On suppose seulement que « {column} » dit « {field} »."),
    "order_made_up": (
        "No column numbers the orders: what one customer bought at one time is one order.",
        "Aucune colonne ne numérote les commandes : ce qu'un client achète à un moment est une commande.",
    ),
    "product_by_name": ("Products are known by their name alone.", "Les produits ne sont connus que par leur nom."),
    "nobody": (
        "{percent} % of the rows looked at name no customer; they are set aside.",
        "{percent} % des lignes regardées ne nomment aucun client ; elles sont écartées.",
    ),
    "no_sums": ("No column tells what was paid; nothing can be said in money.", "Aucune colonne ne dit le montant payé ; rien ne pourra être dit en argent."),
    "no_thing": (
        "No column tells what each message was about: only its frequency and its leave can be judged, not its relevance.",
        "Aucune colonne ne dit de quoi parlait chaque message : on peut juger sa fréquence et l'accord, non sa pertinence.",
    ),
    "no_answers": ("No column tells who answered.", "Aucune colonne ne dit qui a répondu."),
    "by_file_name": (
        "Mailchimp tells consent by the name of the file; this one says nothing, so all are taken as subscribed.",
        "Mailchimp dit le consentement par le nom du fichier ; celui-ci ne dit rien, donc tous sont pris comme abonnés.",
    ),
}


def said(remark: Remark, language: str) -> str:
    """The sentence of a remark, in `en` or `fr`."""
    which = int(language == "fr")
    told = dict(remark.told)
    for name, labels in (("field", LABELS), ("kind", KINDS)):
        if told.get(name) in labels:
            told[name] = labels[told[name]][which]
    return SENTENCES[remark.code][which].format(**told)
