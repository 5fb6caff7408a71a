"""Each named export, as its tool writes it, goes in without a mapping; what it tells is found in the truth, and what it does not tell is not."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from habitue.app.imports.bringing import keep_mapping, take_in, understand_file
from habitue.app.imports.importing import ImportReport
from habitue.app.imports.kinds import KINDS
from habitue.app.understanding.remarks import KINDS as NAMES_OF_KINDS
from habitue.app.understanding.remarks import LABELS
from habitue.identity.records import keys_of
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Kind, Place
from tests.in_side import exports
from tests.in_side.foreign_files import at
from tests.in_side.shop_files import Bringing

EMAIL = {"advice email", "offers email", "invitations email"}
PEOPLE = "SELECT given_name, family_name, email, phone, street, postcode, city FROM person ORDER BY email"
TOUCHES = """SELECT i.value, a.key, t.kind, t.channel, t.known_at, (SELECT count(*) FROM answer AS w WHERE w.touch_id = t.touch_id)
FROM touch AS t
JOIN action_key AS a ON a.action_id = t.action_id
JOIN profile AS p ON p.customer_id = t.customer_id
JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'email'
ORDER BY 1"""
CATALOGUE = """SELECT i.key, p.key, n.name FROM item AS i
JOIN item AS p ON p.item_id = i.parent_id
LEFT JOIN item_name AS n ON n.item_id = i.item_id AND n.language = 'en'
WHERE i.level = 1 ORDER BY 1"""

TYPES = """SELECT i.key, t.key FROM product JOIN item AS i ON i.item_id = product.product_id
JOIN item AS t ON t.item_id = product.type_id WHERE i.item_id <> t.item_id"""

NUMBERS = """SELECT e.value, c.value FROM identifier AS e
JOIN identifier AS c ON c.profile_id = e.profile_id AND c.kind = 'customer'
WHERE e.kind = 'email'"""


def books(report: ImportReport) -> tuple[int, int, int]:
    return report.accepted, report.repeated, report.rejected_rows


def numbers(shop: Bringing) -> dict[str, str]:
    """By address, the brand's own number of whoever has it; what we call her where she has none."""
    owners = shop.ask("SELECT e.value, p.customer_id FROM identifier AS e JOIN profile AS p ON p.profile_id = e.profile_id WHERE e.kind = 'email'")
    keys = keys_of(shop.truth, {customer for _, customer in owners})
    return {address: keys[customer][0] for address, customer in owners}


# Shopify


def test_shopifys_orders_bring_lines_people_and_the_leave_that_was_ticked(shop: Bringing) -> None:
    orders, people = shop.export("orders_export_1.csv", exports.SHOPIFY_ORDERS)
    assert (books(orders), books(people)) == ((3, 0, 2), (3, 0, 0))
    assert orders.rejected == ((5, "left out: Financial Status says “refunded”"), (6, "customer: nothing is written"))
    lines = [(order, product, quantity, amount) for _key, order, product, quantity, amount in shop.sums()]
    assert sorted(lines) == [("#1001", "BREAD", 1_000, 110), ("#1001", "VEAL", 2_000, 2_500), ("#1002", "Tea", 3_000, 900)]
    assert shop.ask("SELECT place, currency FROM (SELECT place, 'EUR' AS currency FROM orders) AS o ORDER BY 1") == [(Place.SHOP, "EUR"), (Place.WEB, "EUR")]
    assert shop.ask(PEOPLE)[0] == ("", "", "Jeanne.Martin@Example.org", "+33 6 12 34 56 78", "3 rue Haute", "69001", "Lyon")
    assert shop.leave() == {"jeanne.martin@example.org": EMAIL, "lucie@example.org": EMAIL}
    assert (people.leaves_given, orders.people_new, people.people_new) == (6, 2, 1)
    proofs = {body for (body,) in shop.ask("SELECT body FROM event WHERE name = 'Consent Given'")}
    assert all("Shopify, orders export, orders_export_1.csv: agreed (Accepts Marketing)" in body for body in proofs)


