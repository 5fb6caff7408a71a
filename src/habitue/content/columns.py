"""The columns over which an action may say whom it concerns: the only names that `whom` knows.

Units: whole numbers throughout; days, counts, cents, permille, thousandths. `low` and `high` bound what a column can hold: they let the
reader of a book say that an expression can never be true, or that it could leave the range of a 64-bit number.
"""

from __future__ import annotations

from dataclasses import dataclass

_DAYS = 100_000
_COUNT = 1_000_000
_CENTS = 100_000_000_000
_RATIO = 100_000_000
_AHEAD = 30  # days ahead that a birthday or an anniversary is seen


@dataclass(frozen=True)
class Column:
    """One column: what it says in both languages, the range of its values, and whether it speaks of a thing rather than of her."""

    en: str
    fr: str
    low: int
    high: int
    is_about_thing: bool = False
    is_about_cause: bool = False  # only filled where the action has a `because`


def _of_her(en: str, fr: str, high: int, low: int = 0) -> Column:
    return Column(en, fr, low, high)


def _of_thing(en: str, fr: str, high: int, low: int = 0) -> Column:
    return Column(en, fr, low, high, is_about_thing=True)


def _of_cause(en: str, fr: str, high: int, low: int = 0) -> Column:
    return Column(en, fr, low, high, is_about_thing=True, is_about_cause=True)


TOLD = frozenset({"weekday", "birthday_in_days", "months_as_customer", "anniversary_in_days", "words_7", "words_28"})
"""What nobody has to reckon from what she does: what she told us, the calendar, and what we said ourselves."""

COLUMNS: dict[str, Column] = {
    "days_since_first": _of_her("days since her first basket", "jours depuis son premier panier", _DAYS, -1),
    "days_since_last": _of_her("days since her last basket", "jours depuis son dernier panier", _DAYS, -1),
    "baskets_28": _of_her("baskets in the last 28 days", "paniers des 28 derniers jours", _COUNT),
    "baskets_91": _of_her("baskets in the last 91 days", "paniers des 91 derniers jours", _COUNT),
    "baskets_365": _of_her("baskets in the last 365 days", "paniers des 365 derniers jours", _COUNT),
    "gap_days": _of_her("her usual days between two baskets", "jours habituels entre deux de ses paniers", _DAYS),
    "late_permille": _of_her(
        "days since her last basket, in thousandths of her own usual gap", "jours depuis son dernier panier, en millièmes de son propre intervalle", _RATIO
    ),
    "spend_28_cents": _of_her("what she spent in the last 28 days, in cents", "ses dépenses des 28 derniers jours, en centimes", _CENTS, -_CENTS),
    "spend_365_cents": _of_her("what she spent in the last 365 days, in cents", "ses dépenses des 365 derniers jours, en centimes", _CENTS, -_CENTS),
    "is_regular": _of_her("1 where her baskets come at regular gaps, else 0", "1 si ses paniers viennent à intervalles réguliers, sinon 0", 1),
    "weekday": _of_her("the day in question, 1 for Monday to 7 for Sunday", "le jour en question, 1 pour lundi à 7 pour dimanche", 7, 1),
    "usual_weekday": _of_her(
        "her usual weekday, 1 to 7, or 0 where her own data proves none", "son jour habituel, 1 à 7, ou 0 si ses propres données n'en prouvent aucun", 7
    ),
    "birthday_in_days": _of_her(
        "days until her birthday, 0 to 30, or -1 where it is further or unknown",
        "jours avant son anniversaire, 0 à 30, ou -1 s'il est plus loin ou inconnu",
        _AHEAD,
        -1,
    ),
    "months_as_customer": _of_her("whole months since she became a customer", "mois entiers depuis qu'elle est cliente", 1_200),
    "anniversary_in_days": _of_her(
        "days until the anniversary of her first day with us, 0 to 30, or -1 where it is further",
        "jours avant l'anniversaire de son premier jour chez nous, 0 à 30, ou -1 s'il est plus loin",
        _AHEAD,
        -1,
    ),
    "words_7": _of_her("words of ours in the last 7 days, over all channels", "nos messages des 7 derniers jours, tous canaux confondus", _COUNT),
    "words_28": _of_her("words of ours in the last 28 days, over all channels", "nos messages des 28 derniers jours, tous canaux confondus", _COUNT),
    "unanswered_28": _of_her("words of the last 28 days that she left unanswered", "messages des 28 derniers jours restés sans réponse", _COUNT),
    "web_baskets_91": _of_her("baskets made on the site in the last 91 days", "paniers faits sur le site ces 91 derniers jours", _COUNT),
    "item_times": _of_thing("how often she bought the thing", "combien de fois elle a acheté la chose", _COUNT),
    "item_times_28": _of_thing("how often she bought it in the last 28 days", "combien de fois elle l'a achetée ces 28 derniers jours", _COUNT),
    "item_decayed": _of_thing(
        "how often she bought it, older times counting less, in thousandths",
        "combien de fois elle l'a achetée, l'ancien comptant moins, en millièmes",
        1_000_000_000,
    ),
    "item_days_since": _of_thing("days since she last bought it", "jours depuis qu'elle l'a achetée", _DAYS, -1),
    "item_gap_days": _of_thing("her usual days between two purchases of it", "jours habituels entre deux de ses achats de la chose", _DAYS),
    "item_due_permille": _of_thing(
        "days since she last bought it, in thousandths of her own gap: 1000 is due",
        "jours depuis son dernier achat, en millièmes de son intervalle : 1000, c'est l'heure",
        _RATIO,
    ),
    "item_chance_permille": _of_thing("the chance that she buys it now, in thousandths", "la chance qu'elle l'achète maintenant, en millièmes", 1_000),
    "item_price_cents": _of_thing("its last price, in cents", "son dernier prix, en centimes", 100_000_000),
    "item_is_regular": _of_thing("1 where she buys it at regular gaps, else 0", "1 si elle l'achète à intervalles réguliers, sinon 0", 1),
    "days_since_return": _of_thing("days since she last gave one of it back, 9999 where she did not", "jours depuis qu'elle en a rapporté, 9999 sinon", 9_999),
    "category_decayed": _of_thing(
        "how often she bought its category, older times counting less, in thousandths",
        "combien de fois elle a acheté sa catégorie, l'ancien comptant moins, en millièmes",
        1_000_000_000,
    ),
    "because_days_since": _of_cause("days since she bought the thing that it goes with", "jours depuis l'achat de la chose avec laquelle elle va", _DAYS, -1),
    "because_times": _of_cause("how often she bought the thing that it goes with", "combien de fois elle a acheté la chose avec laquelle elle va", _COUNT),
}
