"""Exports of known tools, byte for byte as the tools write them: given as they are, read right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app.understanding.customers import customers
from habitue.app.understanding.layouts import layouts
from habitue.app.understanding.layouts_file import MendedFile
from habitue.events.files import open_table
from habitue.events.tables import Batch, TableFile
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Place
from tests.conftest import MakeSettings
from tests.in_side.foreign_files import LATEST, Reader, at

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Accepts Marketing,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Billing Name,Billing Zip,Billing Phone,Id,Source\n"
)
WOO_FR = (
    '"Numéro de commande";"État de la commande";"Date de commande";"Prénom (Facturation)";"E-mail (Facturation)";UGS;"Nom de l’élément";'
    '"Quantité (- Remboursement)";"Prix du produit"\n'
)
SQUARE = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,"
    "Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID\n"
)
MAILCHIMP = '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS'
KLAVIYO = "event_id,timestamp,metric_name,email,channel,$message,campaign_name,$flow,flow_name,subject\n"
BREVO = "\ufeffCONTACT ID;EMAIL;LASTNAME;FIRSTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME\r\n"


@pytest.fixture
def reader(settings_for: MakeSettings, tmp_path: Path) -> Reader:
    return Reader(settings_for(), tmp_path)


def told(rows: list[dict[str, object]], *fields: str) -> list[tuple[object, ...]]:
    return [tuple(row[field] for field in fields) for row in rows]


# Shopify


def test_shopifys_blank_continuation_rows_keep_their_order_and_its_customer(reader: Reader) -> None:
    rows = reader.rows(
        "orders_export_1.csv",
        SHOPIFY
        + "#1001,Marie@example.org,paid,2024-03-04 18:06:00 +0100,fulfilled,yes,EUR,26.10,26.10,2024-03-04 18:05:12 +0100,2,Paupiettes,12.50,VEAL,"
        + "Marie,'75008,,'741,web\n"
        + "#1001,Marie@example.org,,,,,,,,,1,Bread,1.10,BREAD,,,,,\n"
        + "#1002,karim@example.org,paid,2024-03-05 09:00:00 +0100,fulfilled,no,EUR,3.00,3.00,2024-03-05 09:00:00 +0100,1,Tea,3.00,,Karim,'75009,,'742,pos\n",
        "orders",
    )
    assert told(rows, "line", "order", "customer", "product", "quantity", "price") == [
        (2, "#1001", "marie@example.org", "VEAL", 2_000, 125_000),
        (3, "#1001", "marie@example.org", "BREAD", 1_000, 11_000),
        (4, "#1002", "karim@example.org", "Tea", 1_000, 30_000),
    ]
    assert told(rows, "sold_at", "place") == [(at("2024-03-04 18:05:12", 1), Place.WEB)] * 2 + [(at("2024-03-05 09:00", 1), Place.SHOP)]


def test_shopifys_rows_without_even_the_orders_name_continue_the_order_above(reader: Reader) -> None:
    first = "#1001,marie@example.org,paid,,,,EUR,,,2024-03-04 18:05:12 +0100,2,Paupiettes,12.50,VEAL,,,,,\n"
    rows = reader.rows("orders.csv", SHOPIFY + first + ",,,,,,,,,,1,Bread,1.10,BREAD,,,,,\n", "orders")
    assert told(rows, "order", "customer", "product") == [("#1001", "marie@example.org", "VEAL"), ("#1001", "marie@example.org", "BREAD")]


def test_shopifys_guest_without_an_address_does_not_inherit_the_one_above(reader: Reader) -> None:
    row = "{},{},paid,,,,EUR,,,2024-03-04 18:05:12 +0100,1,Tea,3.00,TEA,,,,,\n"
    rows = reader.rows("orders.csv", SHOPIFY + row.format("#1", "marie@example.org") + row.format("#2", ""), "orders")
    assert told(rows, "order", "customer") == [("#1", "marie@example.org")]
    assert reader.rejected == [(3, "customer: nothing is written")]


def test_an_order_that_was_paid_back_is_set_aside_with_all_its_lines(reader: Reader) -> None:
    first = "#1001,marie@example.org,refunded,,,,EUR,,,2024-03-04 18:05:12 +0100,2,Paupiettes,12.50,VEAL,,,,,\n"
    other = first.replace("#1001", "#1002").replace("refunded", "paid")
    rows = reader.rows("orders.csv", SHOPIFY + first + "#1001,marie@example.org,,,,,,,,,1,Bread,1.10,BREAD,,,,,\n" + other, "orders")
    assert told(rows, "line", "order") == [(4, "#1002")]
    assert reader.rejected == [(line, "left out: Financial Status says “refunded”") for line in (2, 3)]
    assert reader.notes == ["Rows left out, because “Financial Status” says “refunded”: 2."]


class TwoByTwo:
    """A file that comes in batches of two rows."""

    def __init__(self, table: TableFile) -> None:
        self.table, self.columns, self.notes, self.close = table, table.columns, table.notes, table.close

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        for batch in self.table.batches(wanted):
            for n in range(0, len(batch.lines), 2):
                yield Batch(batch.lines[n : n + 2], {name: cells[n : n + 2] for name, cells in batch.columns.items()})


def test_an_order_goes_on_where_the_next_batch_begins(reader: Reader) -> None:
    first = "#{0},c{0}@example.org,paid,,,,EUR,,,2024-03-04 18:05:12 +0100,1,Tea,3.00,TEA,,,,,\n"
    more = "#{0},,,,,,,,,,1,Bread,1.10,BREAD,,,,,\n"
    file = reader.recognise("orders.csv", SHOPIFY + "".join(first.format(n) + 2 * more.format(n) for n in range(5)), "orders")
    with closing(MendedFile(TwoByTwo(open_table(file.path)), file.mapping, "orders.csv")) as table:
        rows = [row for values in file.reading(table, LATEST) for row in values.rows()]
    assert told(rows, "order", "customer") == [(f"#{n}", f"c{n}@example.org") for n in range(5) for _ in range(3)]


def test_shopifys_apostrophed_ids_are_numbers_again(reader: Reader) -> None:
    heading = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Phone,Total Spent,Total Orders,Tags\n"
    file = reader.recognise(
        "customers_export.csv", heading + "'7001,Marie,Martin,marie@example.org,yes,'+33600000001,12.00,1,\n'7002,K,B,,no,,0.00,0,\n", "consents"
    )
    assert [one.column for one in file.candidates] == ["Email", "Customer ID", "Phone"]
    rows = reader.read(file.by(file.candidates[1]))
    assert told(rows, "customer", "granted") == [("7001", 1), ("7002", 0)]


def test_a_column_of_the_layout_that_is_there_twice_is_not_read_by_luck(reader: Reader) -> None:
    row = "#1001,marie@example.org,paid,,,,EUR,,,2024-03-04 18:05:12 +0100,2,Tea,3.00,TEA,,,,,,K\n"
    with pytest.raises(BadInput, match=r"orders\.csv is read by its column “Email”, but two columns are named so; rename one of them\."):
        reader.recognise("orders.csv", SHOPIFY.strip() + ",Email\n" + row, "orders")


# WooCommerce


def test_woocommerce_in_french_with_semicolons_decimal_commas_and_an_old_encoding(reader: Reader) -> None:
    content = (
        "1501;Terminée;04/03/2024 18:05;Marie;marie@example.org;VEAU;Paupiettes;2;12,50\n;;;;;PAIN;Baguette à l’ancienne;1;1,10\n"
        "1502;Annulée;05/03/2024 18:05;Karim;karim@example.org;PAIN;Baguette;1;1,10\n1503;Terminée;25/03/2024 09:30;Karim;karim@example.org;;Thé;1;3,00\n"
    )
    rows = reader.rows("commandes.csv", (WOO_FR + content).encode("cp1252"), "orders")
    assert told(rows, "order", "customer", "product", "price") == [
        ("1501", "marie@example.org", "VEAU", 125_000),
        ("1501", "marie@example.org", "PAIN", 11_000),
        ("1503", "karim@example.org", "Thé", 30_000),
    ]
    assert told(rows, "sold_at", "name")[1] == (at("2024-03-04 18:05", 1), "Baguette à l’ancienne")
    assert reader.rejected == [(4, "left out: État de la commande says “Annulée”")]
    assert "read as Windows-1252, since it is not UTF-8" in reader.notes


def test_woocommerces_lines_that_stand_in_cells_become_rows_of_one_line(reader: Reader) -> None:
    heading = "order_id,order_number,order_date,status,billing_email,customer_id,line_item_1,line_item_2\n"
    cells = "name:Eggs|product_id:31|sku:|quantity:5|total:13.00|sub_total:13.00,name:Tea; green|product_id:32|sku:TEA|quantity:1|total:3.00"
    rows = reader.rows("order_export.csv", heading + f"9,9,2024-03-02 09:00:00,completed,marie@example.org,3,{cells}\n", "orders")
    assert told(rows, "line", "order", "product", "name", "quantity", "amount") == [
        (2, "9", "Eggs", "Eggs", 5_000, 1_300),
        (2, "9", "TEA", "Tea; green", 1_000, 300),
    ]


def test_woocommerces_lines_may_stand_in_one_cell(reader: Reader) -> None:
    heading = "order_id,order_number,date,status,billing_email,line_items\n"
    cell = "name:Eggs|sku:EGG|quantity:5|total:13.00|meta:;name:Tea|sku:TEA|quantity:1|total:3.00|meta:"
    rows = reader.rows("orders.csv", heading + f"9,9,2024-03-02 09:00:00,completed,marie@example.org,{cell}\n", "orders")
    assert told(rows, "product", "amount") == [("EGG", 1_300), ("TEA", 300)]


def test_woocommerces_own_report_is_refused_with_what_to_export_instead(reader: Reader) -> None:
    content = 'Date,Order #,Status,Customer,"Customer type",Product(s),"Items sold","Net sales"\n2024-03-02,9,completed,Marie M,new,"2× Tea",2,6\n'
    with pytest.raises(BadInput, match=r"wc-orders\.csv is WooCommerce's own report of orders, which names customers only by name"):
        reader.recognise("wc-orders.csv", content, "orders")


# Square


def test_squares_day_and_hour_are_joined_and_its_zone_is_understood(reader: Reader) -> None:
    row = "2024-03-04,18:05:00,Eastern Time (US & Canada),Ceramics,Mug,{}.0,Regular,MUG-1,,{},$0.00,{},$1.20,{},P,iPad,,,{},Fair,,CUST1,Marie M,\n"
    content = SQUARE + row.format(2, "$36.00", "$33.00", "T1", "Payment") + row.format(-1, "-$18.00", "-$16.50", "T2", "Refund")
    file = reader.recognise("items-2024.csv", content, "orders")
    rows = reader.read(file)
    assert file.mapping.currency == "USD"
    assert told(rows, "order", "customer", "product", "category", "quantity", "amount") == [
        ("T1", "CUST1", "MUG-1", "Ceramics", 2_000, 3_300),
        ("T2", "CUST1", "MUG-1", "Ceramics", -1_000, -1_650),
    ]
    assert told(rows, "sold_at") == [(at("2024-03-04 18:05", -5),)] * 2


# Mailchimp


def test_mailchimps_consent_stands_in_the_name_of_the_file(reader: Reader) -> None:
    row = 'marie@example.org,Marie,Martin,4,,,"2023-03-16 14:40:47",192.0.2.1,"2023-05-01 09:00:00",1,abc,,\n'
    subscribed = reader.rows("subscribed_members_export_1.csv", f"{MAILCHIMP}\n{row}", "consents")
    never = reader.rows("nonsubscribed_members_export_1.csv", f"{MAILCHIMP}\n{row}", "consents")
    assert told(subscribed, "customer", "granted", "at") == [("marie@example.org", 1, at("2023-03-16 14:40:47", 1))]
    assert told(never, "customer", "granted") == [("marie@example.org", 0)]
    assert "at" not in never[0]


@pytest.mark.parametrize(("name", "left"), [("unsubscribed_members_export_1.csv", "UNSUB_TIME"), ("cleaned_members_export_1.csv", "CLEAN_TIME")])
def test_who_left_mailchimp_had_agreed_before(reader: Reader, name: str, left: str) -> None:
    row = 'karim@example.org,K,B,4,"2023-03-16 14:40:47",,,,"2024-02-01 10:00:00",1,abc,,,"2024-02-01 10:00:00"\n'
    rows = reader.rows(name, f"{MAILCHIMP},{left}\n{row}", "consents")
    assert told(rows, "line", "granted", "at") == [(2, 0, at("2024-02-01 10:00", 1)), (2, 1, at("2023-03-16 14:40:47", 1))]


def test_who_left_mailchimp_is_still_known_by_her_address_alone(reader: Reader) -> None:
    row = 'karim@example.org,K,B,4,"2023-03-16 14:40:47",,,,"2024-02-01 10:00:00",1,abc,,,"2024-02-01 10:00:00"\n'
    file = reader.recognise("unsubscribed_members_export_1.csv", f"{MAILCHIMP},UNSUB_TIME\n{row}", "consents")
    assert customers(file, file.candidates[0], rows=0).to_pylist() == ["karim@example.org"]


def test_mailchimps_recipients_say_not_when_and_the_sentence_says_how_to(reader: Reader) -> None:
    content = '"Email Address","First Name","Last Name",MEMBER_RATING,Opens,Clicks\nmarie@example.org,Marie,Martin,4,3,2\nkarim@example.org,K,B,4,1,0\n'
    with pytest.raises(BadInput, match=r'If all were sent at once, write \[sends\.fixed\] at = "2024-03-05 10:00"'):
        reader.recognise("members_Spring.csv", content, "sends")
    file = reader.recognise("members_Spring.csv", content, "sends", mapping={"fixed": {"at": "2024-03-05 10:00", "campaign": "Spring"}})
    assert told(reader.read(file), "customer", "at", "campaign", "answered") == [
        ("marie@example.org", at("2024-03-05 10:00", 1), "Spring", 1),
        ("karim@example.org", at("2024-03-05 10:00", 1), "Spring", 0),
    ]


def test_mailchimps_totals_of_campaigns_are_refused(reader: Reader) -> None:
    content = 'Title,Subject,List,"Send Date","Send Weekday","Total Recipients","Unique Opens"\nA,Hi,Main,"Jun 09, 2018 09:30 pm",Saturday,110,30\n'
    with pytest.raises(BadInput, match="tells only how many got each campaign, not who"):
        reader.recognise("campaigns.csv", content, "sends")


# Klaviyo


def test_of_klaviyos_events_only_what_was_received_is_a_send(reader: Reader) -> None:
    rows = reader.rows(
        "events.csv",
        KLAVIYO
        + "1,2024-03-02T09:00:00+00:00,Received Email,marie@example.org,email,M1,Spring,,,Tea for you\n"
        + "2,2024-03-02T10:00:00+00:00,Opened Email,marie@example.org,email,M1,Spring,,,Tea for you\n"
        + "3,2024-03-03T09:00:00+00:00,Received SMS,karim@example.org,sms,M2,,F,Welcome,\n",
        "sends",
    )
    assert told(rows, "line", "customer", "channel", "campaign") == [
        (2, "marie@example.org", Channel.EMAIL, "Spring"),
        (4, "karim@example.org", Channel.SMS, "Welcome"),
    ]
    assert reader.rejected == []
    assert reader.notes == ["Rows passed over, because “metric_name” says “Opened Email”: 1."]


def test_klaviyos_profiles_tell_consent_in_capitals(reader: Reader) -> None:
    heading = "Email,Klaviyo ID,First Name,Email Marketing Consent,Email Marketing Consent Timestamp\n"
    people = "marie@example.org,1,M,SUBSCRIBED,2024-01-01T08:30:00Z\nkarim@example.org,2,K,NEVER_SUBSCRIBED,\n"
    people += "lucie@example.org,3,L,UNSUBSCRIBED,2024-02-01T08:30:00Z\n"
    rows = reader.rows("list.csv", heading + people, "consents")
    assert told(rows, "customer", "granted", "at") == [
        ("marie@example.org", 1, at("2024-01-01 08:30")),
        ("karim@example.org", 0, None),
        ("lucie@example.org", 0, at("2024-02-01 08:30")),
    ]


# Brevo


def test_brevos_contacts_with_semicolons_a_byte_order_mark_and_a_blocklist(reader: Reader) -> None:
    people = "1;marie@example.org;M;M;336;No;No;12-04-2022 09:30;13-04-2022 10:00\r\n2;karim@example.org;B;K;;Yes;No;02-04-2022 09:30;05-05-2022 10:00\r\n"
    rows = reader.rows("contacts.csv", BREVO + people, "consents")
    assert told(rows, "customer", "granted", "at") == [
        ("marie@example.org", 1, at("2022-04-12 09:30", 2)),
        ("karim@example.org", 0, at("2022-05-05 10:00", 2)),
        ("karim@example.org", 1, at("2022-04-02 09:30", 2)),
    ]


def test_brevos_log_is_read_by_what_was_sent_with_the_day_first(reader: Reader) -> None:
    heading = "st_text,ts,sub,frm,email,tag,mid,link\n"
    log = "{},03-04-2024 10:22:05,Bread today,shop@example.org,marie@example.org,NA,<1@example.org>,NA\n"
    rows = reader.rows("logs.csv", heading + log.format("Sent") + log.format("First opening"), "sends")
    assert told(rows, "customer", "at", "subject", "sender", "message") == [
        ("marie@example.org", at("2024-04-03 10:22:05", 2), "Bread today", "shop@example.org", "<1@example.org>")
    ]


# all of them


@pytest.mark.parametrize("name", layouts())
def test_every_layout_says_where_its_columns_were_learned_and_reads_a_file_of_its_own(name: str) -> None:
    layout = layouts()[name]
    heading = [group[0] for group in layout.must]
    assert layout.source
    assert layout.title.split(",")[0] == layout.title_fr.split(",")[0]
    assert layout.fits(heading, layout.file.replace("[-_ ]?", ""))
    assert bool(layout.refused) != bool(layout.columns or layout.brings)
    assert bool(layout.columns) <= bool(layout.kind)