def test_shopifys_customers_have_numbers_and_who_was_known_by_her_address_gets_hers(shop: Bringing) -> None:
    shop.export("orders_export_1.csv", exports.SHOPIFY_ORDERS)
    before = shop.one("SELECT count(DISTINCT customer_id) FROM profile")
    (report,) = shop.export("customers_export.csv", exports.SHOPIFY_CUSTOMERS)
    assert (books(report), report.leaves_given, report.leaves_narrowed) == ((2, 0, 0), 0, 3)
    assert shop.one("SELECT count(DISTINCT customer_id) FROM profile") == before
    assert {address: number for address, number in numbers(shop).items() if address != "karim@example.org"} == {
        "jeanne.martin@example.org": "7001",
        "lucie@example.org": "7002",
    }
    assert numbers(shop)["karim@example.org"].startswith("visitor-")
    assert shop.leave() == {"jeanne.martin@example.org": EMAIL, "lucie@example.org": set()}
    assert ("Jeanne", "Martin") in [row[:2] for row in shop.ask(PEOPLE)]


def test_shopifys_variants_are_products_and_rows_of_pictures_are_none(shop: Bringing) -> None:
    (report,) = shop.export("products_export_1.csv", exports.SHOPIFY_PRODUCTS)
    assert books(report) == (3, 0, 0)
    assert shop.ask(CATALOGUE) == [("Tea", "Drinks/Tea", "Tea"), ("VEAL", "Veal/Paupiettes", "Paupiettes"), ("VEAL-4", "Veal/Paupiettes", "Paupiettes")]


@pytest.mark.parametrize(
    ("name", "content", "types"),
    [
        ("products_export_1.csv", exports.SHOPIFY_PRODUCTS, {"VEAL": "Veal/Paupiettes", "VEAL-4": "Veal/Paupiettes", "Tea": "Drinks/Tea"}),
        ("catalog.csv", exports.SQUARE_ITEM_LIBRARY, {"VEAL": "Meat/Paupiettes", "Tea": "Drinks/Tea"}),
        (
            "produits.csv",
            "Code article;Désignation;Famille;Rayon\nP1;Rôti;Porc;Boucherie\nP2;Jambon;Porc;Boucherie\n",
            {"P1": "Porc/Rôti", "P2": "Porc/Jambon"},
        ),
        (
            "produits.csv",
            "Code article;Désignation;Sous famille;Famille\nP1;Rôti 1 kg;Rôtis;Porc\nP2;Jambon;Jambons;Porc\n",
            {"P1": "Porc/Rôtis", "P2": "Porc/Jambons"},
        ),
    ],
)
def test_each_product_of_a_catalogue_has_a_type_so_that_it_can_be_a_habit(shop: Bringing, name: str, content: str, types: dict[str, str]) -> None:
    shop.export(name, content)
    assert dict(shop.ask(TYPES)) == types


# WooCommerce


def test_woocommerces_orders_come_in_by_address_and_cancelled_ones_do_not(shop: Bringing) -> None:
    orders, people = shop.export("orders-2024.csv", exports.WOO_ORDERS)
    assert (books(orders), people.people_new) == ((2, 0, 1), 1)
    assert sorted(row[1:] for row in shop.sums()) == [("2001", "BREAD", 1_000, 110), ("2001", "VEAL", 2_000, 2_500)]
    assert ("Jeanne", "Martin") in [row[:2] for row in shop.ask(PEOPLE)]
    assert shop.leave() == {}


def test_woocommerces_customers_are_people_without_leave(shop: Bringing) -> None:
    (report,) = shop.export("customers-report.csv", exports.WOO_CUSTOMERS)
    assert (books(report), shop.leave()) == ((1, 0, 0), {})
    assert shop.one("SELECT min(since_day) FROM customer") == parse_day("2021-05-02")


def test_woocommerces_products_stand_in_the_first_of_their_categories(shop: Bringing) -> None:
    (report,) = shop.export("wc-product-export.csv", exports.WOO_PRODUCTS)
    assert books(report) == (2, 0, 0)
    assert shop.ask(CATALOGUE) == [("TEA-G", "Tea - Green", "Tea - Green"), ("VEAL", "Meat/Veal", "Paupiettes")]


# Square


def test_squares_items_have_dollars_and_brackets_and_come_back(shop: Bringing) -> None:
    with pytest.raises(BadInput, match="are in USD, but this brand counts in EUR"):
        shop.understood("items-2024.csv", exports.SQUARE_ITEMS)
    (report,) = shop.export("items-2024.csv", exports.SQUARE_ITEMS.replace("$", "€"))
    assert (books(report), report.rejected) == ((2, 0, 1), ((4, "customer: nothing is written"),))
    assert shop.ask("SELECT sold_at, quantity_milli, amount_cents FROM orders ORDER BY sold_at") == [
        (at("2024-03-04 23:05:12"), 2_000, 2_350),
        (at("2024-03-06 14:00"), -1_000, -1_175),
    ]


