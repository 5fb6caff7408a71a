"""Every phrase of the report in English and French, as plain data: its frame and tables here, its opening and sections beside it."""

from __future__ import annotations

from habitue.audit.report_opening import OPENING
from habitue.audit.report_score_words import SCORE
from habitue.audit.report_sections import SECTIONS

Both = dict[str, str]
OneAndMany = dict[str, tuple[str, str]]

FRAME: dict[str, Both] = {
    "page_title": {"en": "What was sent, and what was wrong", "fr": "Ce qui a été envoyé, et ce qui l’a été à tort"},
    "eyebrow": {"en": "An audit of what was sent", "fr": "Un audit de ce qui a été envoyé"},
    "untitled": {"en": "Sends and orders", "fr": "Envois et commandes"},
    "nameless": {"en": "(no name)", "fr": "(sans nom)"},
    "skip": {"en": "To what was found", "fr": "Vers ce qui a été trouvé"},
    "contents": {"en": "In this report", "fr": "Dans ce rapport"},
    "when": {"en": "{span}. Days and hours are those of {zone}.", "fr": "{span}. Les jours et les heures sont ceux de {zone}."},
    "on_day": {"en": "On {day}", "fr": "Le {day}"},
    "from_to": {"en": "From {first} to {last}", "fr": "Du {first} au {last}"},
    "between": {"en": "between {low} and {high}", "fr": "entre {low} et {high}"},
    "five": {"en": "In five sentences", "fr": "En cinq phrases"},
    "a_send": {
        "en": "A send is one thing said to one person in one message: a message that names four products is four sends. "
        "“She” is any customer. Wherever an interval stands, the truth lies in it 95 times in 100.",
        "fr": "Un envoi est une chose dite à une personne dans un message : un message qui nomme quatre produits fait quatre envois. "
        "« Elle » est la personne, cliente ou client. Là où l’on donne un intervalle, la vérité s’y trouve 95 fois sur 100.",
    },
    "private": {
        "en": "This report names customers by the keys of your files. Keep it as carefully as those. It opens without a network and asks nothing of anybody.",
        "fr": "Ce rapport désigne les clients par les clés de vos fichiers. Gardez-le avec le même soin. Il s’ouvre sans réseau et n’interroge personne.",
    },
    "figures": {"en": "The same in figures", "fr": "La même chose en chiffres"},
    "relevant": {"en": "relevant", "fr": "à propos"},
    "wrong": {"en": "wrong", "fr": "à tort"},
    "unjudged": {"en": "cannot be judged", "fr": "impossible à juger"},
    "of_looked": {"en": "of\u00a0{n}", "fr": "sur\u00a0{n}"},
    "or_more": {"en": "{n} or more", "fr": "{n} ou plus"},
}

TABLES: dict[str, Both] = {
    "head_file": {"en": "File", "fr": "Fichier"},
    "head_kind": {"en": "Taken for", "fr": "Pris pour"},
    "head_layout": {"en": "Layout", "fr": "Format"},
    "head_rows": {"en": "Rows", "fr": "Lignes"},
    "head_set_aside": {"en": "Set aside", "fr": "Écartées"},
    "head_line": {"en": "Line", "fr": "Ligne"},
    "head_reason": {"en": "Why", "fr": "Pourquoi"},
    "head_wrong_kind": {"en": "The wrong", "fr": "Le tort"},
    "head_sends": {"en": "Sends", "fr": "Envois"},
    "head_messages": {"en": "Messages", "fr": "Messages"},
    "head_people": {"en": "People", "fr": "Personnes"},
    "head_share": {"en": "Share of those looked at", "fr": "Part des envois examinés"},
    "head_campaign": {"en": "Campaign", "fr": "Campagne"},
    "head_month": {"en": "Month", "fr": "Mois"},
    "head_week": {"en": "Week of", "fr": "Semaine du"},
    "head_days": {"en": "Days", "fr": "Jours"},
    "head_judged": {"en": "Judged", "fr": "Jugés"},
    "head_wrong": {"en": "Wrong", "fr": "À tort"},
    "head_wrong_share": {"en": "Wrong, of those judged", "fr": "À tort, parmi les jugés"},
    "head_wrong_of_all": {"en": "Wrong, of all", "fr": "À tort, sur tous"},
    "head_answered": {"en": "Answered", "fr": "Avec réponse"},
    "head_customer": {"en": "Customer", "fr": "Client"},
    "head_wrongs": {"en": "Above all, by messages", "fr": "Surtout, par messages"},
    "head_heard": {"en": "Heard in the four weeks before", "fr": "Entendus dans les quatre semaines d’avant"},
    "head_heard_mean": {"en": "Heard before, on average", "fr": "Entendus avant, en moyenne"},
    "head_over": {"en": "Over the limit", "fr": "Au-delà de la limite"},
    "head_baskets": {"en": "Baskets", "fr": "Paniers"},
    "head_first_wrong": {"en": "Wrong with it", "fr": "Ce qui n’allait pas"},
    "head_day": {"en": "Day", "fr": "Jour"},
    "head_thing": {"en": "Thing", "fr": "Chose"},
    "head_score": {"en": "Score", "fr": "Note"},
    "head_rate": {"en": "Share that was answered", "fr": "Part ayant eu une réponse"},
    "head_interval": {"en": "Interval", "fr": "Intervalle"},
    "head_which": {"en": "Which sends", "fr": "Quels envois"},
    "head_foreseen": {"en": "Foreseen", "fr": "Prévu"},
    "head_seen": {"en": "Came", "fr": "Venu"},
    "head_kept": {"en": "Sends kept, best first", "fr": "Envois gardés, les meilleurs d’abord"},
    "head_answers_kept": {"en": "Answers kept", "fr": "Réponses gardées"},
}

