"""Hostile names, files too large and forms that are none: shown, dropped or refused, and nothing of them stays."""

from __future__ import annotations

import pytest

from habitue.app.audits.bringing import Allowance
from tests.web.audit_bench import BOTH, ORDERS, SENDS, Bench, said_on
from tests.web.conftest import OpenBench

HOSTILE_NAMES = ["../../x.csv", "..\\..\\x.csv", "/etc/x.csv", "<script>alert(1)</script>.csv", "a\x00b.csv", "….csv", "=cmd.csv", "-rf.csv", "x.CSV"]


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "é" * 300 + ".csv"])
def test_a_hostile_name_is_shown_and_never_a_path(bench: Bench, name: str) -> None:
    job, page = bench.understood({"sends": (name, SENDS), "orders": (name, ORDERS)})
    assert "<script" not in page.text
    files = [bench.folder / path for path in bench.left() if path.lower().endswith(".csv")]
    assert len({file.name for file in files}) == 2
    for file in files:
        assert file.resolve().parents[2] == (bench.folder / job.rsplit("/", 1)[-1]).resolve()
        assert len(file.name) < 80
        assert file.name[0] not in "=-.@+"
    assert not (bench.folder.parent / "x.csv").exists()


def test_a_name_that_tells_a_layout_is_kept(bench: Bench) -> None:
    head = "Email Address,First Name,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED,LEID,EUID\n"
    consents = head + "cast1@shop.example,Karim,2024-01-02 10:00:00,,2024-01-02 10:00:00,1,a\n"
    _job, page = bench.understood({**BOTH, "consents": ("unsubscribed_members_export_0a1b2c.csv", consents)})
    assert "unsubscribed_members_export_0a1b2c.csv" in page.text
    assert "Mailchimp" in page.text


def test_a_file_too_large_is_dropped_and_the_other_kept(open_bench: OpenBench) -> None:
    bench = open_bench(allowance=Allowance(file_bytes=6_000, total_bytes=9_000))
    job, page = bench.understood({"sends": ("newsletter.csv", SENDS), "orders": ("orders.csv", ORDERS * 3)})
    assert "orders.csv was not taken: it is larger than 5.9 KB." in said_on(page)
    assert [path for path in bench.left() if path.endswith(".csv")] == [f"{job.rsplit('/', 1)[-1]}/files/1/newsletter.csv"]
    page = bench.again(job, {"orders": ("orders.csv", ORDERS[:5_500])})
    assert "together the files are larger than 8.8 KB" in said_on(page) or len(SENDS) + 5_500 <= 9_000


def test_far_too_much_is_not_even_listened_to(open_bench: OpenBench) -> None:
    bench = open_bench(allowance=Allowance(file_bytes=1_000, total_bytes=1_000))
    answer = bench.bring({"sends": ("a.csv", "x" * 1_500_000), "orders": ("b.csv", "x" * 1_500_000)})
    assert answer.status_code == 400
    assert "far more than may be brought" in said_on(answer)
    assert bench.left() == []


def test_too_many_that_wait_for_an_answer_are_too_many(open_bench: OpenBench) -> None:
    bench = open_bench(allowance=Allowance(unfinished=1))
    bench.understood()
    answer = bench.bring()
    assert answer.status_code == 503
    assert "waiting for an answer already" in said_on(answer)


FORM = "multipart/form-data; boundary=x"
PART = b"--x\r\nContent-Disposition: form-data; name="


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (FORM, b"", "did not arrive whole"),
        (FORM, PART + b'"sends"; filename="a.csv"\r\n\r\nhalf', "did not arrive whole"),
        (FORM, PART + b'"sends"; filename="a.csv"\r\n\r\nall\r\n--x\r\n', "did not arrive whole"),
        (FORM, b"no boundary at all", "not the form of this page"),
        ("multipart/form-data", b"--x--", "not the form of this page"),
        ("multipart/form-data; boundary=" + "x" * 400, b"--x--", "not the form of this page"),
        ("application/x-www-form-urlencoded", b"sends=a.csv", "not the form of this page"),
        (FORM, PART + b'"zone"\r\n\r\n' + b"z" * 5_000 + b"\r\n--x--\r\n", "not the form of this page"),
        (FORM, (PART + b'"a"\r\n\r\n1\r\n') * 100 + b"--x--\r\n", "not the form of this page"),
        (FORM, PART + b'"sends"; filename=""\r\n\r\n\r\n--x--\r\n', "No file came"),
    ],
)
def test_a_form_that_is_none_leaves_nothing(bench: Bench, kind: str, body: bytes, said: str) -> None:
    answer = bench.client.post("/audit", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert said in said_on(answer)
    assert bench.left() == []
