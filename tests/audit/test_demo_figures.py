"""The figures of the demo's report, recomputed from the grocer's raw files by SQL that knows only the definitions (`independent.sql`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.audit.independent import COUNTS, FAULTS, Demo, demo_audit, told

pytestmark = pytest.mark.slow
DAY = "day - date '1970-01-01'"
SUMS = "count(*) as sends, count(*) filter (is_judged) as judged, count(*) filter (is_fault) as at_fault, count(*) filter (is_answered) as answered"
LETTER_CENTS = 130
SAME = "t.coupon is not distinct from f.coupon"
LETTERS = (
    "select campaign, household, day, words_in_28_days, bool_or(is_fault) as is_fault, bool_and(is_fault) as is_all_fault, {faults} "
    "from finding group by campaign, household, day, words_in_28_days"
)
EVIDENCE = (
    *("times_bought_before", "days_since_bought", "usual_gap_days", "days_bought_in_91_days"),
    *("words_in_7_days", "words_in_28_days", "asked_in_91_days", "same_said_on"),
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The audit of the demo, run once, and the same judged by the independent SQL."""
    made = demo_audit(tmp_path_factory.mktemp("figures"))
    yield made
    made.engine.close()


# send by send


@pytest.mark.parametrize("fault", FAULTS)
def test_every_send_has_the_fault_that_its_definition_gives_it(demo: Demo, fault: str) -> None:
    assert demo.differences(fault) == []


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_every_send_has_the_evidence_that_the_raw_files_give_it(demo: Demo, evidence: str) -> None:
    assert demo.differences(evidence) == []


def test_every_send_is_judged_or_says_what_was_missing(demo: Demo) -> None:
    assert demo.differences("is_fault", "is_judged", "why_unjudged") == []


def test_a_used_coupon_answers_the_send_that_named_it(demo: Demo) -> None:
    both = f"from theirs as t join finding as f using (campaign, household) where {SAME}"
    assert demo.one(f"select count(*) as sends, count(*) filter (t.is_answered = cast(f.is_answered as integer)) as alike {both}") == {
        "sends": demo.figures["sends"],
        "alike": demo.figures["sends"],
    }


# sums


def test_the_totals_are_those_of_the_raw_files(demo: Demo) -> None:
    ours = demo.one(
        f"select {SUMS}, count(distinct (campaign, household)) as messages, count(distinct household) as customers, min({DAY}) as first_day, "
        f"max({DAY}) as last_day, count(distinct household) filter (days_bought > 0) as customers_who_bought from finding"
    )
    answered = ours.pop("answered")
    assert {name: demo.figures[name] for name in ours} == ours
    assert demo.figures["silence"]["answers"] == answered
    assert demo.figures["same_rows"] == 0
    assert [file["rows"] for file in demo.figures["files"][:2]] == [ours["sends"], demo.one("select count(*) as n from transactions")["n"]]


def test_each_fault_is_counted_and_so_is_where_it_could_be_looked_for(demo: Demo) -> None:
    ours = demo.one(f"select {COUNTS} from finding")
    sums = demo.one("select count(*) as sends, count(coupon) as named, count(*) filter (is_relevance_known) as relevance from finding")
    over = {"already_bought": sums["named"], "not_due": sums["named"], "no_affinity": sums["relevance"]}
    theirs = {one["fault"]: (one["sends"], one["looked_for"]) for one in demo.figures["faults"]}
    assert {fault: theirs[fault] for fault in FAULTS} == {fault: (ours[fault], over.get(fault, sums["sends"])) for fault in FAULTS}
    assert {counts for fault, counts in theirs.items() if fault not in FAULTS} == {(0, 0)}
    assert demo.printed["faults"] == ours


def test_what_could_not_be_judged_is_counted_by_what_was_missing(demo: Demo) -> None:
    ours = demo.ask("select why_unjudged, count(*) as sends from finding where not is_judged group by why_unjudged")
    assert demo.figures["unjudged"] == {row["why_unjudged"]: row["sends"] for row in ours}
    assert sum(demo.figures["unjudged"].values()) == demo.figures["sends"] - demo.figures["judged"]


@pytest.mark.parametrize(("part", "name"), [("campaigns", "cast(campaign as varchar)"), ("months", "strftime(day, '%Y-%m')")], ids=["campaigns", "months"])
def test_each_campaign_and_month_adds_up(demo: Demo, part: str, name: str) -> None:
    rows = demo.ask(f"select {name} as name, {SUMS}, min({DAY}) as first_day, max({DAY}) as last_day, {COUNTS} from finding group by {name}")
    ours = {row["name"]: {**{key: row[key] for key in row if key not in FAULTS}, "faults": told(row)} for row in rows}
    theirs = [{**row, "name": str(int(row["name"][9:11])) if part == "campaigns" else row["name"]} for row in demo.figures[part]]
    assert {row["name"]: row for row in theirs} == ours
    assert len(theirs) == len(ours)


def test_pressure_is_what_she_had_heard_in_four_weeks(demo: Demo) -> None:
    columns = "least(words_in_28_days, 10) as words_28, count(*) as sends, count(*) filter (is_fault) as at_fault, count(*) filter (is_answered) as answered"
    assert demo.figures["pressure"] == demo.ask(f"select {columns} from finding group by 1 order by 1")


def test_each_week_counts_letters_and_people_from_its_monday(demo: Demo) -> None:
    ours = demo.ask(
        f"select cast(date_trunc('week', day) as date) - date '1970-01-01' as week, count(*) as messages, count(distinct household) as customers, "
        f"avg(words_in_28_days) as words_28, count(*) filter (is_over) as over from ({LETTERS.format(faults='bool_or(pressed_too_often) as is_over')}) "
        "group by 1 order by 1"
    )
    assert demo.figures["weeks"] == [{**row, "words_28": pytest.approx(row["words_28"])} for row in ours]


