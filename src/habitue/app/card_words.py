"""What the card says, in English and French: headings, proofs and the few sentences around the facts."""

from __future__ import annotations

from typing import Any

from habitue.decide.pronouns import Voice
from habitue.decide.sentences import MONTHS, ago_text, days_text, every_text
from habitue.words.clock import date_of
from habitue.words.vocabulary import Told

Both = tuple[str, str]
"""A text in English and in French."""
PLAIN: dict[str, Both] = {
    "comes": ("Comes", "Vient"),
    "loves": ("Loves", "Aime"),
    "avoids": ("Avoids", "Évite"),
    "due": ("Due", "Bientôt à court"),
    "last_said": ("Last said", "Dernier mot"),
    "year": ("Her year with us", "Son année chez nous"),
    "never_yet": ("Has not come yet", "N’est pas encore venue"),
    "not_known": ("Not known yet", "On ne sait pas encore"),
    "lives_with": ("Lives with", "Vit avec"),
    "by_address": ("She had given her e-mail address before she had a number.", "Elle avait donné son adresse e-mail avant d’avoir un numéro."),
    "came_once": ("Came once", "Est venue une fois"),
    "too_early": ("Too early to say", "Trop tôt pour le dire"),
    "said_so": ("said so herself", "elle l’a dit elle-même"),
    "noted": ("a seller noted it", "un vendeur l’a noté"),
    "it_seems": ("so it seems, but she has not said so", "semble-t-il, mais elle ne l’a pas dit"),
    "nothing_said": ("she has told us of nothing", "elle ne nous a rien dit"),
    "nothing_known": ("Nothing that we know of", "Rien que nous sachions"),
    "nothing_due": ("Nothing just now", "Rien pour l’instant"),
    "nothing_yet": ("Nothing yet", "Rien encore"),
    "not_reckoned": ("Not reckoned", "On ne le déduit pas"),
    "she_asked": ("she asked us not to", "elle nous l’a demandé"),
    "a_word": ("A word of ours", "Un mot de nous"),
    "she_answered": ("she answered", "elle a répondu"),
    "no_answer": ("no answer", "sans réponse"),
    "shares_email": ("Others have her e-mail address too", "D’autres ont aussi son adresse e-mail"),
    "shares_phone": ("Others have her telephone number too", "D’autres ont aussi son numéro de téléphone"),
    "shares_card": ("Others use her loyalty card too", "D’autres se servent aussi de sa carte de fidélité"),
}
WEEKDAYS = {
    "en": ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
    "fr": ("Le lundi", "Le mardi", "Le mercredi", "Le jeudi", "Le vendredi", "Le samedi", "Le dimanche"),
}


