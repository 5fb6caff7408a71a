"""The five sentences that a report opens with read right for none, one and many, and for what the files do not tell."""

from __future__ import annotations

import re
from typing import Any

import pytest

from habitue.audit.figures import CustomerFigure
from habitue.audit.report_sentences import five_sentences
from habitue.audit.report_voice import voice_of
from tests.audit.paper import MARCH_1, figures, silence
from tests.audit.report_reader import LANGUAGES, NARROW, NO_BREAK


def sentences(language: str = "en", **changes: Any) -> list[str]:
    """The opening sentences as plain text with plain spaces."""
    told = five_sentences(figures(**changes), voice_of(language))
    return [re.sub(f"[{NARROW}{NO_BREAK}]", " ", sentence.striptags()) for _, sentence in told]


def test_it_opens_with_five_sentences_of_which_none_names_anybody() -> None:
    for language in LANGUAGES:
        said = sentences(language)
        assert len(said) == 5
        assert "c-17" not in "".join(said)


@pytest.mark.parametrize(
    ("changes", "opening"),
    [
        ({}, "From 1 March 2017 to 31 March 2017, 30 people got 90 messages, which named 100 things in all"),
        ({"messages": 100}, "From 1 March 2017 to 31 March 2017, 30 people got 100 messages, each about one thing at most"),
        ({"messages": 1, "sends": 1, "customers": 1, "last_day": MARCH_1}, "On 1 March 2017, 1 person got 1 message: the one send"),
    ],
)
def test_the_first_says_how_much_was_sent_to_whom_and_when(changes: dict[str, Any], opening: str) -> None:
    assert sentences(**changes)[0].startswith(opening)


def test_the_second_says_how_much_of_what_can_be_judged_was_wrong() -> None:
    said = "Of 80 sends that can be judged, 38% had something wrong: 30 sends, most often about something the customer had just bought (20)."
    assert sentences()[1] == said
    assert sentences(at_fault=0, faults=())[1] == "Nothing wrong was found in 80 sends that can be judged."
    assert sentences(at_fault=0, judged=1, faults=())[1] == "Nothing wrong was found in 1 send that can be judged."


def test_nothing_judged_is_neither_fine_nor_wrong() -> None:
    said = sentences(judged=0, at_fault=0, faults=())[1]
    assert said == "Not one of them can be judged, so nothing is said for or against them; mostly for this: The file does not say what they were about."


def test_where_only_wrongs_can_show_no_share_is_told() -> None:
    assert "whether the other 70 were relevant nobody can say" in sentences(judged=30)[1]
    assert "100%" not in sentences(judged=30)[1]
    assert sentences(judged=1, at_fault=1, sends=1)[1] == "The only send that can be judged was wrong: it was about something the customer had just bought."


@pytest.mark.parametrize(
    ("hurt", "said"),
    [
        ([], "Nobody was hurt, as far as these files tell."),
        ([(5, 3)], "One person was hurt: of 5 messages, 3 had something wrong in them."),
        ([(1, 1)], "One person was hurt: of 1 message, 1 had something wrong in it."),
        ([(9, 2), (3, 2)], "2 people were hurt most, each by 2 messages with something wrong in them."),
        ([(9, 4), (9, 2)], "2 people were hurt most, each by at least 2 messages with something wrong in them; 1 of them got 4."),
        ([(1, 1)] * 20, "At least 20 people were hurt most, each by 1 message with something wrong in it."),
    ],
)
def test_the_third_counts_who_was_hurt_most(hurt: list[tuple[int, int]], said: str) -> None:
    listed = tuple(CustomerFigure(f"c-{n}", sends, wrong, {}) for n, (sends, wrong) in enumerate(hurt))
    assert sentences(hurt=listed)[2] == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "€12.50 would have been saved; 10 of 40 answers came to them and might not have come, 25% (between 10% and 40%)."),
        ({"is_cost_told": False}, "about €12.50 would have been saved, at the usual price of a message; 10 of"),
        ({"is_cost_told": False, "spent_cents": 0, "saved_cents": 0}, "nobody can say what would have been saved, for no cost is told; 10 of"),
        ({"saved_cents": 0}, "no message would have been spared, for in none was everything wrong; 10 of"),
        ({"answers": 0, "answers_spared": 0}, "no answer would have been lost, for none came."),
        ({"answers_spared": 0}, "none of the 40 answers came to them."),
        ({"answers": 1, "answers_spared": 0}, "the only answer did not come to them."),
    ],
)
def test_the_fourth_weighs_silence_by_what_is_told(changes: dict[str, Any], said: str) -> None:
    assert said in sentences(silence=silence(**changes))[3]


def test_without_told_answers_nobody_says_that_none_was_lost() -> None:
    assert "nobody can say which answers might not have come" in sentences(told={"answers": False})[3]
    assert sentences(at_fault=0, faults=())[3] == "Silence would have saved nothing here."


def test_the_last_says_that_an_answer_is_no_gain() -> None:
    assert "only a control group, left in peace, can tell" in sentences()[4]
