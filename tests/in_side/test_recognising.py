"""Files of no known layout: what their columns tell is guessed and said, what may be two things is asked, and nothing is read by luck."""

from __future__ import annotations

import io
import tomllib
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from habitue.app.audits.mapping import read_audit_mapping
from habitue.app.understanding import customers as recognising_customers
from habitue.app.understanding.customers import common_identity
from habitue.app.understanding.mapping_texts import to_toml
from habitue.app.understanding.recognised import Recognised
from habitue.app.understanding.recognising import recognise
from habitue.app.understanding.remarks import SENTENCES
from habitue.app.understanding.understood import understood_text
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Kind, Level, Thread
from tests.conftest import MakeSettings
from tests.in_side.foreign_files import Reader, at
from tests.in_side.test_layouts import told

SENDS = "email,sent at,campaign,subject,product\n"
ORDERS = "order id,email,date,sku,quantity,amount\n"


@pytest.fixture
def reader(settings_for: MakeSettings, tmp_path: Path) -> Reader:
    return Reader(settings_for(), tmp_path)


def orders_on(*dates: str, amount: str = "3.00") -> str:
    return ORDERS + "".join(f'B{n},c{n}@example.org,{date},TEA,1,"{amount}"\n' for n, date in enumerate(dates))


def codes(file: Recognised) -> set[str]:
    return {remark.code for remark in (*file.notes, *file.doubts)}


# what the columns tell


def test_a_french_tills_tickets_are_read_as_they_are(reader: Reader) -> None:
    content = "n° ticket;Code client;article;désignation;date;heure;qté;montant TTC;rayon\nT1;C17;VEAU;Paupiettes;04/03/2024;18:05;2;1.012,50;BOUCHERIE\n"
    rows = reader.rows("tickets.csv", (content + "T2;C18;PAIN;Baguette;25/03/2024;9:05;1;1,10;BOULANGERIE\n").encode("cp1252"), "orders")
    assert told(rows, "order", "customer", "product", "name", "quantity", "amount", "department")[0] == (
        *("T1", "C17", "VEAU", "Paupiettes", 2_000, 101_250, "BOUCHERIE"),
    )
    assert told(rows, "sold_at") == [(at("2024-03-04 18:05", 1),), (at("2024-03-25 09:05", 1),)]


def test_sends_in_french_with_words_of_their_own(reader: Reader) -> None:
    content = "Date d'envoi;Adresse e-mail;Campagne;Objet;Catégorie;Canal;Type de campagne;Cliqué\n"
    rows = reader.rows("envois.csv", content + "25/03/2024 09:00;Marie@Example.org ;Mars;Du veau;VIANDES;E-mail;Promotion;oui\n", "sends")
    assert told(rows, "customer", "at", "channel", "kind", "thing", "level", "answered") == [
        ("marie@example.org", at("2024-03-25 09:00", 1), Channel.EMAIL, Kind.OFFER, "VIANDES", Level.CATEGORY, 1),
    ]


@pytest.mark.parametrize(
    "heading",
    ["orderId,customerEmail,orderDate,productSku", "ORDER_ID,CUSTOMER_EMAIL,ORDER_DATE,PRODUCT_SKU", "Order-Id,Customer E-mail,Order date,Product SKU"],
)
def test_names_are_recognised_in_any_writing(reader: Reader, heading: str) -> None:
    rows = reader.rows("orders.csv", heading + "\n1,marie@example.org,2024-03-04,TEA\n", "orders")
    assert told(rows, "order", "customer", "product") == [("1", "marie@example.org", "TEA")]


def test_a_column_is_not_taken_by_its_name_where_its_cells_say_no(reader: Reader) -> None:
    content = "email,sent at,message,clicked\nmarie@example.org,2024-03-04 10:00,M1,https://example.org/a\n"
    assert set(reader.recognise("sends.csv", content, "sends").mapping.columns) == {"customer", "at", "message"}


def test_the_only_date_is_when_it_was_and_said_to_be_a_guess(reader: Reader) -> None:
    file = reader.recognise("sends.csv", "email,zzz,campaign\nmarie@example.org,2024-03-04 10:00,Spring\n", "sends")
    assert file.mapping.columns["at"] == "zzz"
    assert "guessed" in codes(file)


