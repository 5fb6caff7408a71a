"""The phrases of judgement, in both languages: one place to read them all, and to put them better."""

from __future__ import annotations

from habitue.words.reasons import Reason

Both = dict[str, str]

TITLES: dict[Reason, Both] = {
    Reason.SAID: {"en": "Worth a word", "fr": "Vaut un mot"},
    Reason.PAUSED: {"en": "Asked for a pause", "fr": "A demandé une pause"},
    Reason.COMPLAINT_OPEN: {"en": "A complaint is open", "fr": "Une réclamation est ouverte"},
    Reason.WAITING_FOR_OUR_ANSWER: {"en": "Waits for our answer", "fr": "Attend notre réponse"},
    Reason.PRESSED_TOO_OFTEN: {"en": "Heard enough from us lately", "fr": "Nous a assez entendus ces temps-ci"},
    Reason.EXPIRED: {"en": "The action is over", "fr": "L’action est terminée"},
    Reason.OUT_OF_SEQUENCE: {"en": "Something else comes first", "fr": "Autre chose vient d’abord"},
    Reason.NO_CONSENT: {"en": "No consent", "fr": "Pas de consentement"},
    Reason.UNREACHABLE: {"en": "No way to reach her", "fr": "Aucun moyen de la joindre"},
    Reason.QUIET_HOURS: {"en": "Quiet hours", "fr": "Heures de silence"},
    Reason.SAID_ALREADY: {"en": "Said already", "fr": "Déjà dit"},
    Reason.IGNORED_LATELY: {"en": "Did not answer this kind of word", "fr": "N’a pas répondu à ce genre de mot"},
    Reason.ASKED_MORE_THAN_GIVEN: {"en": "Asked more than given", "fr": "Plus demandé que donné"},
    Reason.OVER_BUDGET: {"en": "Today’s budget went to others", "fr": "Le budget du jour est allé à d’autres"},
    Reason.CANNOT_BE_ANSWERED: {"en": "Nobody could answer it", "fr": "Personne ne pouvait y répondre"},
    Reason.FIRST_NAME_ALONE: {"en": "Her first name, and nothing else of hers", "fr": "Son prénom, et rien d’autre d’elle"},
    Reason.UNWELCOME_WAY: {"en": "Not by a way that she wants", "fr": "Pas par un moyen qu’elle accepte"},
    Reason.UNWELCOME_HOUR: {"en": "Not at an hour that she wants", "fr": "Pas à une heure qui lui convient"},
    Reason.LAPSED: {"en": "No sign from her in three years", "fr": "Aucun signe d’elle depuis trois ans"},
    Reason.NO_PROFILING: {"en": "She wants nothing reckoned about her", "fr": "Elle ne veut pas qu’on déduise"},
    Reason.DISLIKED: {"en": "She does not like it", "fr": "Elle n’aime pas cela"},
    Reason.OUT_OF_STOCK: {"en": "Out of stock", "fr": "En rupture"},
    Reason.ALREADY_BOUGHT: {"en": "Bought it already", "fr": "L’a déjà acheté"},
    Reason.NOT_DUE: {"en": "Not due yet", "fr": "Pas encore le moment"},
    Reason.NO_AFFINITY: {"en": "Nothing to do with her", "fr": "Rien à voir avec elle"},
    Reason.NOT_WORTH_HER_ATTENTION: {"en": "Nothing worth her attention", "fr": "Rien qui vaille son attention"},
    Reason.ANOTHER_IS_WORTH_MORE: {"en": "Another word is worth more", "fr": "Un autre mot vaut mieux"},
    Reason.HELD_OUT: {"en": "Control group, offers only", "fr": "Groupe témoin, offres seulement"},
    Reason.NOT_CONCERNED: {"en": "Does not concern her", "fr": "Ne la concerne pas"},
    Reason.FORGOTTEN: {"en": "Forgotten at her wish", "fr": "Oublié à sa demande"},
}

