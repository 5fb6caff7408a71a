"""The words of likeness: what it reads of a person, and the two who may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Agreement = Literal["same", "near", "other", "unknown"]
"""How two people's words of one kind stand to each other; `unknown` where one of them has none."""
Reason = Literal["likeness", "home"]
"""Why somebody should look at two: they are likely one person; or likely one person or two who live together, and nothing they told says which."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person as likeness reads her: a number by which she is known, and what she told; empty where unknown.

    Units: `birthday_mmdd` is month × 100 + day, 0 where unknown.
    """

    number: int
    title: str = ""
    given_name: str = ""
    family_name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    birthday_mmdd: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """Two people who are likely one, or one home, and what speaks for and against it, field by field. `one` is the smaller number.

    Units: `permille` is the chance of what the reason says.
    """

    one: int
    other: int
    reason: Reason
    permille: int
    evidence: Mapping[str, Agreement]
