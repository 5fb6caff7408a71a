"""The phrases of the report's sections, in English and French."""

from __future__ import annotations

Both = dict[str, str]

SECTIONS: dict[str, Both] = {
    # what was understood
    "understood_title": {"en": "What was understood", "fr": "Ce qui a été compris"},
    "files_none": {"en": "The report was made without a list of the files that were read.", "fr": "Le rapport a été fait sans la liste des fichiers lus."},
    "files_are": {"en": "{files}, {rows} in all.", "fr": "{files}, {rows} en tout."},
    "files_aside": {"en": "{aside}.", "fr": "{aside}."},
    "files_whole": {"en": "Every row could be read.", "fr": "Toutes les lignes ont pu être lues."},
    "bought": {
        "en": "Of the {customers} people written to, {bought} had bought before the last of their sends; the orders of the others are not in the files.",
        "fr": "Des {customers} personnes à qui l’on a écrit, {bought} avaient acheté avant leur dernier envoi "
        "; les commandes des autres ne sont pas dans les fichiers.",
    },
    "notes": {"en": "Noticed while reading", "fr": "Remarqué en lisant"},
    "aside_title": {"en": "The rows that were set aside", "fr": "Les lignes écartées"},
    "aside_first": {"en": "The first of each file, with their lines", "fr": "Les premières de chaque fichier, avec leur numéro"},
    "kind_sends": {"en": "sends", "fr": "envois"},
    "kind_orders": {"en": "orders", "fr": "commandes"},
    "kind_preferences": {"en": "preferences", "fr": "préférences"},
    "kind_messages": {"en": "customers’ messages", "fr": "messages des clients"},
    "kind_consents": {"en": "consents", "fr": "consentements"},
    "kind_catalogue": {"en": "catalogue", "fr": "catalogue"},
    "kind_stock": {"en": "stock counts", "fr": "comptages du stock"},
    "layout_none": {"en": "read by its headings", "fr": "lu par ses titres"},
    "aside_all": {"en": "All of them are in {file}.", "fr": "Toutes sont dans {file}."},
    # what was wrong
    "wrongs_title": {"en": "What was wrong", "fr": "Ce qui n’allait pas"},
    "whole_alt": {
        "en": "Of all sends {wrong} wrong, {relevant} relevant, {unjudged} cannot be judged.",
        "fr": "De tous les envois, {wrong} à tort, {relevant} à propos, {unjudged} impossibles à juger.",
    },
    "wrongs_intro": {
        "en": "One send may have several wrongs, so the parts do not add up. Each share is of the sends in which that wrong could be looked for. "
        "The names lead to the rows.",
        "fr": "Un envoi peut avoir plusieurs torts : les parts ne s’additionnent donc pas. Chacune est celle des envois où l’on pouvait chercher ce tort. "
        "Les noms mènent aux lignes.",
    },
    "wrongs_none": {"en": "Of what could be looked for, nothing was found.", "fr": "De ce que l’on pouvait chercher, rien n’a été trouvé."},
    "not_found": {"en": "Looked for, and not found", "fr": "Cherché, et pas trouvé"},
    "looked_in": {"en": "in {sends}", "fr": "dans {sends}"},
    "not_told": {"en": "What the files do not tell", "fr": "Ce que les fichiers ne disent pas"},
    "not_told_intro": {
        "en": "These could not be looked for. That is not to say that they were not there.",
        "fr": "On ne pouvait pas les chercher. Ce n’est pas dire qu’il n’y en avait pas.",
    },
    "needs": {"en": "it takes {need}", "fr": "il y faut {need}"},
    # by campaign and month
    "campaigns_title": {"en": "By campaign", "fr": "Par campagne"},
    "campaigns_intro": {
        "en": "How much of each was relevant. The names lead to the rows.",
        "fr": "Ce qui, dans chacune, était à propos. Les noms mènent aux lignes.",
    },
    "campaigns_rest": {"en": "The {n} largest are drawn; all stand in the table.", "fr": "Les {n} plus grandes sont dessinées ; toutes sont dans le tableau."},
    "group_alt": {
        "en": "{name}: {wrong} wrong, {relevant} relevant, {unjudged} cannot be judged.",
        "fr": "{name} : {wrong} à tort, {relevant} à propos, {unjudged} impossibles à juger.",
    },
    "in_file": {"en": "All rows are in {file}, by its column {column}.", "fr": "Toutes les lignes sont dans {file}, par sa colonne {column}."},
    "relevant_head": {"en": "Relevant, of those judged", "fr": "À propos, parmi les jugés"},
    "only_wrong": {"en": "only wrongs show", "fr": "que des torts"},
    "of_judged": {"en": "of\u00a0{n}", "fr": "sur\u00a0{n}"},
    "months_title": {"en": "By month", "fr": "Par mois"},
    "months_alt": {
        "en": "Sends by month, from {first} to {last}. The most were {most} in {busiest}; the largest part wrong of those judged was {part} in {worst}.",
        "fr": "Les envois par mois, entre {first} et {last}. Au plus {most} en {busiest} ; la plus grande part à tort, parmi les jugés, {part} en {worst}.",
    },
    "months_read": {"en": "Each column is a month, as tall as its sends.", "fr": "Chaque colonne est un mois, haute comme ses envois."},
    # who was hurt
    "hurt_title": {"en": "Who was hurt most", "fr": "Qui a été le plus malmené"},
    "hurt_intro": {
        "en": "Counted in messages: something in each of these was wrong for her.",
        "fr": "Compté en messages : dans chacun, quelque chose n’était pas à propos pour elle.",
    },
    "hurt_nobody": {"en": "Nobody: no message with something wrong in it was found.", "fr": "Personne : aucun message à tort n’a été trouvé."},
    "year_title": {"en": "The year of customer {customer}, who was hurt most", "fr": "L’année du client {customer}, le plus malmené"},
    "year_figures": {"en": "her year", "fr": "son année"},
    "year_alt": {
        "en": "{baskets} baskets and {messages} messages in the year, {wrong} of them with something wrong.",
        "fr": "{baskets} paniers et {messages} messages dans l’année, dont {wrong} à tort.",
    },
    "year_read": {
        "en": "Above the line, days on which she bought; below it, what was said to her. Full was wrong, hollow was not.",
        "fr": "Au-dessus du trait, les jours où elle a acheté ; au-dessous, ce qu’on lui a dit. Plein : à tort, creux : non.",
    },
    # pressure
    "pressure_title": {"en": "How hard people were pressed", "fr": "Combien on a insisté"},
    "pressure_never": {
        "en": "Nobody was written to more often than the limit allows: {week_cap} messages in seven days, {month_cap} in twenty-eight.",
        "fr": "Personne n’a reçu plus que la limite : {week_cap} messages en sept jours, {month_cap} en vingt-huit.",
    },
    "pressure_over": {
        "en": "{over} went to people who had already had {week_cap} messages in seven days or {month_cap} in twenty-eight.",
        "fr": "{over} à des personnes qui avaient déjà eu {week_cap} messages en sept jours ou {month_cap} en vingt-huit.",
    },
    "weeks_alt": {
        "en": "Messages by week, from {first} to {last}: at most {most}, in the week of {busiest}.",
        "fr": "Les messages par semaine, de {first} à {last} : au plus {most}, dans la semaine du {busiest}.",
    },
    "weeks_read": {"en": "Messages in each week.", "fr": "Les messages de chaque semaine."},
    "weeks_read_over": {
        "en": "Messages in each week; red and at the foot, those over the limit.",
        "fr": "Les messages de chaque semaine ; en rouge et au pied, ceux au-delà de la limite.",
    },
    "heard_alt": {
        "en": "What people had heard in the four weeks before, on average by week: at most {most}; the limit is {limit}.",
        "fr": "Ce que l’on avait entendu dans les quatre semaines d’avant, en moyenne par semaine : au plus {most} ; la limite est de {limit}.",
    },
    "heard_read": {
        "en": "How many messages those written to had already had in the four weeks before, on average. The broken line is the limit.",
        "fr": "Combien de messages les personnes avaient déjà eus dans les quatre semaines d’avant, en moyenne. Le trait interrompu est la limite.",
    },
    "limit": {"en": "limit: {n}", "fr": "limite : {n}"},
    "pressure_table": {"en": "Sends by what she had heard before", "fr": "Les envois selon ce qu’elle avait déjà entendu"},
    # the silence
    "silence_title": {"en": "What silence would have done", "fr": "Ce que le silence aurait fait"},
    "spent_told": {
        "en": "All messages together cost {spent}, by the costs in the file.",
        "fr": "Tous les messages ont coûté {spent}, d’après les coûts du fichier.",
    },
    "spent_usual": {
        "en": "No cost is told; at the usual price of a message on its channel, all together cost about {spent}.",
        "fr": "Aucun coût n’est dit ; au prix habituel d’un message par son canal, tous ont coûté environ {spent}.",
    },
    "spent_unknown": {"en": "No cost is told, so nothing is said about money.", "fr": "Aucun coût n’est dit : il n’est donc rien dit de l’argent."},
    "saved": {
        "en": "Of this, {saved} went on messages in which everything was wrong. A message is paid for once, however many things it names.",
        "fr": "De cela, {saved} sont allés à des messages où tout était à tort. Un message se paie une fois, quoi qu’il nomme.",
    },
    "rates_same": {
        "en": "The wrong ones were answered about as often as the others: these files show no difference that chance could not make.",
        "fr": "Ceux à tort ont eu des réponses à peu près aussi souvent que les autres : ces fichiers ne montrent aucun écart que le hasard ne puisse faire.",
    },
    "rates_less": {"en": "The wrong ones were answered less often than the others.", "fr": "Ceux à tort ont eu des réponses moins souvent que les autres."},
    "rates_more": {"en": "The wrong ones were answered more often than the others.", "fr": "Ceux à tort ont eu des réponses plus souvent que les autres."},
    "rate_wrong": {"en": "Wrong", "fr": "À tort"},
    "rate_fine": {"en": "All others", "fr": "Tous les autres"},
    "no_answers": {"en": "The files do not tell which sends were answered.", "fr": "Les fichiers ne disent pas quels envois ont eu une réponse."},
    "answers_zero": {"en": "Not one send was answered.", "fr": "Aucun envoi n’a eu de réponse."},
    "proof_title": {"en": "What this cannot prove", "fr": "Ce que ceci ne prouve pas"},
    "proof_answer": {
        "en": "An answer, or a coupon that was used, is not a gain. She may have come anyway, and whoever buys a thing often uses a coupon for it often.",
        "fr": "Une réponse, ou un bon utilisé, n’est pas un gain. Elle serait peut-être venue de toute façon, et "
        "qui achète souvent une chose utilise souvent un bon pour elle.",
    },
    "proof_harm": {
        "en": "Nor is silence proven to be free of loss, nor a wrong message to do harm: who left, or read nothing more, is not in these files.",
        "fr": "Il n’est pas prouvé non plus que le silence ne perd rien, ni qu’un message à tort nuit : qui "
        "est parti, ou ne lit plus, n’est pas dans ces fichiers.",
    },
    "proof_control": {
        "en": "What a message changes is told only by a control group: some of those who would be written to, chosen by chance and left in peace.",
        "fr": "Ce qu’un message change, seul un groupe témoin le dit : une part de ceux à qui l’on écrirait, tirée au sort et laissée en paix.",
    },
    # what cannot be judged
    "unjudged_title": {"en": "What cannot be judged", "fr": "Ce qui ne peut être jugé"},
    "unjudged_none": {"en": "Every send could be judged.", "fr": "Tous les envois ont pu être jugés."},
    # how each wrong is judged
    "rules_title": {"en": "How each wrong is judged", "fr": "Comment chaque tort est jugé"},
    "rules_intro": {
        "en": "Every send is judged as of the moment when it left, by nothing that came later, and by the "
        "same guards by which Habitué decides what may be sent.",
        "fr": "Chaque envoi est jugé au moment de son départ, sans rien savoir de la suite, par les mêmes "
        "gardes qui chez Habitué décident de ce qui peut partir.",
    },
    # the rows
    "rows_title": {"en": "The rows", "fr": "Les lignes"},
    "rows_intro": {
        "en": "A line is a line of the file of sends. Here stand the first of each; {file} holds every one.",
        "fr": "Une ligne est une ligne du fichier des envois. Les premières sont ici ; {file} les contient toutes.",
    },
    "rows_by_wrong": {"en": "By wrong", "fr": "Par tort"},
    "rows_by_campaign": {"en": "By campaign", "fr": "Par campagne"},
    "rows_all": {"en": "All {n} stand here; in {file}: column {column}.", "fr": "Toutes les {n} sont ici ; dans {file} : colonne {column}."},
    "rows_first": {
        "en": "The first {shown} of {n}; all are in {file}, column {column}.",
        "fr": "Les {shown} premières sur {n} ; toutes sont dans {file}, colonne {column}.",
    },
    "rows_one": {"en": "The only one; in {file}: column {column}.", "fr": "La seule ; dans {file} : colonne {column}."},
}
