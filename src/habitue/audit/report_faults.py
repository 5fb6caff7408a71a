"""Each wrong in the words of the report: its heading, how it is named in a sentence, how it is judged, and what a file must tell to look for it."""

from __future__ import annotations

from dataclasses import dataclass

Both = dict[str, str]


@dataclass(frozen=True)
class FaultWords:
    """The words for one wrong. `clause` follows “most often”; `rule` may hold the limits {week_cap}, {month_cap}, {from_hour} and {until_hour}."""

    title: Both
    clause: Both
    rule: Both
    need: Both


def _words(title: tuple[str, str], clause: tuple[str, str], rule: tuple[str, str], need: tuple[str, str]) -> FaultWords:
    return FaultWords(*({"en": english, "fr": french} for english, french in (title, clause, rule, need)))


FAULT_WORDS: dict[str, FaultWords] = {
    "already_bought": _words(
        ("Bought already", "Déjà acheté"),
        ("about something the customer had just bought", "sur une chose que la personne venait d’acheter"),
        (
            (
                "She had bought it, and less than half of the usual time to the next purchase had passed: her own rhythm, else that of all who buy it. "
                "When it is due again, naming it is no wrong."
            ),
            (
                "Elle l’avait acheté, et moins de la moitié du temps habituel jusqu’à l’achat suivant était passée : son rythme à elle, sinon celui de tous. "
                "Quand c’est de nouveau le moment, le nommer n’est pas un tort."
            ),
        ),
        ("things that the orders know by the same name", "des choses que les commandes nomment de même"),
    ),
    "not_due": _words(
        ("Not due yet", "Pas encore le moment"),
        ("about something the customer did not need yet", "sur une chose dont la personne n’avait pas encore besoin"),
        (
            "She buys it regularly, every three weeks or more seldom, and less than four fifths of her own time had passed.",
            "Elle l’achète régulièrement, toutes les trois semaines ou plus rarement, et moins des quatre cinquièmes de son temps étaient passés.",
        ),
        ("things that the orders know by the same name", "des choses que les commandes nomment de même"),
    ),
    "no_affinity": _words(
        ("Nothing she ever showed interest in", "Rien qui l’ait jamais intéressée"),
        ("about something the customer had never shown an interest in", "sur une chose qui n’avait jamais intéressé la personne"),
        (
            "She had bought on five days or more in thirteen weeks, and never anything of that category in two years.",
            "Elle avait acheté au moins cinq jours en treize semaines, et jamais rien de cette catégorie en deux ans.",
        ),
        ("things whose category the orders know, and customers who buy", "des choses dont les commandes connaissent la catégorie, et des clients qui achètent"),
    ),
    "disliked": _words(
        ("Something she does not like", "Une chose qu’elle n’aime pas"),
        ("about something the customer had said not to like", "sur une chose que la personne avait dit ne pas aimer"),
        ("She had said so before, of the thing or of its category.", "Elle l’avait dit avant, de la chose ou de sa catégorie."),
        ("a file of preferences", "un fichier de préférences"),
    ),
    "out_of_stock": _words(
        ("Out of stock", "En rupture"),
        ("about something that was out of stock", "sur une chose qui manquait"),
        ("By the last count before it there was none left.", "Au dernier comptage avant l’envoi, il n’en restait plus."),
        ("a file of stock counts", "un fichier de comptages du stock"),
    ),
    "pressed_too_often": _words(
        ("Too many messages", "Trop de messages"),
        ("one message too many", "un message de trop"),
        (
            "She had already had {week_cap} messages in seven days or {month_cap} in twenty-eight, over all channels together. Service messages do not count.",
            (
                "Elle avait déjà eu {week_cap} messages en sept jours ou {month_cap} en vingt-huit, tous "
                "canaux confondus. Les messages de service ne comptent pas."
            ),
        ),
        ("the day of each send", "le jour de chaque envoi"),
    ),
    "said_already": _words(
        ("The same thing said again", "La même chose redite"),
        ("about what had just been said already", "sur ce qui venait déjà d’être dit"),
        (
            "The same thing had been said to her within twenty-eight days, by whatever channel.",
            "La même chose lui avait été dite dans les vingt-huit jours, par quelque canal que ce soit.",
        ),
        ("what each send was about", "ce dont parlait chaque envoi"),
    ),
    "ignored_lately": _words(
        ("Went on though she did not answer", "On a insisté malgré son silence"),
        ("one more of a kind that had gone unanswered", "un de plus d’un genre resté sans réponse"),
        (
            "Three of its kind or more, a week old or more, had gone unanswered within thirteen weeks since her last answer to one.",
            "Au moins trois de ce genre, vieux d’au moins une semaine, étaient restés sans réponse en treize semaines depuis la dernière qu’elle ait donnée.",
        ),
        ("a column of answers", "une colonne des réponses"),
    ),
    "waiting_for_our_answer": _words(
        ("Sent while she waited for an answer", "Parti pendant qu’elle attendait une réponse"),
        ("sent while the customer waited for an answer", "parti pendant que la personne attendait une réponse"),
        ("She had asked something before, and nobody had answered yet.", "Elle avait posé une question avant, et personne n’avait encore répondu."),
        ("a file of customers’ messages", "les messages reçus des clients"),
    ),
    "complaint_open": _words(
        ("Sent while a complaint was open", "Parti pendant une réclamation"),
        ("sent while a complaint was open", "parti pendant qu’une réclamation était ouverte"),
        ("She had complained before, and it was not settled.", "Elle s’était plainte avant, et ce n’était pas réglé."),
        ("a file of customers’ messages", "les messages reçus des clients"),
    ),
    "no_consent": _words(
        ("After she had left, or without consent", "Après son départ, ou sans accord"),
        ("sent without consent", "parti sans accord"),
        (
            "Her last word on this purpose and channel was no; or others had said yes and she never had.",
            "Son dernier mot sur cet usage et ce canal était non ; ou d’autres avaient dit oui et elle jamais.",
        ),
        ("a file of consents", "un fichier de consentements"),
    ),
    "unreachable": _words(
        ("To an address that bounces", "À une adresse qui ne reçoit plus"),
        ("sent to an address that bounces", "parti à une adresse qui ne reçoit plus"),
        (
            "A message to this address had come back before, and she had not answered by it since.",
            "Un message à cette adresse était déjà revenu, sans réponse d’elle depuis.",
        ),
        ("a column of bounces", "une colonne des renvois"),
    ),
    "quiet_hours": _words(
        ("Outside decent hours", "À une heure indue"),
        ("sent outside decent hours", "parti à une heure indue"),
        (
            "An e-mail, a text message or a call from {from_hour} on or before {until_hour}, by the shop’s clock.",
            "Un e-mail, un SMS ou un appel à partir de {from_hour} ou avant {until_hour}, à l’heure de la boutique.",
        ),
        ("the hour of each send", "l’heure de chaque envoi"),
    ),
    "asked_more_than_given": _words(
        ("Asked again and again without giving", "Demandé sans cesse sans donner"),
        ("one more thing asked with nothing given", "une demande de plus sans rien donner"),
        (
            (
                "It asked her something (an offer, a question), and in thirteen weeks the times that she was asked were already three or more ahead of those "
                "that she was given something."
            ),
            (
                "On lui demandait quelque chose (une offre, une question), et en treize semaines les demandes avaient déjà au moins trois d’avance sur ce "
                "qu’on lui avait donné."
            ),
        ),
        ("a column of kinds: offer, advice, service", "une colonne des genres : offre, conseil, service"),
    ),
    "cannot_be_answered": _words(
        ("A sender that cannot be answered", "Un expéditeur qui ne lit pas"),
        ("from a sender that cannot be answered", "d’un expéditeur auquel on ne peut répondre"),
        (
            "Its sender says by its very name that answers are not read: no-reply.",
            "Son expéditeur dit par son nom même qu’on ne lit pas les réponses : no-reply.",
        ),
        ("the sender’s address", "l’adresse de l’expéditeur"),
    ),
    "first_name_alone": _words(
        ("Personal by first name alone", "Personnel par le seul prénom"),
        ("personal by the first name alone", "personnel par le seul prénom"),
        (
            "Her first name was in the text, and but for it everybody got the same.",
            "Son prénom était dans le texte, et à part lui tous ont reçu la même chose.",
        ),
        ("the text of the sends", "le texte des envois"),
    ),
}