WORDS: dict[str, Both] = FRAME | TABLES | OPENING | SECTIONS | SCORE
"""Every phrase with its slots in braces."""

COUNTED: dict[str, OneAndMany] = {
    "sends": {"en": ("{n} send", "{n} sends"), "fr": ("{n} envoi", "{n} envois")},
    "messages": {"en": ("{n} message", "{n} messages"), "fr": ("{n} message", "{n} messages")},
    "things": {"en": ("{n} thing", "{n} things"), "fr": ("{n} chose", "{n} choses")},
    "answers": {"en": ("{n} answer", "{n} answers"), "fr": ("{n} réponse", "{n} réponses")},
    "rows": {"en": ("{n} row", "{n} rows"), "fr": ("{n} ligne", "{n} lignes")},
    "files": {"en": ("{n} file was read", "{n} files were read"), "fr": ("{n} fichier a été lu", "{n} fichiers ont été lus")},
    "rows_aside": {
        "en": ("{n} row was set aside, because it could not be read", "{n} rows were set aside, because they could not be read"),
        "fr": ("{n} ligne a été écartée, faute d’être lisible", "{n} lignes ont été écartées, faute d’être lisibles"),
    },
    "rows_same": {
        "en": ("{n} row said once more what another had said, and counts once.", "{n} rows said once more what others had said, and count once."),
        "fr": ("{n} ligne redisait ce qu’une autre avait dit, et compte une fois.", "{n} lignes redisaient ce que d’autres avaient dit, et comptent une fois."),
    },
    "people_got": {"en": ("{n} person got", "{n} people got"), "fr": ("{n} personne a reçu", "{n} personnes ont reçu")},
    "judged": {
        "en": ("{n} send that can be judged", "{n} sends that can be judged"),
        "fr": ("{n} envoi que l’on peut juger", "{n} envois que l’on peut juger"),
    },
    "people_hurt": {
        "en": ("{n} person was hurt most", "{n} people were hurt most"),
        "fr": ("{n} personne a été la plus malmenée", "{n} personnes ont été les plus malmenées"),
    },
    "people_hurt_full": {
        "en": ("At least {n} person was hurt most", "At least {n} people were hurt most"),
        "fr": ("Au moins {n} personne a été la plus malmenée", "Au moins {n} personnes ont été les plus malmenées"),
    },
    "wrong_messages": {
        "en": ("{n} message with something wrong in it", "{n} messages with something wrong in them"),
        "fr": ("{n} message envoyé à tort", "{n} messages envoyés à tort"),
    },
    "had_wrong": {"en": ("{n} had something wrong in it", "{n} had something wrong in them"), "fr": ("{n} était à tort", "{n} étaient à tort")},
    "worst": {"en": ("{n} of them got {most}", "{n} of them got {most}"), "fr": ("{n} d’entre elles en a reçu {most}", "{n} d’entre elles en ont reçu {most}")},
    "answers_none_lost": {
        "en": ("the only answer did not come to them", "none of the {n} answers came to them"),
        "fr": ("la seule réponse ne leur était pas faite", "aucune des {n} réponses ne leur était faite"),
    },
    "answers_some": {
        "en": (
            "{n} of {all} came to them and might not have come, {part} ({between})",
            "{n} of {all} came to them and might not have come, {part} ({between})",
        ),
        "fr": (
            "{n} sur {all} leur était faite et ne serait peut-être pas venue, soit {part} ({between})",
            "{n} sur {all} leur étaient faites et ne seraient peut-être pas venues, soit {part} ({between})",
        ),
    },
    "baskets": {"en": ("{n} basket", "{n} baskets"), "fr": ("{n} panier", "{n} paniers")},
    "lost": {"en": ("{n} of them", "{n} of them"), "fr": ("{n} d’entre elles", "{n} d’entre elles")},
    "answers_came": {
        "en": (
            "{n} answer came; {lost} to a message in which all was wrong, {part} ({between}).",
            "{n} answers came; {lost} to messages in which all was wrong, {part} ({between}).",
        ),
        "fr": (
            "{n} réponse est venue ; {lost} à un message où tout était à tort, {part} ({between}).",
            "{n} réponses sont venues ; {lost} à des messages où tout était à tort, {part} ({between}).",
        ),
    },
    "messages_over": {"en": ("{n} message", "{n} messages"), "fr": ("{n} message est allé", "{n} messages sont allés")},
    "unjudged_are": {
        "en": (
            "{n} send of {all}, {part}. It counts neither as wrong nor as relevant.",
            "{n} sends of {all}, {part}. They count neither as wrong nor as relevant.",
        ),
        "fr": ("{n} envoi sur {all}, {part}. Il ne compte ni à tort ni à propos.", "{n} envois sur {all}, {part}. Ils ne comptent ni à tort ni à propos."),
    },
    "more_rows": {"en": ("{n} more row", "{n} more rows"), "fr": ("{n} ligne de plus", "{n} lignes de plus")},
}
"""Phrases that hang on a number: for one, for many. In French nought is one of the first kind."""