class Words:
    """The card's words in one language, and about one person: `voice` turns a sentence before anything is put into it."""

    def __init__(self, language: str, voice: Voice = str) -> None:
        self.voice = voice
        self.language = language
        self.is_french = language == "fr"
        self.colon = " : " if self.is_french else ": "
        self.semicolon = " ; " if self.is_french else "; "

    def __getitem__(self, key: str) -> str:
        return self.voice(PLAIN[key][self.is_french])

    def listed(self, things: list[str]) -> str:
        text = ", ".join(dict.fromkeys(thing for thing in things if thing))
        return text[:1].upper() + text[1:]

    def date(self, day: int) -> str:
        on = date_of(day)
        return f"{self.day_of_year(on.month, on.day)} {on.year}"

    def day_of_year(self, month: int, day: int) -> str:
        """A birthday: “21 May”; in French the first of a month is “1er”."""
        return f"{day}{'er' if self.is_french and day == 1 else ''} {MONTHS[self.language][month - 1]}"

    def too(self, key: str) -> str:
        """Another number of hers; a visitor’s is none that anybody knows."""
        if key.startswith("visitor-"):
            return self["by_address"]
        return self.voice("Elle est aussi la cliente {key}." if self.is_french else "She is customer {key} too.").format(key=key)

    def since(self, day: int, baskets: int) -> str:
        on = date_of(day)
        month = f"{MONTHS[self.language][on.month - 1]} {on.year}"
        if self.is_french:
            return f"chez nous depuis {month}, {baskets} panier{'s' if baskets > 1 else ''} en un an"
        return f"with us since {month}, {baskets} basket{'' if baskets == 1 else 's'} in a year"

    def greet(self, title: str, given: str, family: str) -> str:
        if not family:
            return "Bonjour" if self.is_french else "Good morning"
        civil = {"mme": ("Mrs", "madame"), "ms": ("Ms", "madame"), "m": ("Mr", "monsieur"), "mr": ("Mr", "monsieur")}.get(
            title.lower().rstrip("."), (given, given)
        )[self.is_french]
        return f"Bonjour {civil} {family}" if self.is_french else f"Good morning, {civil} {family}"

    def weekdays(self, weekday: int) -> str:
        return WEEKDAYS[self.language][weekday - 1]

    def every(self, days: int) -> str:
        if days <= 1:
            return "Presque tous les jours" if self.is_french else "Almost every day"
        text = days_text(days, self.language)
        return f"Tous les {text} environ" if self.is_french else f"Every {text} or so"

    def last_came(self, days: int, is_late: bool) -> str:
        ago = ago_text(0, days, self.language)
        if self.is_french:
            return f"dernière visite {ago}" + (", bien plus tard que d’habitude" if is_late else "")
        return f"last came {ago}" + (", much later than usual" if is_late else "")

    def bought_times(self, times: list[int]) -> str:
        counts = ", ".join(str(n) for n in times)
        many = "s" if max(times, default=0) > 1 else ""
        return f"acheté sur {counts} jour{many}" if self.is_french else f"bought on {counts} day{many}"

    def told(self, told: int, day: int = 0) -> str:
        """Who told it, and when; without a day, who alone."""
        if told == Told.INFERRED or not day:
            return self[{Told.SHE_SAID: "said_so", Told.SELLER_NOTED: "noted", Told.INFERRED: "it_seems"}[Told(told)]]
        if told == Told.SELLER_NOTED:
            return f"{self['noted']} {self._on(day)}"
        return f"{self.voice('elle l’a dit')} {self._on(day)}" if self.is_french else f"said so {self._on(day)}"

    def _on(self, day: int) -> str:
        return f"le {self.date(day)}" if self.is_french else f"on {self.date(day)}"

    def due(self, thing: str, gap: int, since: int) -> str:
        every, now = every_text(gap, self.language), days_text(since, self.language)
        return f"{thing} : {every}, et cela fait {now}" if self.is_french else f"{thing}: {every}, and it has been {now}"

    def never(self, thing: str, told: int, day: int) -> str:
        if self.is_french:
            who = self.voice("Un vendeur l’a noté" if told == Told.SELLER_NOTED else "Elle nous l’a dit")
            return f"Pas de ceci : {thing}. {who} {self._on(day)}."
        return f"No {thing}: {self.voice('a seller noted it' if told == Told.SELLER_NOTED else 'she told us')} {self._on(day)}."

    def set_aside(self, thing: str) -> str:
        return self.voice("À mettre de côté pour elle : {thing}." if self.is_french else "To set aside for her: {thing}.").format(thing=thing)

    def year(self, her: dict[str, Any]) -> str:
        baskets, lately = her["baskets_365"], her["baskets_91"]
        if baskets < 2:
            return self["too_early"]
        usual = baskets * 91 // max(min(her["days_since_first"], 365), 91)
        steady = lately * 4 >= usual * 3 and lately * 3 <= usual * 4
        if self.is_french:
            return self.voice("Régulière") if steady else "Vient plus souvent ces derniers temps" if lately > usual else "Vient moins ces derniers temps"
        return "Steady" if steady else "Comes more often of late" if lately > usual else "Comes less of late"

    def new(self, things: list[str]) -> str:
        return (("nouveau : " if self.is_french else "new: ") + ", ".join(things)) if things else ""

    def lapsed(self, things: list[str]) -> str:
        return (("n’en prend plus : " if self.is_french else "no longer: ") + ", ".join(things)) if things else ""

    def mostly(self, names: list[str]) -> str:
        if not names:
            return ""
        return ("surtout " if self.is_french else "mostly ") + ", ".join(names)