VEILED: Both = {"en": "What was known of her here is shown no more.", "fr": "Ce qu’on savait d’elle ici n’est plus montré."}
"""In the place of what she had forgotten, or of her health without her leave."""
SENTENCES: dict[Reason, Both] = {
    Reason.SAID: {"en": "It may be said.", "fr": "Cela peut se dire."},
    Reason.PAUSED: {"en": "She asked us to be quiet until {until}.", "fr": "Elle nous a demandé de nous taire jusqu’au {until}."},
    Reason.COMPLAINT_OPEN: {
        "en": "She complained ({waiting_ago}), and it is not settled; nothing else is said before that.",
        "fr": "Elle s’est plainte ({waiting_ago}) et ce n’est pas réglé ; rien d’autre ne se dit avant.",
    },
    Reason.WAITING_FOR_OUR_ANSWER: {
        "en": "She asked us something ({waiting_ago}) and waits; we answer before we speak.",
        "fr": "Elle nous a posé une question ({waiting_ago}) et attend ; on répond avant de parler.",
    },
    Reason.PRESSED_TOO_OFTEN: {
        "en": "Words of ours she has heard: {words_7} in a week, {words_28} in four; that is enough.",
        "fr": "Elle nous a entendus {words_7} fois en une semaine, {words_28} fois en quatre ; cela suffit.",
    },
    Reason.EXPIRED: {"en": "Its time is over.", "fr": "Son temps est passé."},
    Reason.OUT_OF_SEQUENCE: {"en": "Another word must come first, and it has not yet.", "fr": "Un autre mot doit venir d’abord, et il n’est pas encore venu."},
    Reason.NO_CONSENT: {"en": "She has not allowed us to say this by any way we have.", "fr": "Elle ne nous a permis de le dire par aucun de nos moyens."},
    Reason.UNREACHABLE: {
        "en": "She would allow it, but we have no address that fits.",
        "fr": "Elle le permettrait, mais nous n’avons pas d’adresse qui convienne.",
    },
    Reason.QUIET_HOURS: {"en": "At {hour} we let people be.", "fr": "À {hour}, on laisse les gens tranquilles."},
    Reason.SAID_ALREADY: {"en": "We said it {said_ago}; twice would be a nuisance.", "fr": "Nous l’avons dit {said_ago} ; deux fois, ce serait lassant."},
    Reason.IGNORED_LATELY: {
        "en": "She let the last {ignored} words of this kind pass without an answer.",
        "fr": "Elle a laissé passer les {ignored} derniers mots de ce genre sans répondre.",
    },
    Reason.ASKED_MORE_THAN_GIVEN: {
        "en": "What we asked of her in three months: {asked}; what we gave: {given}. First we give.",
        "fr": "En trois mois, nous avons demandé {asked} fois et donné {given} fois ; d’abord on donne.",
    },
    Reason.OVER_BUDGET: {
        "en": "There were only so many of these for today, and they went where they are worth more.",
        "fr": "Il n’y en avait qu’un certain nombre pour aujourd’hui, et ils sont allés là où ils valent plus.",
    },
    Reason.CANNOT_BE_ANSWERED: {
        "en": "Its sender says that answers are not read; a word that cannot be answered is not said.",
        "fr": "Son expéditeur dit lui-même qu’on ne lit pas les réponses ; un mot sans réponse possible ne se dit pas.",
    },
    Reason.FIRST_NAME_ALONE: {
        "en": "It calls her by her first name, and the rest is the same for everybody.",
        "fr": "Il l’appelle par son prénom, et le reste est le même pour tout le monde.",
    },
    Reason.UNWELCOME_WAY: {
        "en": "She asked us not to come to her by this way, and there is no other that she allows.",
        "fr": "Elle nous a demandé de ne pas passer par ce moyen, et elle n’en permet pas d’autre.",
    },
    Reason.UNWELCOME_HOUR: {
        "en": "She asked us not to disturb her at {hour}.",
        "fr": "Elle nous a demandé de ne pas la déranger à {hour}.",
    },
    Reason.LAPSED: {
        "en": "She has not bought, answered or come in three years; after that we do not write of our own accord.",
        "fr": "Elle n’a rien acheté, ni répondu, ni montré de signe depuis trois ans ; après cela, on n’écrit plus de soi-même.",
    },
    Reason.NO_PROFILING: {
        "en": "It would rest on what we reckon from her purchases, and she asked us not to.",
        "fr": "Cela reposerait sur ce qu’on déduit de ses achats, et elle nous a demandé de ne pas le faire.",
    },
    Reason.DISLIKED: {
        "en": "She told us that she does not like it ({thing}, {disliked_ago}).",
        "fr": "Elle nous a dit qu’elle n’aime pas cela ({thing}, {disliked_ago}).",
    },
    Reason.OUT_OF_STOCK: {"en": "There is none left: {thing}.", "fr": "Il n’y en a plus : {thing}."},
    Reason.ALREADY_BOUGHT: {
        "en": "She bought it {bought_ago} ({thing}), and usually takes it {every}.",
        "fr": "Elle l’a acheté {bought_ago} ({thing}) et en prend d’habitude {every}.",
    },
    Reason.NOT_DUE: {
        "en": "She takes it like clockwork {every} ({thing}), and it has been {since}.",
        "fr": "Elle en prend, réglée comme une horloge, {every} ({thing}) ; cela fait {since}.",
    },
    Reason.NO_AFFINITY: {
        "en": "She has never bought anything of the sort.",
        "fr": "Elle n’a jamais rien acheté de ce genre.",
    },
    Reason.NOT_WORTH_HER_ATTENTION: {
        "en": "It would be of use to her one time in {use_in}, and that is not worth her attention this week.",
        "fr": "Cela lui servirait une fois sur {use_in}, et cela ne vaut pas son attention cette semaine.",
    },
    Reason.ANOTHER_IS_WORTH_MORE: {
        "en": "It may be said, but another word is worth more to her today.",
        "fr": "Cela peut se dire, mais un autre mot vaut mieux aujourd’hui.",
    },
    Reason.HELD_OUT: {
        "en": "She is in this half-year’s control group for offers: we keep silent to learn what offers change.",
        "fr": "Elle est ce semestre dans le groupe témoin des offres : on se tait pour apprendre ce que les offres changent.",
    },
    Reason.NOT_CONCERNED: {"en": "It is meant for others, or for another day.", "fr": "C’est fait pour d’autres, ou pour un autre jour."},
    Reason.FORGOTTEN: VEILED,
}

