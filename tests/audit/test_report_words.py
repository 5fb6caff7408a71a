"""The words, figures and strokes of the report: every phrase in both languages, French spaces, shares, scales."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import habitue.audit
from habitue.audit.drawing import month_starts, round_below
from habitue.audit.figures import Band
from habitue.audit.model import FAULTS
from habitue.audit.phrases import UNJUDGED
from habitue.audit.pictures_score import joined, powers_of_ten
from habitue.audit.report import report_html
from habitue.audit.report_faults import FAULT_WORDS
from habitue.audit.report_voice import voice_of
from habitue.audit.report_words import COUNTED, WORDS
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput
from tests.audit.paper import MARCH_1, figures
from tests.audit.report_reader import LANGUAGES, NARROW, NO_BREAK, page


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_phrase_stands_in_both_languages_with_the_same_slots(name: str) -> None:
    assert set(WORDS[name]) == set(LANGUAGES)
    assert all(text.strip() for text in WORDS[name].values())
    assert slots(WORDS[name]["en"]) == slots(WORDS[name]["fr"])


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_every_counted_phrase_stands_in_both_languages(name: str) -> None:
    assert set(COUNTED[name]) == set(LANGUAGES)
    assert slots(COUNTED[name]["en"][1]) == slots(COUNTED[name]["fr"][1])


def test_every_wrong_that_an_audit_looks_for_has_its_words() -> None:
    assert list(FAULT_WORDS) == [fault.name.lower() for fault in FAULTS]
    for words in FAULT_WORDS.values():
        for pair in (words.title, words.clause, words.rule, words.need):
            assert set(pair) == set(LANGUAGES)
            assert slots(pair["en"]) == slots(pair["fr"])
    assert set(UNJUDGED) >= set(figures().unjudged)


def test_no_phrase_is_left_without_a_use() -> None:
    room = Path(habitue.audit.__file__).parent
    of_words = {"report_words.py", "report_opening.py", "report_sections.py", "report_score_words.py"}
    files = [file for file in [*room.glob("report*.py"), *room.glob("pictures*.py"), *room.glob("templates/*.html")] if file.name not in of_words]
    used = {word for file in files for quoted in re.findall(r'"([^"\n]*)"', file.read_text(encoding="utf-8")) for word in quoted.split()}
    made_up = {f"{start}_{word}" for start in ("kind", "point", "head") for word in used} | {f"{word}_{end}" for word in used for end in ("title", "read")}
    assert set(WORDS) - used - made_up == set()
    assert set(COUNTED) - used == set()


def test_a_language_that_the_report_does_not_speak_is_refused() -> None:
    with pytest.raises(BadInput, match="speaks en and fr, not “de”"):
        report_html(figures(), "de")


# figures and strokes


def test_french_counts_nought_and_one_alike_and_sets_its_spaces() -> None:
    voice = voice_of("fr")
    assert [voice.count("sends", n) for n in (0, 1, 2)] == [f"0{NO_BREAK}envoi", f"1{NO_BREAK}envoi", f"2{NO_BREAK}envois"]
    assert f"{NARROW};" in report_html(figures(), "fr")
    assert not re.search(r"[ \u00a0][;:!?»]", page(figures(), "fr").said)
    assert voice.date(parse_day("2017-03-01")) == f"1er{NO_BREAK}mars{NO_BREAK}2017"


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.00001, f"<{NO_BREAK}0.01%"), (0.00714, "0.71%"), (0.041, "4.1%"), (0.432, "43%"), (0.9999, "99.99%"), (1, "100%")]
)
def test_a_share_says_as_much_as_it_knows(share: float, said: str) -> None:
    assert voice_of("en").percent(share) == said


@pytest.mark.parametrize(("most", "figure"), [(10_130, 10_000), (1_133, 1_000), (799, 600), (3, 2), (0.027, 0.02), (0, 1)])
def test_a_scale_stands_at_a_round_figure(most: float, figure: float) -> None:
    assert round_below(most) == pytest.approx(figure)


def test_months_begin_within_the_span() -> None:
    assert month_starts(MARCH_1, MARCH_1) == [MARCH_1]
    first, last = parse_day("2016-11-14"), parse_day("2017-02-01")
    assert month_starts(first, last) == [parse_day("2016-12-01"), parse_day("2017-01-01"), parse_day("2017-02-01")]


def test_the_highest_bands_are_drawn_together_where_they_hold_few_sends() -> None:
    bands = (Band(0.0, 0.1, 900, 0.05, 0.04), Band(0.1, 0.5, 60, 0.2, 0.1), Band(0.5, 1.0, 40, 0.6, 0.2))
    low, high = joined(bands)
    assert low == bands[0]
    assert (high.low, high.high, high.sends) == (0.1, 1.0, 100)
    assert (high.foreseen, high.seen) == (pytest.approx(0.36), pytest.approx(0.14))


@pytest.mark.parametrize(
    ("shares", "tens"), [([0.0006, 0.2], [1e-4, 1e-3, 1e-2, 1e-1, 1]), ([0.02, 0.03], [0.01, 0.1]), ([0.0], [0.01, 0.1]), ([0.1, 0.1], [0.1, 1])]
)
def test_a_scale_of_tens_holds_every_share(shares: list[float], tens: list[float]) -> None:
    assert powers_of_ten(shares) == pytest.approx(tens)