def test_those_who_were_hurt_most_are_named_first(demo: Demo) -> None:
    letters = LETTERS.format(faults=", ".join(f"bool_or({fault}) as {fault}" for fault in FAULTS))
    rows = demo.ask(
        f"select cast(household as varchar) as customer, count(*) as sends, count(*) filter (is_fault) as at_fault, {COUNTS} from ({letters}) "
        "group by household order by at_fault desc, at_fault / sends desc, customer limit 20"
    )
    assert demo.figures["hurt"] == [{**{key: row[key] for key in ("customer", "sends", "at_fault")}, "faults": told(row)} for row in rows]


def test_the_strip_shows_the_year_of_whoever_was_hurt_most(demo: Demo) -> None:
    strip = demo.figures["strip"]
    assert (strip["customer"], strip["last_day"] - strip["first_day"]) == (demo.figures["hurt"][0]["customer"], 364)
    ours = demo.ask(
        f"""with had as (
          select day, count(distinct basket) as baskets, 0 as messages, 0 as at_fault from line
          where household = {strip["customer"]} and quantity > 0 group by day
          union all
          select day, 0, 1, cast(is_fault as integer) from ({LETTERS.format(faults="count(*)")}) where household = {strip["customer"]}
        )
        select {DAY} as day, sum(baskets) as baskets, sum(messages) as messages, sum(at_fault) as at_fault
        from had where {DAY} between {strip["first_day"]} and {strip["last_day"]} group by day order by day"""
    )
    assert [{key: day[key] for key in day if key != "fault"} for day in strip["days"]] == ours


# money and answers


def test_a_letter_is_paid_for_once_and_saved_only_where_all_of_it_was_wrong(demo: Demo) -> None:
    ours = demo.one(f"select count(*) as spent, count(*) filter (is_all_fault) as saved from ({LETTERS.format(faults='count(*)')})")
    silence = demo.figures["silence"]
    assert not silence["is_cost_told"]
    assert (silence["spent_cents"], silence["saved_cents"]) == (ours["spent"] * LETTER_CENTS, ours["saved"] * LETTER_CENTS)


@pytest.mark.parametrize(
    ("rate", "part", "whole"),
    [
        ("lost_share", "is_answered and is_all_fault", "is_answered"),
        ("answer_rate_at_fault", "is_answered and is_fault", "is_fault"),
        ("answer_rate_fine", "is_answered and not is_fault", "not is_fault"),
    ],
    ids=["lost", "at_fault", "fine"],
)
def test_answers_at_fault_have_an_interval_over_customers(demo: Demo, rate: str, part: str, whole: str) -> None:
    ours = demo.one(
        f"""with letter_of as (select *, bool_and(is_fault) over (partition by campaign, household) as is_all_fault from finding),
        hers as (select count(*) filter ({part}) as part, count(*) filter ({whole}) as whole from letter_of group by household),
        ratio as (select sum(part) / sum(whole) as value, sum(whole) as whole, sum(part) as part from hers)
        select any_value(r.part) as answers, any_value(value) as value, 1.96 * sqrt(sum(pow(h.part - value * h.whole, 2))) / any_value(r.whole) as reach
        from hers as h cross join ratio as r"""
    )
    silence = demo.figures["silence"]
    theirs = silence[rate]
    assert (theirs["value"], theirs["high"] - theirs["value"], theirs["value"] - theirs["low"]) == pytest.approx(
        (ours["value"], ours["reach"], ours["reach"]), rel=1e-4
    )
    counted = {"lost_share": "answers_spared", "answer_rate_at_fault": "answers_at_fault"}
    assert silence.get(counted.get(rate, ""), ours["answers"]) == ours["answers"]


def test_the_score_did_on_later_sends_what_its_own_table_shows(demo: Demo) -> None:
    score = demo.figures["score"]
    later = f"select s.score, f.is_answered from finding as f join theirs as s using (campaign, household, coupon) where f.{DAY} > {score['learned_until_day']}"
    ours = demo.one(
        f"""with ranked as (
          select is_answered, percent_rank() over (order by score desc) as place,
            rank() over (order by score) + (count(*) over (partition by score) - 1) / 2 as rank
          from ({later})
        )
        select count(*) as sends, count(*) filter (is_answered) as yes, count(*) filter (not is_answered) as no,
          (sum(rank) filter (is_answered) - yes * (yes + 1) / 2) / (yes * no) as auc, count(*) filter (is_answered and place <= .25) / yes as quarter
        from ranked"""
    )
    assert (score["tested_on"], score["answers"]) == (ours["sends"], ours["yes"]) == (23_698, 191)
    assert score["auc"]["value"] == pytest.approx(ours["auc"], abs=0.002)
    assert demo.printed["score_auc"] == score["auc"]
    assert demo.printed["kept_at_quarter"] == pytest.approx(ours["quarter"], abs=0.01)


# what stands in the report and in the terminal


def test_every_figure_leads_to_rows_that_have_the_fault(demo: Demo) -> None:
    for fault in FAULTS:
        rows = demo.figures["rows_by_fault"][fault]
        having = {row["line"] for row in demo.ask(f"select t.line from theirs as t join finding as f using (campaign, household) where {SAME} and f.{fault}")}
        assert len(rows) == min(60, len(having))
        assert {row["line"] for row in rows} <= having


def test_the_terminal_prints_the_sums_of_the_report(demo: Demo) -> None:
    ours = demo.one(f"select {SUMS} from finding")
    assert {name: demo.printed[name] for name in ("sends", "judged", "at_fault")} == {name: ours[name] for name in ("sends", "judged", "at_fault")}
