"""The report of an audit: what stands in it, that it leads to its rows, and that nothing strange can be done with it."""

from __future__ import annotations

import re

import pytest

from habitue.audit.figures import Figures, Interval
from habitue.audit.model import FAULTS
from habitue.audit.report import report_html
from habitue.audit.report_tables import campaigns_table, months_table, pressure_table
from habitue.audit.report_voice import voice_of
from tests.audit.paper import fault, figures, group, hostile, nothing, row, score, silence
from tests.audit.report_reader import LANGUAGES, NO_BREAK, Read, page

# what stands in it


def test_a_wrong_that_no_file_could_show_is_never_said_to_be_absent() -> None:
    said = page(figures()).said
    found, rest = said.split("Looked for, and not found")[1].split("What the files do not tell")
    assert "Too many messages" in found
    assert "Out of stock" not in found
    assert "Too many messages" not in rest.split("By campaign")[0]
    assert "Out of stock it takes a file of stock counts" in " ".join(rest.split())


def test_what_was_understood_stands_before_what_was_found() -> None:
    said = page(figures()).said.replace(NO_BREAK, " ")
    for part in ("sends.csv", "Mailchimp", "2 rows were set aside", "may be two days", "Answers were read from clicks", "One row named a thing"):
        assert said.index(part) < said.index("Nothing she ever showed interest in")


def test_a_campaign_of_which_only_wrongs_show_has_no_share() -> None:
    said = " ".join(page(figures()).said.split())
    assert "Summer 20 – only wrongs show" in said
    assert "Spring 80 71% of 70" in said


def test_answers_that_are_not_told_have_no_column() -> None:
    assert "Share that was answered" in page(figures()).said
    unknown = page(figures(told={"answers": False})).said
    assert "Share that was answered" not in unknown
    assert "Answered" not in unknown
    for told in (True, False):
        made = figures(told={"answers": told})
        for table in (campaigns_table(made, voice_of("en")), months_table(made, voice_of("en")), pressure_table(made, voice_of("en"))):
            assert {len(row) for row in table.rows} == {len(table.heads)}


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ((Interval(0.02, 0.01, 0.03), Interval(0.025, 0.02, 0.03)), "about as often as the others"),
        ((Interval(0.01, 0.0, 0.02), Interval(0.05, 0.04, 0.06)), "less often than the others"),
        ((Interval(0.09, 0.08, 0.1), Interval(0.05, 0.04, 0.06)), "more often than the others"),
    ],
)
def test_a_difference_is_told_only_where_the_intervals_do_not_meet(rates: tuple[Interval, Interval], said: str) -> None:
    assert said in page(figures(silence=silence(answer_rate_at_fault=rates[0], answer_rate_fine=rates[1]))).said


def test_the_score_says_how_well_it_foretold() -> None:
    said = re.sub(f"[{NO_BREAK}]", " ", page(figures()).said)
    assert "learnt from the 31 answers up to 15 March 2017" in said
    assert "80 times in 100 (between 70 and 90)" in said
    assert "an AUC of 0.800 (0.700 to 0.900)" in said
    assert "best quarter been sent, 75% of the answers" in said


def test_a_score_that_was_not_learned_or_not_tried_says_so() -> None:
    assert "too few to learn from" in page(figures(score=score(is_learned=False, learned_from=3))).said
    assert "nobody can say how well it foretells here" in page(figures(score=score(tested_on=0, answers=0, bands=(), curve=()))).said
    without = page(figures(score=None)).said
    assert "These sends were given no score." in without
    assert "0.012" not in without


def test_every_picture_has_words_and_a_table() -> None:
    read = page(figures())
    pictures = [marks for tag, marks in read.tags if tag == "svg"]
    assert len(pictures) >= 9
    assert all(marks["role"] == "img" and marks["aria-label"] for marks in pictures)
    assert sum(tag == "figure" for tag, _ in read.tags) == 7
    assert read.said.count("The same in figures") == 6  # the first bar's figures are the table under it


# it leads to its rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [figures(), nothing(), hostile()], ids=["whole", "nothing", "hostile"])
def test_every_link_arrives_and_no_anchor_stands_twice(made: Figures, language: str) -> None:
    read = page(made, language)
    assert len(set(read.ids)) == len(read.ids)
    assert {link for link in read.links if not (link.startswith("#") and link[1:] in read.ids)} == set()


def test_every_wrong_and_campaign_with_rows_has_its_anchor_and_a_link_to_it() -> None:
    rows = {f.name.lower(): (row(f.name.lower()),) for f in FAULTS}
    made = figures(faults=tuple(fault(name, 1, 9) for name in rows), rows_by_fault=rows)
    read = page(made)
    anchors = {f"fault-{name}" for name in rows} | {"campaign-1"}
    assert anchors <= set(read.ids)
    assert {f"#{anchor}" for anchor in anchors} <= set(read.links)
    assert "#campaign-2" not in read.links


def test_the_rows_say_where_all_of_them_are() -> None:
    said = " ".join(page(figures()).said.split())
    assert "The first 12 of 20; all are in findings.csv, column already_bought." in said
    assert "The first 1 of 12; all are in findings.csv, column no_affinity." in said
    assert "7 more rows" in said.replace(NO_BREAK, " ")
    assert "Line 5192 1 Mar 2017, 22:00 Customer c-17 Spring veal" in said.replace(NO_BREAK, " ")


# nothing strange can be done with it


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_texts(language: str) -> None:
    html = report_html(hostile(), language)
    assert not re.search("<script|<img", html)
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    assert "&lt;script&gt;" in html
    assert max(len(word) for word in Read(html).said.split()) <= 2_010
    html.encode("utf-8")


def test_a_long_text_is_shortened_and_whole_in_its_title() -> None:
    name = "a campaign " * 20
    html = report_html(figures(campaigns=(group(name),)), "en")
    assert f'<bdi title="{name}">{name[:79]}…</bdi>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_nothing_of_anybody(language: str) -> None:
    html = report_html(figures(), language)
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in html
    assert not re.search(r"https?:|//|@import|url\(|<script|<iframe|<img|<form|\son\w+=", html.replace("&#39;", ""))
    assert {marks.get("href") for tag, marks in Read(html).tags if tag == "link"} == {"data:,"}