NOTED: Both = {
    "en": "We noted that she does not like it ({thing}, {disliked_ago}).",
    "fr": "Nous avons noté qu’elle n’aime pas cela ({thing}, {disliked_ago}).",
}
INFERRED: Both = {
    "en": "It seems that she does not like it ({thing}); she has not said so.",
    "fr": "Il semble qu’elle n’aime pas cela ({thing}) ; elle ne l’a pas dit.",
}
GIVEN: Both = {
    "en": "She bought it {gift_ago} for somebody else ({thing}).",
    "fr": "Elle l’a acheté {gift_ago} pour quelqu’un d’autre ({thing}).",
}
ASKED_ALREADY: Both = {
    "en": "We asked her {said_ago}, after she gave it back ({thing}); once is enough.",
    "fr": "Nous le lui avons demandé {said_ago}, après qu’elle l’a rapporté ({thing}) ; une fois suffit.",
}

WHY: dict[str, Both] = {
    "habit_due": {
        "en": "She takes it about {every}, and it has been {since}.",
        "fr": "Elle en prend {every} environ ; cela fait {since}.",
    },
    "habit": {
        "en": "She takes it about {every}; the last time was {bought_ago}.",
        "fr": "Elle en prend {every} environ ; la dernière fois, c’était {bought_ago}.",
    },
    "bought": {"en": "She bought it {bought_ago}.", "fr": "Elle en a acheté {bought_ago}."},
    "because": {"en": "She bought {because} {because_ago}, and this goes with it.", "fr": "Elle a acheté ceci {because_ago} : {because} ; et cela va avec."},
    "near": {"en": "She loves what stands next to it, and has never tried this.", "fr": "Elle aime ce qui est juste à côté, et n’a jamais essayé ceci."},
    "returned": {"en": "She gave one back {returned_ago}.", "fr": "Elle en a rapporté {returned_ago}."},
    "birthday": {"en": "It is her birthday {birthday_in}.", "fr": "C’est son anniversaire {birthday_in}."},
    "anniversary": {"en": "She has been coming for about {months} months.", "fr": "Elle vient depuis {months} mois environ."},
    "late": {
        "en": "She usually comes {visit_every}; it has been {since_visit}.",
        "fr": "Elle vient d’habitude {visit_every} ; cela fait {since_visit}.",
    },
    "newcomer": {"en": "She first came {first_ago}.", "fr": "Elle est venue pour la première fois {first_ago}."},
    "regular": {"en": "She came with {baskets} baskets in three months.", "fr": "Elle est venue avec {baskets} paniers en trois mois."},
    "gesture": {"en": "It is about her, not about anything to sell.", "fr": "Il s’agit d’elle, et de rien à vendre."},
    "service": {"en": "She would want to know.", "fr": "Elle voudrait le savoir."},
}

PLURAL: dict[str, tuple[str, str, list[str]]] = {
    "en": ("one day", "{number} days", ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]),
    "fr": ("un jour", "{number} jours", ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]),
}
