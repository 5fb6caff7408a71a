"""Whether a statement touches her health: by its own word, or by one of the dictionary. What does is kept only with her explicit leave.

Source: Regulation (EU) 2016/679, article 9(1) and 9(2)(a).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

NO_LEAVE = "This touches her health, so nothing was kept: ask her leave first, then note her yes as a consent for the purpose health, and say it again."


def touches_health(*texts: str) -> bool:
    """Whether any of these texts holds a word of illness, of a state of the body or of treatment, in French or English."""
    return any(_words().search(_plain(text)) for text in texts)


@cache
def _words() -> re.Pattern[str]:
    listed = tomllib.loads((files("habitue.memory") / "health_words.toml").read_text(encoding="utf-8"))
    begun = {word for spoken in listed.values() for words in spoken.values() for word in words}
    return re.compile(r"\b(?:" + "|".join(sorted(re.escape(word) for word in begun)) + ")")


def _plain(text: str) -> str:
    """Small letters without accents, with one kind of apostrophe and of space: “Œdème, cœliaque” is “oedeme, coeliaque”."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'"))
    return " ".join("".join(sign for sign in folded if not unicodedata.combining(sign)).split())
