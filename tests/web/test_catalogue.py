"""The French catalogue is whole: every sentence of the templates and pages has its French, and none is left over."""

from __future__ import annotations

import re
from importlib import resources
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from habitue.web.tongue import tongue
from habitue.words.typesetting import NARROW, typeset

WEB = resources.files("habitue.web")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true", "extensions": "jinja2.ext.i18n"}}
KEYWORDS = {"_": None, "say": None, "gettext": None, "ngettext": (1, 2)}


def texts_of_the_console() -> set[str]:
    found = extract_from_dir(str(WEB), METHODS, OPTIONS, keywords=KEYWORDS)
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def french() -> dict[str, tuple[str, ...]]:
    catalogue = read_po(BytesIO((WEB / "locale" / "fr.po").read_bytes()), locale="fr", abort_invalid=True)
    strings = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return strings


def test_every_text_of_the_console_has_its_french() -> None:
    said = french()
    assert {text for text in texts_of_the_console() if not all(said.get(text) or [""])} == set()


def test_no_french_is_left_over_from_a_text_that_is_gone() -> None:
    assert set(french()) - texts_of_the_console() == set()


def test_the_french_fills_in_the_same_names_as_the_english() -> None:
    for english, strings in french().items():
        for string in strings:
            assert set(re.findall(r"%\(\w+\)s", string)) <= set(re.findall(r"%\(\w+\)s", english)), english


def test_no_text_speaks_the_language_of_marketing() -> None:
    spoken = [*texts_of_the_console(), *(string for strings in french().values() for string in strings)]
    forbidden = re.compile(r"\b(campaigns?|targets?|blasts?|users?|campagnes?|cibles?|utilisateurs?)\b", re.IGNORECASE)
    assert [text for text in spoken if forbidden.search(text)] == []


def test_french_sentences_are_set_as_a_printer_would() -> None:
    said = tongue("fr").say("“%(day)s” is not a day. Write it as 2017-11-02.", day="x")
    assert said == f"«{NARROW}x{NARROW}» n’est pas un jour. Écrivez-le comme 2017-11-02."
    assert f"Pourquoi{NARROW}?" == tongue("fr").say("Why?")


@pytest.mark.parametrize("text", ["Le café : l'eau ; quoi ? « oui » !", "at 10:30, https://a.b/c?d", "l’heure", ""])
def test_setting_a_text_twice_changes_nothing(text: str) -> None:
    assert typeset(typeset(text, "fr"), "fr") == typeset(text, "fr")
    assert not re.search(r" [:;!?»]|« ", typeset(text, "fr"))
    assert typeset("10:30 https://a.b/c?d", "fr") == "10:30 https://a.b/c?d"