def test_orders_without_a_number_are_what_one_customer_bought_at_one_time(reader: Reader) -> None:
    row = "marie@example.org,2024-03-04 10:00:00,{},3.00\n"
    file = reader.recognise("sales.csv", "email,purchased at,item,amount\n" + row.format("tea") + row.format("bread"), "orders")
    assert len(set(told(reader.read(file), "order"))) == 1
    assert "order_made_up" in codes(file)


def test_several_things_of_one_message_become_rows(reader: Reader) -> None:
    rows = reader.rows("sends.csv", SENDS + "marie@example.org,2024-03-04 10:00,Spring,Hi,TEA | BREAD\n", "sends")
    assert told(rows, "line", "thing") == [(2, "TEA"), (2, "BREAD")]


def test_other_kinds_of_files_are_read_too(reader: Reader) -> None:
    liked = reader.rows("likes.csv", "client,produit,préférence\nC1,FOIE,déteste\nC1,VEAU,aime\n", "preferences")
    stock = reader.rows("stock.csv", "sku,on hand,date\nVEAU,0,2024-03-04\n", "stock")
    asked = reader.rows("tickets.csv", "Ticket ID,Requester email,Created at,Status,Type\n1,a@example.org,2024-03-04T10:00:00Z,solved,complaint\n", "messages")
    agreed = reader.rows("list.csv", "email,statut,date\na@example.org,désabonné,2024-03-04\n", "consents")
    assert told(liked, "item", "feeling") == [("FOIE", -1), ("VEAU", 1)]
    assert told(stock, "item", "units") == [("VEAU", 0)]
    assert told(asked, "thread", "kind", "state") == [("1", Thread.COMPLAINT, 2)]
    assert told(agreed, "customer", "granted") == [("a@example.org", 0)]


def test_an_unknown_kind_counts_as_nothing_but_an_unknown_channel_is_set_aside(reader: Reader) -> None:
    heading = "email,sent at,channel,type\na@example.org,2024-03-04,email,promo\nb@example.org,2024-03-04,email,weird\n"
    rows = reader.rows("sends.csv", heading + "c@example.org,2024-03-04,push,promo\n", "sends")
    assert told(rows, "customer", "kind") == [("a@example.org", Kind.OFFER), ("b@example.org", None)]
    assert reader.rejected == [(4, "channel: “push” is none of email, sms, post, shop, phone, site")]
    assert reader.notes == ["“kind” has words that are not understood and count as nothing, such as “weird”."]


def test_typed_files_are_understood_without_their_lists(reader: Reader) -> None:
    times = pa.array([datetime(2024, 3, 4, 10), None], pa.timestamp("us"))  # noqa: DTZ001 - as files write it
    columns = {"customer_id": [7.0, 8.0], "sent_at": times, "product_id": [5.0, 6.0], "clicks": [3, 0], "tags": [["a"], []]}
    columns |= {"raw": pa.array([b"ab", b"cd"], pa.binary(2)), "note": pa.array([b"\xff", b"x"], pa.binary())}
    pq.write_table(pa.table(columns), reader.folder / "sends.parquet")
    file = recognise(reader.folder / "sends.parquet", "sends", reader.settings)
    assert told(reader.read(file), "customer", "at", "thing", "answered") == [("7", at("2024-03-04 10:00", 1), "5", 1)]
    assert file.unused == ("tags", "raw", "note")


def test_a_spreadsheet_is_understood_like_any_other_file(reader: Reader) -> None:
    book, content = Workbook(), io.BytesIO()
    for row in (["Email", "Date", "Campaign"], ["marie@example.org", datetime(2024, 3, 4, 10, 5), "Spring"]):  # noqa: DTZ001 - as spreadsheets do
        book.active.append(row)
    book.save(content)
    assert told(reader.rows("sends.xlsx", content.getvalue(), "sends"), "customer", "at") == [("marie@example.org", at("2024-03-04 10:05", 1))]


