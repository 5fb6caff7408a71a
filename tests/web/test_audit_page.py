"""The audit in the console: two files are brought, understood, judged and read, and everything is taken away again."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from habitue.app.audits.child import in_child
from habitue.web.audit_site import REPORT_LOCKS
from habitue.web.gate import LOCKS
from tests.web.audit_bench import BOTH, SENDS, Bench, Latch
from tests.web.conftest import OpenBench

# the whole path


def test_two_files_become_a_report_and_are_gone(open_bench: OpenBench) -> None:
    bench = open_bench(work=in_child)
    job, page = bench.understood()
    assert "What was understood" in page.text
    assert "c…@shop.example" in page.text
    assert "Times are taken as those of Europe/Paris." in page.text
    assert bench.client.post(f"{job}/start").headers["location"] == job
    done = bench.rested(job)
    assert "9 people got 60 messages" in done.text
    assert not [path for path in bench.left() if "files" in path or "newsletter" in path or "temporary" in path]
    assert bench.client.get(f"{job}/report").text.startswith("<!doctype html>")


def test_what_was_made_can_be_taken_along(bench: Bench) -> None:
    job = bench.done()
    rows = list(csv.DictReader(StringIO(bench.client.get(f"{job}/files/findings.csv").text)))
    assert len(rows) == 60
    assert json.loads(bench.client.get(f"{job}/files/audit.json").text)["sends"] == 60
    assert bench.client.get(f"{job}/files/findings.parquet").content[:4] == b"PAR1"
    for name in ("set-aside.csv", "mapping.toml"):
        headers = bench.client.get(f"{job}/files/{name}").headers
        assert headers["content-disposition"] == f'attachment; filename="{name}"'
        assert headers["content-security-policy"] == LOCKS["Content-Security-Policy"]


def test_the_mapping_that_was_taken_along_can_be_brought_the_next_time(bench: Bench) -> None:
    mapping = bench.client.get(f"{bench.done()}/files/mapping.toml").content
    _job, page = bench.understood({**BOTH, "mapping": ("mapping.toml", mapping)})
    assert "as the mapping says" in page.text


def test_the_report_has_locks_of_its_own_and_is_of_no_origin(bench: Bench) -> None:
    headers = bench.client.get(f"{bench.done()}/report").headers
    assert {name: headers[name] for name in REPORT_LOCKS} == REPORT_LOCKS
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'; sandbox")
    assert headers["cache-control"] == "private, no-store"
    assert (headers["x-content-type-options"], headers["content-type"]) == ("nosniff", "text/html; charset=utf-8")


def test_nothing_but_what_was_made_is_given_out(bench: Bench) -> None:
    job = bench.done()
    for name in ("job.json", "..%2Fjob.json", "report.html", "findings.csv%00", "in-use", "report"):
        assert (name, bench.client.get(f"{job}/files/{name}").status_code) == (name, 404)


@pytest.mark.parametrize("job", ["x", "..%2f..%2fetc", "A" * 22, "in-use", "A" * 21 + "%00"])
def test_an_audit_that_is_not_there_is_a_clear_page(bench: Bench, job: str) -> None:
    for page in ("", "/report", "/files/findings.csv"):
        assert bench.client.get(f"/audit/{job}{page}").status_code == 404
    assert "no such audit" in bench.client.get(f"/audit/{'A' * 22}").text


def test_while_it_is_at_work_the_page_renews_itself_and_says_how_far_it_is(open_bench: OpenBench) -> None:
    bench = open_bench(work=(latch := Latch()))
    job, _page = bench.understood()
    bench.client.post(f"{job}/start")
    assert latch.is_there.wait(20)
    page = bench.client.get(job)
    assert page.headers["refresh"] == "2"
    assert '<progress id="work" max="4000" value="2250">56%</progress>' in page.text
    assert "Reading newsletter.csv" in page.text
    assert "refresh" not in bench.client.get(f"{job}?still=1").headers
    assert bench.client.get(f"{job}/report").status_code == 404
    latch.go.set()
    assert "Read the report" in bench.rested(job).text


def test_a_second_audit_waits_for_the_first(open_bench: OpenBench) -> None:
    bench = open_bench(work=(latch := Latch("look")))
    bench.bring()
    assert latch.is_there.wait(20)
    second = bench.bring().headers["location"]
    assert "Another audit is at work." in bench.client.get(second).text
    latch.go.set()
    assert "What was understood" in bench.rested(second).text


def test_yes_pressed_twice_is_yes(open_bench: OpenBench) -> None:
    bench = open_bench(work=(latch := Latch()))
    job, _page = bench.understood()
    assert [bench.client.post(f"{job}/start").status_code for _ in range(2)] == [303, 303]
    latch.go.set()
    assert "Read the report" in bench.rested(job).text


# taking it away


def test_taking_it_away_leaves_nothing(bench: Bench) -> None:
    for job in (bench.done(), bench.understood()[0]):
        assert bench.client.post(f"{job}/away").headers["location"] == "/audit?away=1"
        assert bench.client.get(job).status_code == 404
    assert bench.left() == []
    assert "taken away" in bench.client.get("/audit?away=1").text


def test_taking_it_away_ends_the_work(open_bench: OpenBench) -> None:
    bench = open_bench(work=(latch := Latch()))
    job, _page = bench.understood()
    bench.client.post(f"{job}/start")
    assert latch.is_there.wait(20)
    assert bench.client.post(f"{job}/away").status_code == 303
    assert latch.go.is_set()
    assert bench.left() == []
    assert bench.done()


# whose house it is


def test_the_demo_s_console_says_that_nothing_is_mixed(open_bench: OpenBench) -> None:
    assert "not mixed" not in open_bench().client.get("/audit").text
    bench = open_bench(is_demo=True)
    assert "What you bring is not mixed with its customers" in bench.client.get("/audit").text


def test_audits_that_are_there_are_listed(bench: Bench) -> None:
    job = bench.done({**BOTH, "sends": ("<b>winter</b>.csv", SENDS)})
    page = bench.client.get("/audit").text
    assert f'<a href="{job}">b&gt;.csv</a>' in page
    assert "<b>winter" not in page


def test_a_bad_day_is_a_clear_page_here_too(bench: Bench) -> None:
    answer = bench.client.post("/audit?on=never", files={"sends": ("a.csv", SENDS)}, headers={"Accept-Language": "fr"})
    assert answer.status_code == 400
    assert "n’est pas un jour" in answer.text
    assert bench.left() == []


def test_what_is_not_there_is_said_in_french_too(bench: Bench) -> None:
    for path in ("/report", "/files/findings.csv", ""):
        answer = bench.client.get(f"/audit/{'A' * 22}{path}", headers={"Accept-Language": "fr"})
        assert (answer.status_code, "Cet audit n’existe pas" in answer.text) == (404, True)
    answer = bench.client.post(f"/audit/{'A' * 22}/away", headers={"Accept-Language": "fr"})
    assert "Cet audit n’existe pas" in answer.text


def test_the_day_is_carried_through_the_audit_too(bench: Bench) -> None:
    answer = bench.client.post("/audit?on=2017-10-05", files={"sends": ("a.csv", SENDS)})
    assert answer.headers["location"].endswith("?on=2017-10-05")
    assert 'href="/customers?on=2017-10-05"' in bench.client.get(answer.headers["location"]).text
