"""What is said of two customers who may be one, in English and French."""

from __future__ import annotations

HEADINGS: dict[str, tuple[str, str]] = {
    "name": ("Name", "Nom"),
    "email": ("E-mail", "Courriel"),
    "phone": ("Telephone", "Téléphone"),
    "address": ("Address", "Adresse"),
    "card": ("Loyalty card", "Carte de fidélité"),
    "birthday": ("Birthday", "Anniversaire"),
    "since": ("Customer since", "Connue depuis"),
    "orders": ("Bought", "Achats"),
    "customer": ("Customer number", "Numéro de cliente"),
}
REASONS: dict[str, tuple[str, str]] = {
    "email": ("they gave the same e-mail address", "elles ont donné la même adresse e-mail"),
    "phone": ("they gave the same telephone number", "elles ont donné le même numéro de téléphone"),
    "card": ("they used the same loyalty card", "elles se sont servies de la même carte de fidélité"),
    "device": ("they used the same device", "elles se sont servies du même appareil"),
    "likeness": ("name and address are alike", "nom et adresse se ressemblent"),
    "home": ("they are one person, or live together", "c’est une seule personne, ou deux qui vivent ensemble"),
}
AS_TWO = (
    (
        "If they are one person: what each bought, said and forbade is read together, and nothing is thrown away.",
        "Si c’est une seule personne : ce que chacune a acheté, dit et interdit est lu ensemble, et rien n’est jeté.",
    ),
    ("Where either has said no, no it stays, until she says yes again.", "Là où l’une a dit non, c’est non, jusqu’à ce qu’elle redise oui."),
    ("It can be taken back at any time.", "Cela peut être défait à tout moment."),
)
AS_HOUSEHOLD = (
    (
        "Nothing proposes to join them any more. If they are one person after all, say first that they do not live together.",
        "Rien ne propose plus de les réunir. Si c’est quand même une seule personne, dites d’abord qu’elles ne vivent pas ensemble.",
    ),
)
AS_ONE = (
    (
        "They are taken for one customer. Taken apart, each is again what she was, with what has come for her since.",
        "Elles sont tenues pour une seule cliente. Séparées, chacune redevient ce qu’elle était, avec ce qui est venu pour elle depuis.",
    ),
)


class PairWords:
    """The words in one language."""

    never_judged = ("since", "orders", "customer")

    def __init__(self, language: str) -> None:
        self.language = language
        self._place = int(language == "fr")
        self.headings = {name: both[self._place] for name, both in HEADINGS.items()}
        self.same = ("the same", "identique")[self._place]
        self.differs = ("differs", "diffère")[self._place]

    def orders(self, count: int, last: str) -> str:
        """How often she bought, and when last."""
        if self._place:
            return f"{count} fois, la dernière le {last}"
        return f"{count} times, last on {last}" if count > 1 else f"once, on {last}"

    def reason(self, reason: str, chance_permille: int) -> str:
        """Why somebody should look."""
        text = REASONS[reason][self._place]
        if not chance_permille:
            return text
        per_cent = f"{chance_permille / 10:.1f}"
        return f"{text} ({per_cent.replace('.', ',')} %)" if self._place else f"{text} ({per_cent} %)"

    def consequences(self, is_one: bool, is_household: bool) -> tuple[str, ...]:
        """What follows from either answer."""
        return tuple(both[self._place] for both in (AS_ONE if is_one else AS_HOUSEHOLD if is_household else AS_TWO))
