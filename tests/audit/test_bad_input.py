"""Whatever is brought: a clear sentence, a list of what was set aside with line and reason, and never half a report."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from habitue.app.audits import auditing
from tests.audit.conftest import HEADING, ORDERS, Desk

SEND = f"{HEADING}\nmartin,2024-02-07 10:00,email,offer,A,VEAL,,,\n"


def set_aside(desk: Desk) -> list[list[str]]:
    with (desk.out / "set-aside.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name two files: what was sent, and what was bought"),
        (("sends.csv",), "sends.csv alone does not show whom it suited: name the file of orders after it"),
        (("orders.csv", "sends.csv"), "The first file, orders.csv, looks like orders, not like sends"),
        (("sends.csv", "nothing.csv"), "There is no file"),
        (("sends.csv", "orders.csv", "--fail-over", "20"), "--fail-over is a part of the sends, from 0 to 1, and not 20."),
        (("sends.csv", "orders.csv", "--demo"), "leave either --demo or the files away"),
        (("sends.csv", "orders.csv", "--dates", "us"), "--dates is day-first or month-first"),
        (("sends.csv", "orders.csv", "--zone", "Paris"), "“Paris” is not a time zone"),
        (("sends.csv", "strangers.csv"), "have no customer in common"),
        (("sends.csv", "empty.csv"), "empty.csv is empty"),
        (("heading.csv", "orders.csv"), "heading.csv"),
        (("slashes.csv", "orders.csv"), "day-first"),
    ],
)
def test_it_says_in_one_sentence_what_is_wrong_and_writes_nothing(desk: Desk, words: tuple[str, ...], said: str) -> None:
    desk.write("sends.csv", SEND)
    desk.write("orders.csv", ORDERS)
    desk.write("strangers.csv", ORDERS.replace("martin", "zoe").replace("karim", "yann").replace("lucie", "xavier"))
    desk.write("empty.csv", "")
    desk.write("heading.csv", HEADING + "\n")
    desk.write("slashes.csv", SEND.replace("2024-02-07 10:00", "03/04/2024"))
    code, _, err = desk.run(*(str(desk.folder / word) if word.endswith(".csv") else word for word in words), "--out", str(desk.out), "--yes")
    assert code == 3
    assert said in err
    assert "Traceback" not in err
    assert not desk.out.exists()
    assert not list(desk.folder.glob("*.new"))


def test_times_of_no_calendar_and_sums_that_are_no_number_are_told_apart(desk: Desk) -> None:
    orders = [line.split(",") for line in ORDERS.splitlines()]
    columns = {name: [row[n] for row in orders[1:]] for n, name in enumerate(orders[0])}
    times = [10**12, -(10**15), *[1_704_362_400 + 86_400 * n for n in range(len(orders) - 3)]]
    table = {**columns, "sold_at": pa.array(times, pa.timestamp("s")), "amount": [float("nan"), 2.5, *[1.0] * (len(orders) - 3)]}
    pq.write_table(pa.table(table), path := desk.folder / "orders.parquet")
    code, _, err = desk.run(str(desk.write("sends.csv", SEND)), str(path), "--out", str(desk.out), "--yes")
    assert (code, err) == (0, "")
    assert [row[1:] for row in set_aside(desk)] == [
        ["1", "sold_at: “9999-12-31 23:59:59” lies in the future"],
        ["2", "sold_at: “0001-01-01 00:00:00” lies before 1990"],
    ]
    assert (desk.out / "mapping.toml").read_text(encoding="utf-8").count('amount = "amount"') == 1


def test_too_little_memory_is_said_in_words_of_an_audit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "MEMORY_MB", 12)
    files = (str(desk.write("sends.csv", SEND)), str(desk.write("orders.csv", ORDERS)))
    code, _, err = desk.run(*files, "--out", str(desk.out), "--yes")
    assert code == 7, err
    assert "The files are too large for the 2,500 MB of memory that an audit takes" in err
    assert not desk.out.exists()


def test_an_earlier_report_stays_whole_when_the_next_audit_fails(desk: Desk) -> None:
    desk.audit(SEND)
    before = (desk.out / "report.html").read_bytes()
    (desk.folder / "sends.csv").write_text(SEND.replace("2024-02-07 10:00", "yesterday"), encoding="utf-8")
    code, _, err = desk.run(str(desk.folder / "sends.csv"), str(desk.folder / "orders.csv"), "--out", str(desk.out), "--json")
    assert code == 3
    assert err
    assert (desk.out / "report.html").read_bytes() == before


def test_every_row_that_cannot_be_read_is_listed_with_its_line_and_reason(desk: Desk) -> None:
    good = "".join(f"martin,2024-02-07 1{n}:00,email,offer,A,VEAL,,,\n" for n in range(6))
    bad = "karim,soon,email,offer,A,VEAL,,,\nlucie,2024-02-07 10:00,email,offer,A\n,2024-02-07 10:00,email,offer,A,VEAL,,,\n"
    assert desk.audit(f"{HEADING}\n{good}{bad}")["sends"] == 6
    reasons = {row[1]: row[2] for row in set_aside(desk)}
    assert set(reasons) == {"8", "9", "10"}
    assert reasons["9"] == "the line has 5 values, the heading has 9"
    assert reasons["8"] == "at: “soon” is no date"
    assert reasons["10"] == "customer: nothing is written"


def test_a_sentence_with_a_table_of_the_mapping_in_it_is_printed_whole(desk: Desk) -> None:
    code, _, err = desk.run(str(desk.write("s.csv", "who,what\nmartin,veal\n")), str(desk.write("orders.csv", ORDERS)), "--out", str(desk.out))
    assert code == 3
    assert '[sends.columns] customer = "…".' in err


def test_hostile_cells_stay_texts_everywhere(desk: Desk) -> None:
    thing, who = '=HYPERLINK("http://x.example","y")', "<script>alert(1)</script>"
    orders = ORDERS + f'12,"{who}",2024-02-01 10:00,"{thing.replace(chr(34), chr(34) * 2)}",1,1,X,Y\n'
    desk.audit(SEND + f'"{who}",2024-02-02 10:00,email,offer,@SUM(A1),"{thing.replace(chr(34), chr(34) * 2)}",,,\n', orders)
    assert "<script>alert" not in (desk.out / "report.html").read_text(encoding="utf-8")
    with (desk.out / "findings.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["line"] == "3")
    assert (row["thing"], row["campaign"], row["customer"]) == ("'" + thing, "'@SUM(A1)", who)
    assert desk.findings()[1]["thing"] == thing


def test_nul_bytes_and_huge_fields_cost_their_own_rows_only(desk: Desk) -> None:
    told = desk.audit(SEND + "kar\0im,2024-02-07 10:00,email,offer,A,VEAL,,,\n" + f"karim,2024-02-07 10:00,email,offer,{'x' * 2_000_000},VEAL,,,\n")
    assert told["sends"] == 1
    assert sorted(row[1] for row in set_aside(desk)) == ["3", "4"]


def test_the_same_rows_a_thousand_times_count_once(desk: Desk) -> None:
    row = SEND.splitlines()[1]
    told = desk.audit(SEND + f"{row}\n" * 999, ORDERS + ORDERS.split("\n", 1)[1] * 3)
    assert told["sends"] == 1
    assert told == {**desk.audit(SEND), "sends": 1}
    desk.audit(SEND + f"{row}\n" * 999)
    assert desk.findings()[0]["same_rows"] == 1000


def test_old_encodings_decimal_commas_and_semicolons_are_read(desk: Desk) -> None:
    orders = "commande;client;date;produit;quantité;montant;famille\n" + "".join(
        f"{n};zoé;{n:02d}/01/2024 10:00;pâté;1;12,50;CHARCUTERIE\n" for n in (4, 11, 18, 25)
    )
    sends = "client;envoyé le;campagne;produit\nzoé;26/01/2024 10:00;Janvier;Pâté\n"
    code, _, err = desk.run(
        *(str(desk.write(name, text.encode("cp1252"))) for name, text in (("envois.csv", sends), ("commandes.csv", orders))), "--out", str(desk.out), "--json"
    )
    assert (code, err) == (0, "")
    assert [row["already_bought"] for row in desk.findings()] == [True]


def test_spreadsheets_and_json_lines_are_read_too(desk: Desk) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for line in ORDERS.splitlines():
        book.active.append(line.split(","))
    orders = desk.folder / "orders.xlsx"
    book.save(orders)
    sends = desk.write("sends.jsonl", '{"customer": "martin", "sent_at": "2024-02-02 10:00", "thing": "VEAL"}\n')
    code, out, _ = desk.run(str(sends), str(orders), "--out", str(desk.out), "--json")
    assert code == 0
    assert '"already_bought":1' in out


def test_a_folder_that_cannot_be_written_is_named(desk: Desk) -> None:
    file = desk.write("taken", "a file")
    sends, orders = desk.write("sends.csv", SEND), desk.write("orders.csv", ORDERS)
    code, _, err = desk.run(str(sends), str(orders), "--out", str(Path(file) / "audit"), "--json")
    assert code == 7
    assert "cannot be written" in err


def test_the_folder_may_be_the_one_where_one_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.folder / "here").mkdir()
    monkeypatch.chdir(desk.folder / "here")
    sends, orders = desk.write("sends.csv", SEND), desk.write("orders.csv", ORDERS)
    assert desk.run(str(sends), str(orders), "--out", ".", "--json")[0] == 0
    assert (desk.folder / "here" / "report.html").exists()


def test_a_price_of_many_millions_and_an_answer_before_its_send_do_no_harm(desk: Desk) -> None:
    orders = ORDERS + "12,lucie,2024-01-31 12:00,phone,1,25000000,PHONE,PHONES\n"
    sends = "customer,sent_at,thing,answered_at\nmartin,2024-02-07 10:00,phone,2000-01-01 10:00\nkarim,2024-02-08 10:00,phone,2024-02-08 11:00\n"
    assert desk.audit(sends, orders)["sends"] == 2
    assert all(0 <= row["score"] <= 1 for row in desk.findings())