def test_squares_customers_say_whether_they_subscribed(shop: Bringing) -> None:
    (report,) = shop.export("export-20240306.csv", exports.SQUARE_CUSTOMERS)
    assert (books(report), numbers(shop)["karim@example.org"]) == ((3, 0, 0), "KHSQ")
    assert shop.leave() == {"jeanne.martin@example.org": EMAIL, "lucie@example.org": set()}


def test_squares_item_library_is_a_catalogue_and_its_transactions_are_refused(shop: Bringing) -> None:
    shop.export("catalog.csv", exports.SQUARE_ITEM_LIBRARY)
    assert shop.ask(CATALOGUE) == [("Tea", "Drinks/Tea", "Tea"), ("VEAL", "Meat/Paupiettes", "Paupiettes")]
    with pytest.raises(BadInput, match="Items Detail CSV"):
        shop.understood("transactions.csv", "Date,Time,Gross Sales,Transaction ID,Card Brand,Description\n2024-03-04,18:05,$3,T1,Visa,2 x Tea\n")


# Mailchimp


def test_mailchimps_files_tell_by_their_names_who_is_subscribed(shop: Bringing) -> None:
    shop.export("customers_export.csv", exports.SHOPIFY_CUSTOMERS)
    (subscribed,) = shop.export("subscribed_email_audience_export_1.csv", exports.MAILCHIMP_SUBSCRIBED)
    (unsubscribed,) = shop.export("unsubscribed_email_audience_export_1.csv", exports.MAILCHIMP_UNSUBSCRIBED)
    (cleaned,) = shop.export("cleaned_email_audience_export_1.csv", exports.MAILCHIMP_CLEANED)
    assert [(report.people_new, report.leaves_given) for report in (subscribed, unsubscribed, cleaned)] == [(1, 3), (0, 0), (1, 0)]
    assert shop.leave() == {"jeanne.martin@example.org": EMAIL, "nina@example.org": EMAIL, "lucie@example.org": set(), "paul@example.org": set()}
    assert "Jeanne" in [row[0] for row in shop.ask(PEOPLE)]  # and not Jeannette, as the newsletter calls her
    assert shop.one("SELECT min(known_at) FROM consent WHERE is_granted = 1 AND customer_id = 3") == at("2020-01-02 09:00")


@pytest.mark.parametrize("name", ["nonsubscribed_email_audience_export_1.csv", "contacts.csv"])
def test_mailchimps_contacts_that_nobody_says_subscribed_have_given_no_leave(shop: Bringing, name: str) -> None:
    (report,) = shop.export(name, exports.MAILCHIMP_SUBSCRIBED)
    assert (books(report), shop.leave()) == ((2, 0, 0), {})


def test_mailchimps_recipients_are_touches_a_click_an_answer_and_an_open_is_none(shop: Bringing) -> None:
    (report,) = shop.export("March_recipes_sent_to.csv", exports.MAILCHIMP_RECIPIENTS)
    sent = (at("2024-03-05 09:00"),)
    assert books(report) == (2, 0, 0)
    assert shop.ask(TOUCHES) == [
        ("jeanne.martin@example.org", "mailchimp: March recipes", Kind.OFFER, Channel.EMAIL, *sent, 1),
        ("nina@example.org", "mailchimp: March recipes", Kind.OFFER, Channel.EMAIL, *sent, 0),
    ]
    assert shop.leave() == {}


def test_a_date_that_was_said_for_one_campaign_is_not_kept_for_the_next(shop: Bringing) -> None:
    file = shop.file("March_sent_to.csv", "Email Address,First Name,Member Rating,Opens,Clicks\njeanne.martin@example.org,Jeanne,4,2,1\n")
    with pytest.raises(BadInput, match=r"write \[sends.fixed\] at"):
        understand_file(file, shop.settings)
    said = shop.file("m.toml", '[sends.fixed]\nat = "2024-03-05 10:00"\ncampaign = "March"\n')
    brought = understand_file(file, shop.settings, mapping=said)
    assert keep_mapping(brought, shop.settings) is None
    assert [books(report) for report in take_in(shop.truth, shop.settings, brought)] == [(1, 0, 0)]
    assert [row[1:] for row in shop.ask(TOUCHES)] == [("mailchimp: March", Kind.OFFER, Channel.EMAIL, at("2024-03-05 09:00"), 1)]


# Klaviyo


