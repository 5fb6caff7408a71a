"""What is not right in what was brought: said on the page, asked for where one answer helps, and nothing brought twice."""

from __future__ import annotations

import pytest

from tests.web.audit_bench import BOTH, ORDERS, ORDERS_HEAD, SENDS, SENDS_HEAD, Bench, said_on


def test_a_file_of_another_kind_is_turned_away_and_the_other_kept(bench: Bench) -> None:
    job, page = bench.understood({"sends": ("letter.pdf", b"%PDF"), "orders": ("orders.csv", ORDERS)})
    assert "letter.pdf was not taken: bring .csv, .tsv" in said_on(page)
    assert "bring the sends too" in said_on(page)
    assert "What was understood" in bench.again(job, {"sends": ("newsletter.csv", SENDS)}).text


def test_without_any_file_nothing_is_begun(bench: Bench) -> None:
    answer = bench.client.post("/audit", files={"sends": ("", b""), "orders": ("", b"")})
    assert answer.status_code == 400
    assert "No file came." in said_on(answer)
    answer = bench.bring({"sends": ("a.exe", b"MZ")})
    assert "a.exe was not taken" in said_on(answer)
    assert bench.left() == []


def test_swapped_files_are_put_right_without_bringing_them_again(bench: Bench) -> None:
    job, page = bench.understood({"sends": ("orders.csv", ORDERS), "orders": ("newsletter.csv", SENDS)})
    assert "What you gave as sends, orders.csv, looks like orders: it has the columns" in said_on(page)
    assert "--" not in said_on(page)
    page = bench.again(job, kind__1="orders", kind__2="sends")
    assert "What was understood" in page.text


def test_two_files_for_one_place_are_said_and_one_is_kept(bench: Bench) -> None:
    job, _page = bench.understood()
    page = bench.again(job, kind__1="orders", kind__2="orders")
    assert "orders.csv was not taken: there is another file for the same place." in said_on(page)
    assert "bring the sends too" in said_on(page)


def test_a_file_can_be_left_out_and_another_put_in_its_place(bench: Bench) -> None:
    job, _page = bench.understood({**BOTH, "stock": ("stock.csv", "thing,units,at\n")})
    page = bench.again(job, {"orders": ("till.csv", ORDERS)}, kind__3="")
    assert "What was understood" in page.text
    assert {path.rsplit("/", 1)[-1] for path in bench.left() if path.endswith(".csv")} == {"newsletter.csv", "till.csv"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_dates_that_may_be_two_are_asked_for(bench: Bench, language: str) -> None:
    sends = SENDS_HEAD + "cast1@shop.example,03/04/2025 09:30,News,Tea\ncast2@shop.example,05/06/2025 09:30,News,Tea\n"
    job, _page = bench.understood({**BOTH, "sends": ("newsletter.csv", sends)})
    page = bench.rested(job, language)
    assert {"en": "may be read in two ways", "fr": "peuvent se lire de deux façons"}[language] in said_on(page)
    assert page.text.count('name="dates"') == 2
    assert "Dates are read with the day first." in bench.again(job, dates="day-first").text


def test_an_answer_is_asked_for_again_when_another_file_comes(bench: Bench) -> None:
    sends = SENDS_HEAD + "cast1@shop.example,03/04/2025 09:30,News,Tea\n"
    job, _page = bench.understood({**BOTH, "sends": ("newsletter.csv", sends)})
    assert "What was understood" in bench.again(job, dates="day-first").text
    assert "may be read in two ways" in said_on(bench.again(job, {"sends": ("other.csv", sends)}))


def test_numbers_that_may_be_two_are_asked_for(bench: Bench) -> None:
    orders = ORDERS_HEAD + '1,cast1@shop.example,2025-03-04 10:00,Tea,1,"1,234"\n'
    job, page = bench.understood({**BOTH, "orders": ("orders.csv", orders)})
    assert "Say which sign stands before the fraction." in said_on(page)
    assert "Numbers have a decimal comma." in bench.again(job, decimals="comma").text


def test_a_column_that_no_name_tells_is_asked_for(bench: Bench) -> None:
    sends = "email,x,campaign,product\n" + "".join(f"cast{n}@shop.example,{n},News,Tea\n" for n in range(9))
    job, page = bench.understood({**BOTH, "sends": ("newsletter.csv", sends)})
    assert "Which column of newsletter.csv tells when it was?" in page.text
    assert '<select id="column" name="column.sends.at">' in page.text
    page = bench.again(job, column__sends__at="x")
    assert "No column of" not in said_on(page)


def test_the_zone_is_asked_for_where_times_name_none(bench: Bench) -> None:
    job, page = bench.understood()
    assert 'name="zone"' in page.text
    assert "Times are taken as those of Asia/Tokyo." in bench.again(job, zone="Asia/Tokyo").text
    page = bench.again(job, zone="Mars/Olympus")
    assert "“Mars/Olympus” is not a time zone" in said_on(page)
    assert "Times are taken as those of Asia/Tokyo." in bench.again(job, zone="Asia/Tokyo").text


def test_an_answer_that_no_page_offers_is_refused(bench: Bench) -> None:
    job, _page = bench.understood()
    before = bench.left()
    assert bench.again(job, {"stock": ("s.csv", "a\n")}, dates="sideways").status_code == 400
    assert bench.left() == before
