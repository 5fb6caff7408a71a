"""The cast: people with fixed roles whom tests, docs and the demo speak of, each put on a real household whose year suits the role.

Mme Martin is a regular at the butcher's counter who hates liver. Karim bought his coffee in the shop the day before. Lucie withdrew every
consent. Paul complained and waits. Rosa and Theo live behind one address. Nora is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DEMO_DAY = date(2017, 11, 2)
"""The day on which the demo's clock stands; the roles hold on it."""


@dataclass(frozen=True)
class Role:
    """One of the cast: how she is called, and where her year allows the role."""

    household: str
    title: str
    given_name: str
    family_name: str
    birthday_mmdd: int = 0
    language: str = "en"


MARTIN = Role("2234", "Mme", "Odile", "Martin", 1104, "fr")
KARIM = Role("1483", "Mr", "Karim", "Belkacem", 412)
LUCIE = Role("2110", "Ms", "Lucie", "Fontaine", 630, "fr")
PAUL = Role("1057", "Mr", "Paul", "Whitcomb", 1123)
ROSA = Role("2479", "Ms", "Rosa", "Villanueva", 217)
THEO = Role("1955", "Mr", "Theo", "Villanueva", 809)
NORA = Role("1433", "Ms", "Nora", "Adebayo")

CAST: dict[str, Role] = {role.household: role for role in (MARTIN, KARIM, LUCIE, PAUL, ROSA, THEO, NORA)}
SHARED_ADDRESS = ("27 Wooden Spoon Lane", "00047", "Larkhaven")
"""Where Rosa and Theo live: two people, two baskets, one door."""

LIVER = ("PORK/OFFALS", "SMOKED MEATS/OFFALS", "SMOKED MEATS/SMOKED OFFAL", "LAMB/OFFALS")
"""The types in which this grocer sells liver."""
