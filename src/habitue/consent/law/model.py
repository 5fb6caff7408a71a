"""The words of a request of the law: what is asked, by which door it came, what was done, and where it stands.

Source: Regulation (EU) 2016/679, articles 12 and 15 to 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

MAILED = "mail"
"""The source of a case that a mail opened by itself: its first step has the sender, the next the sentence that asks."""

State = Literal["open", "identified", "done", "refused", "withdrawn"]


class Asked(IntEnum):
    """What she asks; the number is that of the article."""

    ACCESS = 15
    RECTIFICATION = 16
    ERASURE = 17
    PORTABILITY = 20
    OBJECTION = 21


class Door(IntEnum):
    """By which way a request came."""

    COUNTER = 1
    MAIL = 2
    TELEPHONE = 3
    EMAIL = 4
    HER_PAGE = 5
    OPENDSR = 6


class Did(IntEnum):
    """What was done in a case. What ends it stands in `ENDS`; she is sought by what she told of herself, and found or not; erased, she has no more cases.

    Doubted is a sentence of a mail that may ask it, or something else; said, one that leaves no doubt behind it.
    """

    OPENED = 1
    IDENTIFIED = 2
    EXTENDED = 3
    NOTED = 4
    HANDED = 5
    DONE = 6
    REFUSED = 7
    WITHDRAWN = 8
    SOUGHT = 9
    FOUND = 10
    ERASED = 11
    DOUBTED = 12
    SAID = 13


class Known(IntEnum):
    """How it was made sure that it is she. Of a document, nothing is kept but that it was seen."""

    AT_THE_COUNTER = 1
    BY_HER_ADDRESS = 2
    BY_A_DOCUMENT = 3
    BY_HER_PAGE = 4
    BY_WHO_PASSED_IT_ON = 5


HANDED_OVER = (Asked.ACCESS, Asked.PORTABILITY)
"""What is answered with her data."""
WITHOUT_CHECK = (Asked.OBJECTION,)
"""What is done without asking who she is: a no that was not hers harms nobody, and hers may not wait."""
ENDS: dict[Did, State] = {Did.DONE: "done", Did.REFUSED: "refused", Did.WITHDRAWN: "withdrawn"}
HEARD = (Did.NOTED, Did.DOUBTED, Did.SAID)
"""As what a sentence of a mail is kept; nobody of the shop stands beside it."""
END_NUMBERS = int(min(ENDS)), int(max(ENDS))
"""The first and the last of them: what ends a case lies between, and nothing else does."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's log; none is ever changed. Units: `at` in UTC seconds; `until_day` is the last day to answer from then on, 0 where it stays."""

    number: int
    at: int
    did: Did
    who: str
    known: int
    words: str
    until_day: int


@dataclass(frozen=True, slots=True)
class Case:
    """A request of the law, with its log. Units: days are local day numbers; `profile_id` is 0 where it is nobody's whom we know (any more)."""

    number: int
    profile_id: int
    asked: Asked
    door: Door
    received_day: int
    source: str
    outside_id: str
    steps: tuple[Step, ...]

    @property
    def state(self) -> State:
        ends = [ENDS[step.did] for step in self.steps if step.did in ENDS]
        if ends:
            return ends[0]
        found = max((step.number for step in self.steps if step.did == Did.FOUND), default=0)
        return "identified" if any(step.did == Did.IDENTIFIED and step.number > found for step in self.steps) else "open"

    @property
    def is_over(self) -> bool:
        return self.state not in ("open", "identified")

    @property
    def began_in_doubt(self) -> bool:
        """Whether a mail opened it that may ask this, or something else."""
        return self.has(Did.DOUBTED)

    @property
    def is_doubtful(self) -> bool:
        """Whether it is still in doubt that she asks this: nothing that she wrote since says so plainly, and nobody has done it."""
        return self.began_in_doubt and not any(self.has(did) for did in (Did.SAID, Did.HANDED, Did.DONE))

    @property
    def due_day(self) -> int:
        """The last day on which it may be answered."""
        return max((step.until_day for step in self.steps), default=0)

    @property
    def needs_check(self) -> bool:
        """Whether nothing may be done before it is sure that it is she; where it is nobody's, there is nothing that a stranger could be given."""
        return self.asked not in WITHOUT_CHECK and self.state == "open" and bool(self.profile_id)

    @property
    def is_looked_for(self) -> bool:
        """Whether whoever says that we hold nothing of her has a ground: she was known once, was sought and not found, or another system named her."""
        return bool(self.profile_id) or self.door == Door.OPENDSR or any(self.has(did) for did in (Did.SOUGHT, Did.FOUND, Did.IDENTIFIED, Did.ERASED))

    def has(self, did: Did) -> bool:
        return any(step.did == did for step in self.steps)
