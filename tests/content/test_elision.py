"""French of ours before a name that may begin with a vowel: never “un mot de Épicerie”, nor “la page de Anne”."""

from __future__ import annotations

import re
from pathlib import Path

import habitue

BEFORE_A_NAME = re.compile(r"\b(?:de|que|le|la|je|ne|se|jusque|lorsque|puisque) (?:\{\{? ?|%\()(?:brand|name|thing|because|one|other|who|customer|she)\b")
"""A word that loses its vowel there, and a name that we did not write."""


def test_no_french_of_ours_puts_a_word_before_a_name_that_would_want_an_apostrophe() -> None:
    ours = Path(habitue.__file__).parent
    written = [file for ending in ("*.fr.md", "*.fr.mjml", "*.po", "*.toml", "*wording.py", "*words.py", "phrases.py") for file in ours.rglob(ending)]
    assert len(written) > 50
    assert {file.name: said for file in written if (said := BEFORE_A_NAME.findall(file.read_text(encoding="utf-8")))} == {}