# dates, hours, zones and numbers


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Nov 4, 2023, 6:05 pm", at("2023-11-04 18:05", 1)),
        ("4 novembre 2023 à 18h05", at("2023-11-04 18:05", 1)),
        ("Sat, 04 Nov 2023 18:05:12 +0100", at("2023-11-04 18:05:12", 1)),
        ("2023/11/04 18:05", at("2023-11-04 18:05", 1)),
        ("2023-11-04 6:05", at("2023-11-04 06:05", 1)),
        ("2023-11-04T18:05:00.123Z", at("2023-11-04 18:05")),
        ("2023-11-04 18:05:00 UTC", at("2023-11-04 18:05")),
        ("2023-11-04 12:05 AM", at("2023-11-04 00:05", 1)),
        ("25/11/23 18h05", at("2023-11-25 18:05", 1)),
        ("04.11.2023 18:05", at("2023-11-04 18:05", 1)),
        ("1699121100", at("2023-11-04 18:05")),
        ("1699121100000", at("2023-11-04 18:05")),
    ],
)
def test_dates_are_read_as_people_and_machines_write_them(reader: Reader, written: str, instant: int) -> None:
    rows = reader.rows("sends.csv", f'email,sent at,campaign\nmarie@example.org,"{written}",Spring\n', "sends")
    assert told(rows, "at") == [(instant,)]


def test_one_date_far_down_in_the_file_settles_the_order_of_day_and_month(reader: Reader) -> None:
    dates = ["03/04/2024"] * 120_000
    last = (reader.read(reader.recognise("orders.csv", orders_on(*dates, end), "orders"))[0]["sold_at"] for end in ("25/04/2024", "04/25/2024"))
    assert list(last) == [at("2024-04-03 12:00", 2), at("2024-03-04 12:00", 1)]


def test_dates_that_may_be_two_days_are_asked_for_by_name(reader: Reader) -> None:
    with pytest.raises(BadInput) as said:
        reader.recognise("orders.csv", orders_on("03/04/2024", "05/06/2024"), "orders")
    assert str(said.value) == (
        "The dates in the column “date” of orders.csv may be read in two ways, such as “03/04/2024” and “05/06/2024”: no value has a part over 12. "
        "Say --dates day-first or --dates month-first."
    )
    rows = reader.rows("orders.csv", orders_on("03/04/2024", "05/06/2024"), "orders", dates="month-first")
    assert told(rows, "sold_at")[0] == (at("2024-03-04 12:00", 1),)


def test_dates_that_contradict_each_other_are_shown_both(reader: Reader) -> None:
    content = orders_on("23/04/2024", "04/05/2024", "05/16/2024")
    with pytest.raises(BadInput, match=r"“23/04/2024” in the column “date” can only be day first, “05/16/2024” in “date” only month first"):
        reader.recognise("orders.csv", content, "orders")
    assert len(reader.rows("orders.csv", content, "orders", dates="day-first")) == 2
    assert reader.rejected == [(4, "sold_at: “05/16/2024” is no date")]


def test_a_date_that_is_the_same_both_ways_asks_nothing(reader: Reader) -> None:
    assert told(reader.rows("orders.csv", orders_on("03/03/2024"), "orders"), "sold_at") == [(at("2024-03-03 12:00", 1),)]


@pytest.mark.parametrize(("other", "cents"), [("1,50", 123), ("1.50", 123_400), ("1,234.50", 123_400)])
def test_a_number_that_may_be_two_is_decided_by_the_others(reader: Reader, other: str, cents: int) -> None:
    content = ORDERS + f'B1,a@example.org,2024-03-04,TEA,1,"1,234"\nB2,b@example.org,2024-03-04,TEA,1,"{other}"\n'
    assert told(reader.rows("orders.csv", content, "orders"), "amount")[0] == (cents,)


def test_numbers_that_may_all_be_two_are_asked_for_by_name(reader: Reader) -> None:
    with pytest.raises(BadInput, match=r"The numbers in the column “amount” of orders\.csv may be read in two ways, such as “1,234”"):
        reader.recognise("orders.csv", orders_on("2024-03-04", amount="1,234"), "orders")
    assert told(reader.rows("orders.csv", orders_on("2024-03-04", amount="1,234"), "orders", decimals="comma"), "amount") == [(123,)]


def test_the_currency_is_the_one_that_the_sums_name(reader: Reader) -> None:
    file = reader.recognise("orders.csv", orders_on("2024-03-04", amount="$1,003.50"), "orders")
    assert file.mapping.currency == "USD"
    assert told(reader.read(file), "amount") == [(100_350,)]


