"""Made people for likeness: households of a made country, some of whom come twice, with the slips that a till, a form and a telephone make.

Nobody is meant: family names, streets and towns are made of syllables. The same size and seed give the same people, and say who is who.
The slips are ours; what likeness knows of slips comes from elsewhere (`app/likeness/levels.py`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from habitue.app.likeness import Somebody
from habitue.app.likeness.spelling import words

One = TypeVar("One")
Kind = Literal["alone", "couple behind one e-mail", "father and son", "twins", "namesakes in two towns", "mover"]
HOUSEHOLDS: tuple[tuple[Kind, int], ...] = (
    ("alone", 560),
    ("couple behind one e-mail", 200),
    ("father and son", 120),
    ("twins", 40),
    ("namesakes in two towns", 40),
    ("mover", 40),
)
"""Of a thousand households, how many are of each kind. A mover is one person at two addresses; the others' members are different people."""
TWICE_PERMILLE = 100
ALIKE_NAMES = (
    *(
        ("Marine", "Marion"),
        ("Lucas", "Luca"),
        ("Louis", "Louise"),
        ("Paul", "Paule"),
        ("Jean", "Jeanne"),
        ("Emma", "Emmy"),
        ("Lea", "Leo"),
        ("Julien", "Julie"),
    ),
    *(
        ("Martin", "Martine"),
        ("Gabriel", "Gabrielle"),
        ("Clara", "Claire"),
        ("Manon", "Marion"),
        ("Hugo", "Ugo"),
        ("Pierre", "Pierrick"),
        ("Noe", "Noa"),
        ("Selya", "Selyo"),
    ),
)
"""What parents call twins."""
_STARTS = (
    "Bar",
    "Cor",
    "Del",
    "Fau",
    "Gar",
    "Her",
    "Jou",
    "Ker",
    "Lam",
    "Mor",
    "Pel",
    "Roc",
    "San",
    "Ter",
    "Val",
    "Vil",
    "Bou",
    "Cha",
    "Gri",
    "Mar",
    "Tre",
    "Lau",
)
_MIDDLES = ("", "a", "be", "di", "fo", "gui", "la", "mo", "ni", "ro", "se", "ti", "van", "quin", "dou", "che")
_ENDS = (
    "net",
    "lier",
    "dot",
    "gnon",
    "ssac",
    "ville",
    "rand",
    "mont",
    "chet",
    "zel",
    "quet",
    "tier",
    "bert",
    "lec",
    "ric",
    "val",
    "not",
    "main",
    "dou",
    "sson",
)
_WAYS = ("rue", "avenue", "boulevard", "chemin", "place", "impasse", "allée", "route")
_SHORT = {"rue": "r.", "avenue": "av.", "boulevard": "bd", "chemin": "ch.", "place": "pl.", "impasse": "imp.", "allée": "all.", "route": "rte"}
_BESIDE = ("Bât A", "Bât B", "Bât C", "Appt 12", "Appt 3", "Résidence du Parc", "Escalier B", "2e étage")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Made:
    """Somebody made: her record, which person she is and in which of her homes, which household, and what kind of household that is."""

    somebody: Somebody
    person: int
    home: int
    household: int
    kind: Kind


def made_people(customers: int, seed: int = 1, households: Sequence[tuple[Kind, int]] = HOUSEHOLDS) -> Iterator[Made]:
    """So many customers, those who come twice counted twice; numbers run from 1."""
    draw = random.Random(seed)
    country = _Country(draw, customers)
    kinds, shares = [kind for kind, _ in households], [share for _, share in households]
    number = person = household = 0
    while number < customers:
        household += 1
        kind = draw.choices(kinds, shares)[0]
        for home, (who, somebody) in enumerate(country.household(kind)):
            records = [somebody, country.again(somebody)] if draw.randrange(1000) < TWICE_PERMILLE else [somebody]
            for record in records:
                number += 1
                yield Made(replace(record, number=number), person + who, home, household, kind)
        person += 2


