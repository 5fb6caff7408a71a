"""The phrases of the report about the relevance score, in English and French."""

from __future__ import annotations

Both = dict[str, str]

SCORE: dict[str, Both] = {
    "score_title": {"en": "The relevance score", "fr": "La note d’à-propos"},
    "score_none": {"en": "These sends were given no score.", "fr": "Ces envois n’ont pas reçu de note."},
    "score_is": {
        "en": "Each send has a score from 0 to 1: how likely an answer was, by what she, and those who buy as she does, had bought and answered before. "
        "Age, income and household play no part.",
        "fr": "Chaque envoi a une note de 0 à 1 : la chance d’une réponse, d’après ce qu’elle, et celles qui achètent comme elle, avaient acheté et répondu. "
        "L’âge, les revenus et le foyer n’y jouent aucun rôle.",
    },
    "score_usual": {
        "en": "The {learned} up to {day} are too few to learn from, so the score is the usual one, learnt elsewhere: a rough order more than a chance.",
        "fr": "{learned} jusqu’au {day}, c’est trop peu pour apprendre : la note est celle d’usage, apprise "
        "ailleurs. C’est un ordre approximatif plus qu’une chance.",
    },
    "score_learned": {
        "en": "It was learnt from the {learned} up to {day}, then tried on {tested} that came later and that it had not seen; they had {answers}.",
        "fr": "Elle a été apprise sur les {learned} venues jusqu’au {day}, puis essayée sur {tested} venus "
        "après, qu’elle n’avait pas vus, et qui ont eu {answers}.",
    },
    "score_tried": {"en": "It was tried on {tested}, which had {answers}.", "fr": "Elle a été essayée sur {tested}, qui ont eu {answers}."},
    "score_auc": {
        "en": "Of one send that was answered and one that was not, it puts the answered one first {hits} times in 100 (between {low} and {high}); "
        "chance alone would do so 50 times. Statisticians call this an AUC of {auc} ({auc_low} to {auc_high}).",
        "fr": "D’un envoi avec réponse et d’un sans, elle met le premier devant {hits} fois sur 100 (entre {low} et {high}) ; "
        "le hasard seul le ferait 50 fois. Les statisticiens parlent d’une AUC de {auc} ({auc_low} à {auc_high}).",
    },
    "score_quarter": {
        "en": "Had only the best quarter been sent, {kept} of the answers would still have had a send to answer ({between}).",
        "fr": "Si l’on n’avait envoyé que le meilleur quart, {kept} des réponses auraient encore eu un envoi auquel répondre ({between}).",
    },
    "score_untried": {
        "en": "It could not be tried on later sends, so nobody can say how well it foretells here.",
        "fr": "Elle n’a pu être essayée sur des envois plus tardifs : nul ne sait ce qu’elle vaut ici.",
    },
    "score_span": {"en": "{low} to {high}", "fr": "{low} à {high}"},
    "bands_title": {"en": "Does it keep its word?", "fr": "Tient-elle parole ?"},
    "least_likely": {"en": "least likely", "fr": "les moins probables"},
    "most_likely": {"en": "most likely", "fr": "les plus probables"},
    "bands_alt": {
        "en": "Share of answers by score, foreseen and come, in {n} bands from the lowest score to the highest.",
        "fr": "Part de réponses selon la note, prévue et venue, en {n} tranches de la plus basse à la plus haute.",
    },
    "bands_read": {
        "en": "Later sends by their score, from the least likely to the most. The dot is the share that was answered, the stroke what the score had foreseen; "
        "each line is ten times the one below. The highest stand together where they are few.",
        "fr": "Les envois plus tardifs selon leur note, des moins probables aux plus probables. Le point est la part ayant eu une réponse, le trait ce que la "
        "note prévoyait ; chaque ligne vaut dix fois celle d’en dessous. Les plus hauts sont réunis s’ils sont peu nombreux.",
    },
    "curve_title": {"en": "The silence curve", "fr": "La courbe du silence"},
    "curve_alt": {
        "en": "Answers kept when only the best sends are kept: {points}.",
        "fr": "Les réponses gardées quand on ne garde que les meilleurs envois : {points}.",
    },
    "curve_point": {"en": "{percent} of sends keep {kept}", "fr": "{percent} des envois gardent {kept}"},
    "curve_read": {
        "en": "From the left, the share of sends kept, best first; upwards, the answers that they had. "
        "Upright strokes are intervals; the broken line is chance.",
        "fr": "Vers la droite, la part d’envois gardés, les meilleurs d’abord ; vers le haut, leurs réponses. Les "
        "traits droits sont des intervalles ; le trait interrompu, le hasard.",
    },
    "points_title": {"en": "What moves the score", "fr": "Ce qui fait bouger la note"},
    "points_read": {
        "en": "How much each counts: above nought it makes an answer more likely, below nought less likely.",
        "fr": "Combien chacun compte : au-dessus de zéro, une réponse devient plus probable ; au-dessous, moins.",
    },
    "point_own": {"en": "How large a part of her visits the thing has", "fr": "La part de la chose dans ses visites"},
    "point_near": {"en": "How much like-minded customers buy of it", "fr": "Ce qu’en achètent celles qui achètent comme elle"},
    "point_answers": {"en": "What she answered before, against anyone", "fr": "Ce à quoi elle a répondu, comparée à tous"},
    "point_awake": {"en": "Whether she comes as often as she used to", "fr": "Vient-elle aussi souvent qu’avant"},
    "point_lately": {"en": "Whether she has just been there", "fr": "Vient-elle de passer"},
    "point_like": {"en": "How everybody answers such things", "fr": "Comment tous répondent à de telles choses"},
    "point_no_thing": {"en": "That the file does not say what it was about", "fr": "Que le fichier ne dise pas de quoi il s’agit"},
}