def test_times_without_a_zone_are_the_houses_unless_another_is_asked(reader: Reader) -> None:
    content = SENDS + "marie@example.org,2024-03-04 10:00,Spring,Hi,TEA\n"
    assert told(reader.rows("sends.csv", content, "sends"), "at") == [(at("2024-03-04 10:00", 1),)]
    assert told(reader.rows("sends.csv", content, "sends", zone="America/New_York"), "at") == [(at("2024-03-04 10:00", -5),)]
    with pytest.raises(BadInput, match="“Mars/Olympus” is not a time zone"):
        reader.recognise("sends.csv", content, "sends", zone="Mars/Olympus")


def test_times_with_and_without_a_zone_are_both_read_and_that_is_said(reader: Reader) -> None:
    content = SENDS + "a@example.org,2024-03-04 10:00,S,H,TEA\nb@example.org,2024-03-04T10:00:00Z,S,H,TEA\nc@example.org,2024-03-04T10:00:00-05:00,S,H,TEA\n"
    file = reader.recognise("sends.csv", content, "sends")
    assert told(reader.read(file), "at") == [(at("2024-03-04 10:00", 1),), (at("2024-03-04 10:00"),), (at("2024-03-04 10:00", -5),)]
    assert "  Please check: 2 of 3 times looked at name their own zone; the others are taken as those of Europe/Paris." in understood_text(file)


@pytest.mark.parametrize("written", ["2024-03-04", "2024-03-04 00:00:00", "2024-03-04T00:00:00Z", "04.03.2024"])
def test_days_without_hours_are_noon_and_said_to_have_none(reader: Reader, written: str) -> None:
    file = reader.recognise("sends.csv", SENDS + f"marie@example.org,{written},Spring,Hi,TEA\n", "sends")
    assert not file.has_hours
    assert "no_hours" in codes(file)
    assert told(reader.read(file), "at") == [(at("2024-03-04 12:00", 1),)]


# who the customer is


def test_the_customer_is_taken_by_the_column_that_both_files_share(reader: Reader) -> None:
    sends = reader.recognise(
        "sends.csv", "member id,contact email,sent at,campaign\nX1, Marie@Example.ORG,2024-03-04,S\nX2,karim@example.org,2024-03-04,S\n", "sends"
    )
    orders = reader.recognise("orders.csv", "customer id,billing_email,order id,order date,sku\n7,marie@example.org,B1,2024-03-04,TEA\n", "orders")
    sends, orders = common_identity(sends, orders)
    assert (sends.mapping.columns["customer"], orders.mapping.columns["customer"]) == ("contact email", "billing_email")
    assert told(reader.read(sends), "customer")[0] == told(reader.read(orders), "customer")[0] == ("marie@example.org",)


def test_telephone_numbers_are_the_same_in_every_writing(reader: Reader) -> None:
    sends = reader.recognise("sms.csv", "mobile,sent at,campaign\n'+33 6 00 00 00 01,2024-03-04,S\n", "sends")
    orders = reader.recognise("orders.csv", "phone,order id,order date,sku\n06.00.00.00.01,B1,2024-03-04,TEA\n", "orders")
    sends, orders = common_identity(sends, orders)
    assert told(reader.read(sends), "customer") == told(reader.read(orders), "customer")


def test_other_files_are_joined_by_what_they_share_with_either(reader: Reader) -> None:
    sends = reader.recognise("sends.csv", SENDS + "marie@example.org,2024-03-04,S,H,TEA\nlucie@example.org,2024-03-04,S,H,TEA\n", "sends")
    orders = reader.recognise("orders.csv", ORDERS + "B1,marie@example.org,2024-03-04,TEA,1,3.00\n", "orders")
    consents = reader.recognise("consents.csv", "client id,email,statut\n9,LUCIE@example.org,abonné\n", "consents")
    stock = reader.recognise("stock.csv", "sku,on hand,date\nTEA,3,2024-03-04\n", "stock")
    *_, consents, same = common_identity(sends, orders, consents, stock)
    assert (consents.mapping.columns["customer"], same) == ("email", stock)


def test_nobody_in_common_is_said_with_both_columns(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising_customers, "ROWS_COMPARED", 1)
    sends = reader.recognise("sends.csv", SENDS + "marie@example.org,2024-03-04,S,H,TEA\n", "sends")
    orders = reader.recognise("orders.csv", "client;order id;order date;sku\nC1;B1;2024-03-04;TEA\n", "orders")
    with pytest.raises(
        BadInput, match=r"have no customer in common: sends\.csv knows them by e-mail address \(column “email”\); orders\.csv .* number \(column “client”\)"
    ):
        common_identity(sends, orders)


