"""Every reason in words, in both languages, with all evidence and with none."""

from __future__ import annotations

import re

import pytest

from habitue.decide.phrases import SENTENCES, TITLES, WHY
from habitue.decide.sentences import ago_text, days_text, every_text, reason_sentence, reason_title, why_sentence
from habitue.store.relations import relation
from habitue.words.clock import parse_day
from habitue.words.reasons import Reason

TODAY = parse_day("2017-11-02")
NOTHING = dict.fromkeys(relation("judged").columns, 0)
EVIDENCE = {
    **NOTHING,
    "item_days_since": 4,
    "own_gap_days": 11,
    "item_due_permille": 900,
    "item_times": 12,
    "because_days_since": 2,
    "said_day": TODAY - 9,
    "waiting_since_day": TODAY - 1,
    "paused_until_day": TODAY + 52,
    "feeling_said_day": TODAY - 400,
    "words_7": 2,
    "words_28": 5,
    "asked_91": 4,
    "given_91": 1,
    "ignored": 3,
    "at_hour": 22,
    "use_chance_permille": 20,
}
HABIT = {**dict.fromkeys(relation("evidence").columns, 0), "basis": 2, "item_times": 12}
BAD_FRENCH = re.compile(r"(?<!\u202f)[;:!?](?!\d)|'")


def spoken(sentence: str) -> None:
    assert not set(sentence) & set("{}")
    assert "  " not in sentence
    assert "None" not in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("evidence", [{}, NOTHING, EVIDENCE], ids=["none", "zeros", "all"])
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_can_be_said(reason: Reason, evidence: dict[str, int], language: str) -> None:
    spoken(reason_sentence(reason, evidence, "veal", language, TODAY))
    spoken(reason_sentence(reason, evidence, "", language, TODAY))
    title = reason_title(reason, language)
    assert title
    assert not title.endswith(".")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("basis", [1, 2, 3, 4])
def test_every_word_has_its_why(basis: int, language: str) -> None:
    for kind in (3, 5):
        for column in ("birthday_in_days", "anniversary_in_days", "late_permille", "days_since_first", "baskets_91", "words_7"):
            for found in ({}, {"own_gap_days": 1, "item_days_since": 1, "item_due_permille": 1000}, {"gap_days": 7, "days_since_last": 9}):
                spoken(why_sentence({**HABIT, "basis": basis, "kind": kind, **found}, frozenset({column}), "sage", "veal", language, TODAY))


def test_french_signs_stand_behind_a_narrow_space_that_does_not_break() -> None:
    said = [texts["fr"] for table in (TITLES, SENTENCES, WHY) for texts in table.values()]
    assert [text for text in said if BAD_FRENCH.search(text)] == []
    assert sum("\u202f" in text for text in said) > 5


def test_both_languages_say_the_same_things() -> None:
    for table in (TITLES, SENTENCES, WHY):
        for name, texts in table.items():
            assert set(texts) == {"en", "fr"}, name
            slots = [set(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
            assert slots[0] == slots[1], name
    assert set(TITLES) == set(SENTENCES) == set(Reason)


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [(0, "no days", "zéro jours"), (1, "one day", "un jour"), (2, "two days", "deux jours"), (12, "twelve days", "douze jours"), (13, "13 days", "13 jours")],
)
def test_days_are_counted_in_words(days: int, english: str, french: str) -> None:
    assert (days_text(days, "en"), days_text(days, "fr")) == (english, french)


@pytest.mark.parametrize(
    ("gap", "english", "french"), [(0, "now and then", "de temps en temps"), (1, "every day", "tous les jours"), (7, "every seven days", "tous les sept jours")]
)
def test_a_rhythm_is_said_as_people_say_it(gap: int, english: str, french: str) -> None:
    assert (every_text(gap, "en"), every_text(gap, "fr")) == (english, french)


@pytest.mark.parametrize(("ago", "english", "french"), [(0, "today", "aujourd’hui"), (1, "yesterday", "hier"), (9, "nine days ago", "il y a neuf jours")])
def test_how_long_ago_is_said_as_people_say_it(ago: int, english: str, french: str) -> None:
    assert (ago_text(TODAY - ago, TODAY, "en"), ago_text(TODAY - ago, TODAY, "fr")) == (english, french)


def test_a_day_is_named_in_full() -> None:
    assert reason_sentence(Reason.PAUSED, EVIDENCE, "", "fr", TODAY) == "Elle nous a demandé de nous taire jusqu’au 24 décembre 2017."


def test_what_she_takes_daily_is_said_so() -> None:
    evidence = {**HABIT, "own_gap_days": 1, "item_days_since": 1, "item_due_permille": 1000}
    assert why_sentence(evidence, frozenset(), "veal", "", "en", TODAY) == "She takes it about every day, and it has been one day."
    assert why_sentence(evidence, frozenset(), "veau", "", "fr", TODAY) == "Elle en prend tous les jours environ\u202f; cela fait un jour."
