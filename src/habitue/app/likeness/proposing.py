"""Looking through a whole house for customers who may be one, and laying them before a person. Nothing here joins anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from habitue.app.likeness.finding import alike
from habitue.app.likeness.model import Agreement, Somebody
from habitue.identity.proposals import propose
from habitue.identity.waiting import Proposal
from habitue.store import Settings, Truth, clock_of, sql_text

PEOPLE_A_READ = 20_000


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through the house gave: pairs that are likely one person, those that are one person or one home, and how many are new to whoever decides."""

    pairs: int
    homes: int
    new: int


def propose_alike(truth: Truth, settings: Settings) -> Looked:
    """Proposes every two profiles that are likely one person, or one home; those of one customer, or of whom a person has spoken, are left in peace.

    Raises: StoreError where memory runs out.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    found = alike(everybody_of(truth), settings.data, settings.memory_mb)
    now = clock_of(settings).instant()
    with truth.transaction():
        truth.next_seq(0)  # waits for whoever is writing, so that what somebody says meanwhile is heard
        proposals = [Proposal(pair.one, pair.other, pair.reason, pair.permille, told(pair.evidence), now) for pair in found]
        homes = sum(pair.reason == "home" for pair in found)
        return Looked(len(found) - homes, homes, propose(truth, proposals))


def everybody_of(truth: Truth) -> Iterator[Somebody]:
    """Every profile that told a name or an address, by its number; read in slices, so that a large house fits."""
    last = 0
    while rows := truth.run(sql_text("app", "people_to_compare"), (last, PEOPLE_A_READ)):
        for row in rows:
            yield Somebody(*row)
        last = rows[-1][0]


def told(evidence: Mapping[str, Agreement]) -> str:
    """The evidence as it is kept: `given_name:same family_name:near …`, without what is unknown; never a name or an address."""
    return " ".join(f"{field}:{agreement}" for field, agreement in evidence.items() if agreement != "unknown")