def test_somebody_in_common_only_far_down_is_found(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising_customers, "ROWS_COMPARED", 1)
    sends = reader.recognise("sends.csv", SENDS + "".join(f"s{n}@example.org,2024-03-04,S,H,TEA\n" for n in range(60_000)), "sends")
    orders = reader.recognise("orders.csv", ORDERS + "B1,s59999@example.org,2024-03-04,TEA,1,3.00\n", "orders")
    assert common_identity(sends, orders)[0].mapping.columns["customer"] == "email"


# files that cannot be used


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        (
            "sends",
            ORDERS + "B1,a@example.org,2024-03-04,TEA,1,3.00\n",
            "The first file, a.csv, looks like orders, not like sends: it has the columns “order id”, “sku”, “quantity”,",
        ),
        (
            "orders",
            SENDS + "a@example.org,2024-03-04,S,H,TEA\n",
            "The second file, a.csv, looks like sends, not like orders: it has the columns “campaign”, “subject”",
        ),
        ("stock", ORDERS + "B1,a@example.org,2024-03-04,TEA,1,3.00\n", "The file of --stock, a.csv, looks like orders"),
        (
            "orders",
            "a,b\n1,2\n",
            "No column of a.csv tells who the customer is (a number or an e-mail address). It has the columns “a”, “b”. Name the right one",
        ),
        ("orders", "email,date,ref client\na@example.org,2024-03-04,1\n", "No column of a.csv tells which product is meant."),
        ("sends", "email,email,sent at\na@example.org,b@example.org,2024-03-04\n", "Two of them are named “email”; rename one."),
        ("sends", "email,sent at\n", "a.csv has the names of columns and no rows under them."),
        ("sends", "", "a.csv is empty; its first line must name the columns."),
        ("sends", "a@example.org,2024-03-04\nb@example.org,2024-03-05\n", "The first line of a.csv looks like a row, not like the names of columns"),
        ("", "a,b\n1,2\n", "stock, as far as its columns say: “a”, “b”."),
    ],
)
def test_a_file_that_cannot_be_audited_says_why(reader: Reader, kind: str, content: str, sentence: str) -> None:
    with pytest.raises(BadInput) as said:
        reader.recognise("a.csv", content, kind)
    assert sentence in str(said.value)


@pytest.mark.parametrize(("content", "kind"), [(SENDS + "a@example.org,2024-03-04,S,H,TEA\n", "sends"), (orders_on("2024-03-04"), "orders")])
def test_what_kind_a_file_is_can_be_guessed_as_well(reader: Reader, content: str, kind: str) -> None:
    assert reader.recognise("a.csv", content, "").kind == kind


def test_sends_that_name_many_things_of_the_catalogue_are_sends(reader: Reader) -> None:
    content = "email,sent at,product,category,department,type\nmarie@example.org,2024-03-04 10:00,TEA,DRINKS,GROCERY,promo\n"
    assert told(reader.rows("sends.csv", content, "sends"), "thing", "kind") == [("TEA", Kind.OFFER)]
    assert reader.recognise("catalogue.csv", "sku,category,department\nTEA,DRINKS,GROCERY\n", "").kind == "catalogue"


def test_hostile_cells_are_kept_as_text_or_set_aside(reader: Reader) -> None:
    rows = reader.rows(
        "sends.csv",
        "email,sent at,campaign,subject,text\n"
        f"a@example.org,2024-03-04,=cmd|'/C calc'!A0,<script>alert(1)</script>,{'x' * 9_000}\n"
        "b@example.org,2024-03-04,Sp\x00ring,\x1b[31mred,<style>p {}</style><p>Dear Ann</p>\n"
        f"{'y' * 300}@example.org,2024-03-04,S,H,t\n",
        "sends",
    )
    assert told(rows, "campaign", "subject") == [("=cmd|'/C calc'!A0", "<script>alert(1)</script>"), ("Sp ring", "[31mred")]
    assert [len(str(row["text"])) for row in rows] == [2_000, 8]
    assert reader.rejected == [(4, f"customer: “{'y' * 40}…” is too long for a key")]