class _Country:
    """Towns with streets, and names of which some are common: what it draws from grows with the number of customers."""

    def __init__(self, draw: random.Random, customers: int) -> None:
        self.draw = draw
        self.given = sorted(name.capitalize() for name in words()["given_names"] if len(name) > 2)
        self.given += self._names(len(self.given) // 5)  # names that no list knows
        draw.shuffle(self.given)
        self.families = self._names(max(200, min(40_000, customers // 8)))
        self.towns = [(f"{draw.randrange(1, 96):02d}{draw.randrange(0, 1000):03d}", name) for name in self._names(max(20, min(5_000, customers // 100)))]
        self.streets = self._names(max(100, min(20_000, customers // 20)))

    def _names(self, how_many: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < how_many:
            parts = [self.draw.choice(_STARTS), *(self.draw.choice(_MIDDLES) for _ in range(2)), self.draw.choice(_ENDS)]
            found["".join(parts)] = None
        return list(found)

    def _common(self, names: Sequence[One]) -> One:
        """One of these, the first ones far more often: by a power of where it stands."""
        return names[int(len(names) * self.draw.random() ** 2.2)]

    def household(self, kind: Kind) -> list[tuple[int, Somebody]]:
        """Who lives there, each with the number of the person."""
        first = self._somebody()
        if kind == "couple behind one e-mail":
            email = f"{first.family_name.lower()}.{self.draw.randrange(10**6)}@example.com"
            family = first.family_name if self.draw.random() < 0.8 else self._common(self.families)
            return [(0, replace(first, email=email)), (1, replace(first, given_name=self._other(first.given_name), family_name=family, email=email))]
        if kind == "father and son":
            same_letter = [name for name in self.given if name[0] == first.given_name[0] and name != first.given_name]
            return [(0, first), (1, replace(first, given_name=self.draw.choice(same_letter or self.given), phone=""))]
        if kind == "twins":
            one, other = self.draw.choice(ALIKE_NAMES)
            return [(0, replace(first, given_name=one)), (1, replace(first, given_name=other))]
        if kind in ("mover", "namesakes in two towns"):
            moved = self._somebody()
            again = replace(first, street=moved.street, postcode=moved.postcode, city=moved.city, phone="", email="")
            return [(0, first), (0 if kind == "mover" else 1, again)]
        return [(0, first)]

    def _other(self, given: str) -> str:
        while (name := self._common(self.given)) == given:
            pass
        return name

    def _somebody(self) -> Somebody:
        draw = self.draw
        given = self._common(self.given) if draw.random() < 0.93 else f"{self._common(self.given)}-{self._common(self.given)}"
        postcode, city = self._common(self.towns)
        way = f"{draw.choice(_WAYS)} {draw.choice(('', 'de la ', 'du ', 'des '))}{self._common(self.streets)}"
        beside = f", {draw.choice(_BESIDE)}" if draw.random() < 0.2 else ""
        return Somebody(0, "", given, self._common(self.families), f"{int(draw.random() ** 2 * 120) + 1} {way}{beside}", postcode, city)

    def again(self, her: Somebody) -> Somebody:
        """The same person as another source wrote her down: one to three slips."""
        slips = (self._slip_of_given, self._slip_of_family, self._slip_of_street, self._slip_of_street, self._slip_of_town, self._exchange)
        for slip in self.draw.sample(slips, self.draw.randrange(1, 4)):
            her = slip(her)
        return her

    def _slip_of_given(self, her: Somebody) -> Somebody:
        return replace(her, given_name=self.draw.choice((self._typed, str.upper, lambda name: name.replace("-", " ")))(her.given_name))

    def _slip_of_family(self, her: Somebody) -> Somebody:
        return replace(her, family_name=self.draw.choice((self._typed, str.upper, lambda name: f"de {name}"))(her.family_name))

    def _slip_of_street(self, her: Somebody) -> Somebody:
        def shorter(street: str) -> str:
            return " ".join(_SHORT.get(word, word) for word in street.split())

        def without_beside(street: str) -> str:
            return street.partition(",")[0]

        def without_number(street: str) -> str:
            return street.partition(" ")[2]

        return replace(her, street=self.draw.choice((self._typed, shorter, shorter, str.upper, without_beside, without_number))(her.street))

    def _slip_of_town(self, her: Somebody) -> Somebody:
        slips = (
            replace(her, city=self._typed(her.city)),
            replace(her, postcode=self._typed(her.postcode)),
            replace(her, city=her.city.upper()),
            replace(her, postcode=""),
        )
        return self.draw.choice(slips)

    def _exchange(self, her: Somebody) -> Somebody:
        return replace(her, given_name=her.family_name, family_name=her.given_name) if self.draw.random() < 0.3 else her

    def _typed(self, word: str) -> str:
        """A letter too many, too few, wrong, or two of them the wrong way round."""
        if len(word) < 3:
            return word
        at, letter = self.draw.randrange(1, len(word) - 1), self.draw.choice(_LETTERS)
        return self.draw.choice(
            (
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
