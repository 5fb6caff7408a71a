"""The phrases of the report's five opening sentences, in English and French; which of them is said, `report_sentences` decides."""

from __future__ import annotations

Both = dict[str, str]

OPENING: dict[str, Both] = {
    "label_sent": {"en": "Sent", "fr": "Envoyé"},
    "label_wrong": {"en": "Wrong", "fr": "À tort"},
    "label_hurt": {"en": "Hurt", "fr": "Malmenés"},
    "label_silence": {"en": "Silence", "fr": "Le silence"},
    "label_proof": {"en": "Not proven", "fr": "Sans preuve"},
    # how much was sent, to whom and when
    "sent_none": {
        "en": "There is not one send in these files that could be read, so there is nothing to judge.",
        "fr": "Il n’y a dans ces fichiers aucun envoi lisible : il n’y a donc rien à juger.",
    },
    "sent_plain": {
        "en": "{span}, {people} {messages}, each about one thing at most: these are the sends that are judged here.",
        "fr": "{span}, {people} {messages}, chacun sur une seule chose au plus : ce sont les envois que l’on juge ici.",
    },
    "sent_one": {
        "en": "{span}, {people} {messages}: the one send that is judged here.",
        "fr": "{span}, {people} {messages} : le seul envoi que l’on juge ici.",
    },
    "sent_several": {
        "en": "{span}, {people} {messages}, which named {things} in all: each of these is a send, and is judged by itself.",
        "fr": "{span}, {people} {messages}, où l’on nommait {things} en tout : chacune est un envoi, jugé pour lui-même.",
    },
    # how much of what can be judged was wrong
    "wrong_unjudged": {
        "en": "Not one of them can be judged, so nothing is said for or against them; mostly for this: {why}",
        "fr": "Aucun ne peut être jugé : il n’en est rien dit, ni en bien ni en mal ; le plus souvent pour ceci : {why}",
    },
    "wrong_none": {"en": "Nothing wrong was found in {judged}.", "fr": "Rien à redire n’a été trouvé dans {judged}."},
    "wrong_some": {
        "en": "Of {judged}, {part} had something wrong: {wrong}, most often {clause} ({most}).",
        "fr": "Sur {judged}, {part} n’étaient pas à propos : {wrong}, le plus souvent {clause} ({most}).",
    },
    "wrong_only": {
        "en": "In these files only wrongs show: {wrong} had one, most often {clause} ({most}); whether the other {others} were relevant nobody can say.",
        "fr": "Dans ces fichiers, seuls les torts se voient : {wrong} en avaient, le plus souvent {clause} ({most}) ; si les {others} autres étaient à propos, "
        "nul ne peut le dire.",
    },
    "wrong_all_one": {
        "en": "The only send that can be judged was wrong: it was {clause}.",
        "fr": "Le seul envoi que l’on puisse juger était à tort : {clause}.",
    },
    # who was hurt most
    "hurt_none": {"en": "Nobody was hurt, as far as these files tell.", "fr": "Personne n’a été malmené, pour autant que ces fichiers le disent."},
    "hurt_one": {"en": "One person was hurt: of {all}, {wrong}.", "fr": "Une personne a été malmenée : sur {all}, {wrong}."},
    "hurt_same": {"en": "{people}, each by {wrong}.", "fr": "{people}, chacune par {wrong}."},
    "hurt_range": {"en": "{people}, each by at least {least}; {worst}.", "fr": "{people}, chacune par au moins {least} ; {worst}."},
    # what silence would have saved, and which answers might not have come
    "silence_needless": {"en": "Silence would have saved nothing here.", "fr": "Se taire n’aurait ici rien épargné."},
    "silence_is": {
        "en": "Had the messages in which all was wrong been left unsent, {cost}; {answers}.",
        "fr": "Sans les messages où tout était à tort, {cost} ; {answers}.",
    },
    "cost_told": {"en": "{saved} would have been saved", "fr": "on aurait épargné {saved}"},
    "cost_usual": {
        "en": "about {saved} would have been saved, at the usual price of a message",
        "fr": "on aurait épargné environ {saved}, au prix habituel d’un message",
    },
    "cost_unknown": {"en": "nobody can say what would have been saved, for no cost is told", "fr": "nul ne sait ce qu’on aurait épargné, faute de coûts"},
    "cost_nothing": {
        "en": "no message would have been spared, for in none was everything wrong",
        "fr": "aucun message n’aurait été épargné, car dans aucun tout n’était à tort",
    },
    "answers_unknown": {
        "en": "nobody can say which answers might not have come, for the files hold none",
        "fr": "nul ne sait quelles réponses ne seraient pas venues, faute de réponses dans les fichiers",
    },
    "answers_none": {"en": "no answer would have been lost, for none came", "fr": "aucune réponse n’aurait été perdue, car il n’en est venu aucune"},
    # what this cannot prove
    "proof": {
        "en": "This cannot prove what a message changed: whoever answered might have bought anyway, and only a control group, left in peace, can tell.",
        "fr": "Ceci ne prouve pas ce qu’un message a changé : qui a répondu aurait pu acheter sans lui ; seul un groupe témoin, laissé en paix, peut le dire.",
    },
}