def test_klaviyos_suppression_wins_over_its_consent(shop: Bringing) -> None:
    (report,) = shop.export("list-members.csv", exports.KLAVIYO_PROFILES)
    assert (report.accepted, report.rejected) == (5, ((6, "customer: nothing is written"),))
    assert shop.leave() == {"jeanne.martin@example.org": EMAIL, "lucie@example.org": set(), "paul@example.org": set()}
    assert shop.one("SELECT max(known_at) FROM consent WHERE is_granted = 1") == at("2022-01-05 10:00")


def test_klaviyos_events_are_touches_answers_and_withdrawals(shop: Bringing) -> None:
    shop.export("list-members.csv", exports.KLAVIYO_PROFILES)
    (report,) = shop.export("events.csv", exports.KLAVIYO_EVENTS)
    assert (books(report), report.notes) == ((3, 2, 0), ("Rows passed over, because “metric_name” says “Opened Email”: 1.",))
    assert [(row[0], row[1], row[-1]) for row in shop.ask(TOUCHES)] == [
        ("jeanne.martin@example.org", "klaviyo: March", 1),
        ("lucie@example.org", "klaviyo: March", 0),
    ]
    assert shop.leave()["jeanne.martin@example.org"] == EMAIL
    assert books(shop.export("events.csv", exports.KLAVIYO_EVENTS)[0]) == (0, 5, 0)


# Brevo


def test_brevos_blocklist_is_a_no_and_its_absence_no_yes(shop: Bringing) -> None:
    (report,) = shop.export("contacts.csv", exports.BREVO_CONTACTS)
    assert books(report) == (3, 0, 0)
    assert shop.leave() == {"jeanne.martin@example.org": EMAIL, "lucie@example.org": set()}


def test_brevos_log_keeps_what_was_sent_clicked_and_bounced_for_good(shop: Bringing) -> None:
    (report,) = shop.export("logs.csv", exports.BREVO_LOGS)
    assert books(report) == (3, 0, 0)
    assert [(row[0], row[-1]) for row in shop.ask(TOUCHES)] == [("jeanne.martin@example.org", 1)]
    assert shop.leave() == {"paul@example.org": set()}


# any other file


def test_a_french_tills_tickets_go_in_by_the_names_of_their_columns(shop: Bringing) -> None:
    content = "n° ticket;Code client;article;date;heure;qté;montant TTC\nT1;C17;VEAU;25/03/2024;18:05;2;12,50\nT2;C18;PAIN;26/03/2024;9:05;1;1,10\n"
    (report,) = shop.export("tickets.csv", content.encode("cp1252"))
    assert books(report) == (2, 0, 0)
    assert [row[0] for row in shop.sums()] == ["C17", "C18"]


def test_a_mailings_recipients_of_no_known_tool_go_in_by_the_names_of_their_columns(shop: Bringing) -> None:
    head = "Email;Campaign name;Send date;Open date;Click date;Unsubscribe date;Hard bounce\n"
    told = "25/03/2024 09:00;25/03/2024 09:05;{};{};{}\n"
    rows = [("jeanne@example.org", "25/03/2024 09:06", "", "no"), ("lucie@example.org", "", "26/03/2024 10:00", "no"), ("paul@example.org", "", "", "yes")]
    (report,) = shop.export("recipients.csv", head + "".join(f"{address};Veau;{told.format(*rest)}" for address, *rest in rows))
    assert books(report) == (3, 0, 0)
    assert [(row[0], row[-1]) for row in shop.ask(TOUCHES)] == [("jeanne@example.org", 1), ("lucie@example.org", 0)]
    assert shop.leave() == {"lucie@example.org": set(), "paul@example.org": set()}


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_every_kind_of_file_is_recognised_alike(shop: Bringing, suffix: str) -> None:
    table = {"Customer no": ["C1", "C2"], "First name": ["Jeanne", "Karim"], "E-mail": ["jeanne@example.org", "karim@example.org"], "Newsletter": ["yes", "no"]}
    (report,) = shop.export(f"people.{suffix}", written_as(suffix, table))
    assert (books(report), numbers(shop)) == ((2, 0, 0), {"jeanne@example.org": "C1", "karim@example.org": "C2"})
    assert shop.leave() == {"jeanne@example.org": EMAIL, "karim@example.org": set()}


