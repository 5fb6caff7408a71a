"""What she says in an answer, as proposals: what it means, of what, whose it is, in which words, and whether it binds before a person has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from habitue.words.vocabulary import Strength


class What(Enum):
    """What a sentence of hers means for us."""

    LIKE = "like"
    REFUSAL = "refusal"
    ALLERGY = "allergy"
    BIRTHDAY = "birthday"
    ABSENCE = "absence"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    QUESTION = "question"


class Doubt(Enum):
    """Why a proposal waits until a person has confirmed it; `NONE` where it binds at once, `ALWAYS` where its kind always waits."""

    NONE = ""
    ALWAYS = "always"
    MAY_MEAN_MORE = "may_mean_more"
    FOR_NOW = "for_now"
    NARROWER = "narrower"
    ASKED = "asked"
    UNKNOWN_THING = "unknown_thing"
    ANOTHERS = "anothers"
    TASTED = "tasted"


@dataclass(frozen=True)
class Proposal:
    """One thing that she said; never more than a proposal, in her own words.

    **Shape**: `about` is the name as she wrote it and `thing` its key in the catalogue, each empty where there is none; `feeling` is −1, 0 or 1;
    `reason` names the rule that read it; `is_hers` is false where it is somebody else's taste, allergy or birthday; what `is_about_health` may not be kept
    without her leave, its quote neither. `quote` is her sentence, or only its part about the thing where the rest of the sentence touches health.
    **Units**: `birthday` is (month, day); `until_on` the last day of an absence, `from_on` its first where she said one.
    """

    what: What
    quote: str
    reason: str
    about: str = ""
    thing: str = ""
    feeling: int = 0
    strength: Strength = Strength.PLAIN
    doubt: Doubt = Doubt.ALWAYS
    is_hers: bool = True
    is_about_health: bool = False
    birthday: tuple[int, int] = (0, 0)
    from_on: date | None = None
    until_on: date | None = None

    @property
    def binds(self) -> bool:
        """Whether judgement heeds it before anybody has confirmed it: a plain refusal of hers that tells nothing of health, or a complaint."""
        return self.doubt == Doubt.NONE and (self.what == What.COMPLAINT or not self.is_about_health)