def test_a_heading_that_comes_again_is_set_aside_as_a_row(reader: Reader) -> None:
    row = "marie@example.org,2024-03-04,S,H,TEA\n"
    assert len(reader.rows("sends.csv", SENDS + 4 * row + SENDS + 4 * row, "sends")) == 8
    assert [line for line, _ in reader.rejected] == [6]


# what is said, and the mapping that can be kept


def test_what_was_understood_is_said_in_both_languages_and_masks_the_customer(reader: Reader) -> None:
    file = reader.recognise("envois.csv", "email;sent at;campaign;extra\nmarie.martin@example.org;25/03/2024 10:00;Printemps;z\n", "sends")
    assert understood_text(file) == [
        "envois.csv: sends (by the names of its columns; 1 rows looked at).",
        "  customer  email  “m…@example.org”",
        "  when      sent at  “25/03/2024 10:00”",
        "  campaign  campaign  “Printemps”",
        "  Not used: extra.",
        "  Times are taken as those of Europe/Paris.",
        "  Dates are read with the day first.",
        "  No column tells the channel: all are taken as e-mail.",
        "  Please check: No column tells what each message was about: only its frequency and its leave can be judged, not its relevance.",
        "  Please check: No column tells who answered.",
    ]
    french = understood_text(file, "fr")
    assert french[:2] == ["envois.csv: envois (d'après les noms de ses colonnes; 1 lignes regardées).", "  client    email  “m…@example.org”"]
    assert len(french) == 10


def test_nothing_that_is_said_steers_a_terminal(reader: Reader) -> None:
    file = reader.recognise("sends.csv", "email,sent at,campaign,\x1b[2Jx\nmarie@example.org,2024-03-04,\x1b[31mred,1\n", "sends")
    assert all(line.isprintable() for line in understood_text(file))


def test_every_remark_is_there_in_both_languages() -> None:
    assert all(len(sentences) == 2 and all(sentences) for sentences in SENTENCES.values())


@pytest.mark.parametrize(
    "content",
    [
        orders_on("25/03/2024", amount="1,50"),
        "Name,Email,Created at,Lineitem name,Lineitem quantity,Financial Status\n#1,a@example.org,2024-03-04,Tea,1,paid\n",
    ],
)
def test_what_was_understood_can_be_kept_and_given_again(reader: Reader, content: str) -> None:
    file = reader.recognise("orders.csv", content, "orders")
    kept = reader.file("mapping.toml", to_toml([file.mapping]))
    again = recognise(file.path, "orders", reader.settings, read_audit_mapping(kept)["orders"])
    assert tomllib.loads(kept.read_text())["orders"]["columns"] == file.mapping.columns
    assert again.mapping == file.mapping
    assert {one.sureness for one in again.found} == {"mapping"}


def test_a_mapping_wins_over_every_guess(reader: Reader) -> None:
    mapping = reader.file("m.toml", '[sends.columns]\nthing = "subject"\ncampaign = ""\n[sends.fixed]\nchannel = "sms"\n[sends.forms]\ndates = "month-first"\n')
    content = SENDS + "marie@example.org,03/04/2024,Spring,TEA,ignored\n"
    rows = reader.read(reader.recognise("sends.csv", content, "sends", mapping=read_audit_mapping(mapping)["sends"]))
    assert told(rows, "thing", "channel", "at") == [("TEA", Channel.SMS, at("2024-03-04 12:00", 1))]
    assert "campaign" not in rows[0]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[orders.columns]\nclient = 'x'", "m.toml speaks of “client”, which orders do not have; their fields are order, customer,"),
        ("[sales]\n", "m.toml has a table [sales]; an audit knows [sends], [orders],"),
        ("[orders]\ncolums = 1\n", "m.toml is not a mapping: Object contains unknown field `colums`"),
        ("[orders", "m.toml is not TOML in UTF-8"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(reader: Reader, mapping: str, sentence: str) -> None:
    with pytest.raises(BadInput) as said:
        read_audit_mapping(reader.file("m.toml", mapping))
    assert sentence in str(said.value)


def test_a_mapping_that_names_a_column_that_is_not_there_says_so(reader: Reader) -> None:
    with pytest.raises(BadInput, match=r"The mapping names the column “client”, which orders\.csv does not have\. It has the columns “order id”"):
        reader.recognise("orders.csv", orders_on("2024-03-04"), "orders", mapping={"columns": {"customer": "client"}})
