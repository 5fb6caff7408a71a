"""What the check says of a letter is said in French on the console, and as it was where nobody wrote its French."""

from __future__ import annotations

from pathlib import Path

import pytest

from habitue.web.finding_words import FINDINGS, said_of_letter
from habitue.web.tongue import tongue
from tests.content.test_letter_lint import SOUND, found

LINES = [
    "{{ thign }}",
    "{{ thing | upcsae }}",
    "{{ thing.name }}",
    "{{ name }}",
    "[a](shop.example)",
    "[a](#b)",
    "[a]()",
    "![](https://x.example/a.png)",
    "![x](a.gif)",
    "Do not reply.",
    "Act now!",
    "Today 10% off, as a gift.",
]


@pytest.mark.parametrize("line", LINES)
def test_what_a_marketer_meets_first_is_said_in_french(tmp_path: Path, line: str) -> None:
    for finding in found(tmp_path, f"{SOUND}\n\n{line}\n"):
        said, is_english = said_of_letter(tongue("fr"), finding.what)
        assert (is_english, said == finding.what) == (False, False)
        assert said_of_letter(tongue("en"), finding.what) == (finding.what, False)


def test_every_form_has_its_french_and_anything_else_stays_as_it_is() -> None:
    assert not [form for form in FINDINGS if tongue("fr").say(form) == form]
    assert said_of_letter(tongue("fr"), "Something else.") == ("Something else.", True)