def written_as(suffix: str, table: dict[str, list[Any]]) -> bytes:
    """A table as a file of that kind."""
    held, rows = io.BytesIO(), [list(table), *map(list, zip(*table.values(), strict=True))]
    if suffix == "parquet":
        pq.write_table(pa.table(table), held)
    elif suffix == "xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(held)
    elif suffix == "jsonl":
        held.write(b"".join(msgspec.json.encode(dict(zip(table, row, strict=True))) + b"\n" for row in rows[1:]))
    else:
        held.write(b"\xef\xbb\xbf" + "\r\n".join((";" if suffix == "csv" else "\t").join(row) for row in rows).encode())
    return held.getvalue()


def test_every_field_has_a_name_in_both_languages() -> None:
    assert {field.name for fields in KINDS.values() for field in fields} <= LABELS.keys()
    assert KINDS.keys() <= NAMES_OF_KINDS.keys()


def test_dates_that_may_be_two_are_asked_and_never_guessed(shop: Bringing) -> None:
    content = "order id,customer id,date,sku,quantity,amount\nB1,c1,03/04/2024,TEA,1,3.00\n"
    with pytest.raises(BadInput, match="--dates day-first or --dates month-first"):
        shop.export("orders.csv", content)
    shop.export("orders.csv", content, dates="day-first")
    assert shop.one("SELECT day FROM orders") == parse_day("2024-04-03")


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_figure_is_a_yes_only_where_it_is_one(shop: Bringing, suffix: str) -> None:
    rows = [["C1", "a@example.org", 1], ["C2", "b@example.org", 0], ["C3", "c@example.org", 2], *([f"D{n}", f"d{n}@example.org", 1] for n in range(9))]
    table = {name: [row[place] for row in rows] for place, name in enumerate(("Customer no", "E-mail", "Newsletter"))}
    file = shop.file(f"people.{suffix}", written_as(suffix, table if suffix == "parquet" else {name: list(map(str, cells)) for name, cells in table.items()}))
    assert "agrees_email" not in understand_file(file, shop.settings).parts[0].mapping.columns  # with a word that nobody knows, it may be anything
    said = shop.file("m.toml", '[customers.columns]\nagrees_email = "Newsletter"\n')
    (report,) = take_in(shop.truth, shop.settings, understand_file(file, shop.settings, mapping=said))
    assert [reason for _, reason in report.rejected] == ["agrees_email: “2” is neither yes nor no"]
    assert {address for address, leave in shop.leave().items() if leave} == {"a@example.org", *(f"d{n}@example.org" for n in range(9))}


def test_nobody_agrees_because_her_account_is_active(shop: Bringing) -> None:
    shop.export("clients.csv", "customer id,first name,email,status\nc1,Jeanne,jeanne@example.org,active\n")
    assert shop.leave() == {}


def test_an_address_that_several_people_use_is_nobodys_but_its_no_counts_for_each(shop: Bringing) -> None:
    shop.export("customers_export.csv", exports.SHOPIFY_CUSTOMERS)
    shop.export("export-1.csv", exports.SQUARE_CUSTOMERS)  # other numbers, the same addresses
    assert shop.leave()["jeanne.martin@example.org"] == EMAIL
    for _ in range(2):
        (report,) = shop.export("unsubscribed_1.csv", exports.MAILCHIMP_UNSUBSCRIBED.replace("lucie@", "jeanne.martin@"))
        assert report.rejected == ((2, "customer: several people use this address, so it is nobody's; a no of it counts for each of them"),)
        assert shop.one("SELECT count(*) FROM consent JOIN event USING (seq) WHERE is_granted = 0 AND body LIKE '%Mailchimp%'") == 6
    assert shop.leave()["jeanne.martin@example.org"] == set()
    orders, _ = shop.export("orders_export.csv", exports.SHOPIFY_ORDERS)
    assert [line for line, reason in orders.rejected if "several people" in reason] == [2, 3]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("Email Address\n", "no rows under"),
        ("a,b\n1,2\n", "is no export that is known"),
        ("\x00\x01\x02", "f.csv"),
        ("<html><body>Log in</body></html>\n", "f.csv"),
    ],
)
def test_what_cannot_be_understood_is_said_and_nothing_is_written(shop: Bringing, content: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        shop.export("f.csv", content)
    assert shop.one("SELECT count(*) FROM import_run") == 0


def test_sends_whose_subject_is_a_word_for_a_purpose_are_sends(shop: Bringing) -> None:
    content = "email,sent at,channel,campaign,subject,clicked\njeanne@example.org,2024-03-04 10:00,email,Mars,Newsletter,oui\n"
    assert [part.kind for part in shop.understood("envois.csv", content).parts] == ["sends"]
