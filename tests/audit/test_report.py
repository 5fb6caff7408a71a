"""The report of an audit: what it says, that it leads to its rows, and that nothing strange can be done with it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import habitue.audit
from habitue.audit.drawing import month_starts, round_below
from habitue.audit.figures import Band, CustomerFigure, Figures, Interval
from habitue.audit.model import FAULTS
from habitue.audit.phrases import UNJUDGED
from habitue.audit.pictures_score import joined
from habitue.audit.report import report_html
from habitue.audit.report_faults import FAULT_WORDS
from habitue.audit.report_sentences import five_sentences
from habitue.audit.report_tables import campaigns_table, months_table, pressure_table
from habitue.audit.report_voice import voice_of
from habitue.audit.report_words import COUNTED, WORDS
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput
from tests.audit.paper import MARCH_1, fault, figures, group, hostile, nothing, row, score, silence

LANGUAGES = ["en", "fr"]
NARROW, NO_BREAK = "\u202f", "\u00a0"


class Read(HTMLParser):
    """A report as a reader finds it: its text, its anchors, its links, its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.is_style = False
        self.feed(html)

    def handle_endtag(self, tag: str) -> None:
        self.is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks, self.is_style = dict(attrs), tag == "style"
        self.tags.append((tag, marks))
        self.ids += [str(marks["id"])] if "id" in marks else []
        self.links += [str(marks["href"])] if tag == "a" else []

    def handle_data(self, data: str) -> None:
        self.said += "" if self.is_style else data


def sentences(language: str = "en", **changes: Any) -> list[str]:
    """The opening sentences as plain text with plain spaces."""
    told = five_sentences(figures(**changes), voice_of(language))
    return [re.sub(f"[{NARROW}{NO_BREAK}]", " ", sentence.striptags()) for _, sentence in told]


def page(made: Figures, language: str = "en") -> Read:
    return Read(report_html(made, language))


# the five sentences


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
        ({"answers": 0, "answers_at_fault": 0}, "no answer would have been lost, for none came."),
        ({"answers_at_fault": 0}, "none of the 40 answers came to them."),
        ({"answers": 1, "answers_at_fault": 0}, "the only answer did not come to them."),
    ],
)
def test_the_fourth_weighs_silence_by_what_is_told(changes: dict[str, Any], said: str) -> None:
    assert said in sentences(silence=silence(**changes))[3]


def test_without_told_answers_nobody_says_that_none_was_lost() -> None:
    assert "nobody can say which answers might not have come" in sentences(told={"answers": False})[3]
    assert sentences(at_fault=0, faults=())[3] == "Silence would have saved nothing here."


def test_the_last_says_that_an_answer_is_no_gain() -> None:
    assert "only a control group, left in peace, can tell" in sentences()[4]


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


# its words


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


# strokes


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
