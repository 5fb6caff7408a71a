"""Our sentences are written about a woman, as a shopkeeper speaks of his regulars; of a man they say he.

Only sentences of ours pass through here, before what a brand or a customer wrote is put into them: that stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Voice = Callable[[str], str]
"""How a sentence of ours is said about somebody: `str`, as it stands, about a woman."""

ENGLISH = (
    (r"\bherself\b", "himself"),
    (r"\bher (?=attention|own|last|birthday|baskets|year|page|first|health|loyalty|numbers|orders|data|purchases|e-mail|telephone)", "his "),
    (r"\bHer\b", "His"),
    (r"\bhers\b", "his"),
    (r"\bher\b", "him"),
    (r"\bshe\b", "he"),
    (r"\bShe\b", "He"),
)
FRENCH = (
    (r"réglée comme", "réglé comme"),
    (r"\bRégulière\b", "Régulier"),
    (r"\beffacée\b", "effacé"),
    (r"s’est plainte", "s’est plaint"),
    (r"s’est désinscrite", "s’est désinscrit"),
    (r"s’est exprimée", "s’est exprimé"),
    (r"\bvenue\b", "venu"),
    (r"\bou est passée\b", "ou est passé"),
    (r"\bla cliente\b", "le client"),
    (r"\belle-même\b", "lui-même"),
    (r"d’elle\b", "de lui"),
    (r"la concerne", "le concerne"),
    (r"(?<=[Qq]u’)elle\b", "il"),
    (r"\bpour elle\b", "pour lui"),
    (r"\bavec elle\b", "avec lui"),
    (r"\bElle\b", "Il"),
    (r"\belle\b", "il"),
)


def as_he(sentence: str, language: str) -> str:
    """The same sentence about a man: “She takes it every nine days” becomes “He takes it every nine days”."""
    for pattern, word in FRENCH if language == "fr" else ENGLISH:
        sentence = re.sub(pattern, word, sentence)
    return sentence
