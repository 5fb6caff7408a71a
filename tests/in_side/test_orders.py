"""From a file of order lines to orders: what is new, known, changed, taken back, and to whom it belongs."""

from __future__ import annotations

from habitue.words.clock import parse_day
from habitue.words.vocabulary import Place
from tests.in_side.shop_files import ORDERS, Bringing

TWO_BASKETS = ORDERS + (
    "B1,martin,veal,2017-03-04 18:05:00,2,12.50\n"
    "B1,martin,bread,2017-03-04 18:05:00,1,1.10\n"
    "B2,karim,bread,2017-03-05 09:00:00,1,1.10\n"
)  # fmt: skip


def test_lines_of_one_order_become_one_order_with_its_local_hour(shop: Bringing) -> None:
    report = shop.bring("orders", TWO_BASKETS, '[forms]\ntimes_in = "UTC"')
    assert (report.accepted, report.repeated, report.rejected_rows) == (3, 0, 0)
    found = shop.ask("SELECT order_key, day, hour, weekday, quantity_milli, amount_cents, place FROM orders ORDER BY order_key")
    assert found == [
        ("B1", parse_day("2017-03-04"), 19, 6, 3000, 1360, Place.SHOP),
        ("B2", parse_day("2017-03-05"), 10, 7, 1000, 110, Place.SHOP),
    ]


def test_imported_history_is_known_as_of_when_it_happened(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    assert shop.ask("SELECT DISTINCT known_at - sold_at FROM orders") == [(0,)]
    assert shop.one("SELECT count(*) FROM event WHERE known_at <> at") == 0


def test_the_same_file_again_doubles_nothing(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    before = shop.ask("SELECT * FROM order_line"), shop.ask("SELECT * FROM orders"), shop.ask("SELECT * FROM event")
    report = shop.bring("orders", TWO_BASKETS)
    assert (report.accepted, report.repeated, report.rejected_rows) == (0, 3, 0)
    assert (shop.ask("SELECT * FROM order_line"), shop.ask("SELECT * FROM orders"), shop.ask("SELECT * FROM event")) == before


def test_the_same_lines_in_another_sequence_are_the_same_order(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    head, first, second, third = TWO_BASKETS.splitlines()
    assert shop.bring("orders", "\n".join((head, third, second, first))).repeated == 3


def test_an_order_that_the_source_tells_anew_is_corrected_not_overwritten(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    report = shop.bring("orders", TWO_BASKETS.replace("veal,2017-03-04 18:05:00,2,12.50", "veal,2017-03-04 18:05:00,1,6.25"))
    assert (report.changed, report.accepted, report.repeated) == (1, 2, 1)
    assert shop.sums() == [("karim", "B2", "bread", 1000, 110), ("martin", "B1", "bread", 1000, 110), ("martin", "B1", "veal", 1000, 625)]
    assert shop.ask("SELECT sum(quantity_milli), sum(amount_cents) FROM orders WHERE order_key = 'B1'") == [(2000, 735)]
    assert shop.ask("SELECT name FROM event ORDER BY seq")[-1] == ("Order Updated",)
    assert shop.one("SELECT max(known_at) FROM orders") > shop.one("SELECT max(sold_at) FROM orders")  # the change is news of today


def test_an_order_that_changes_back_is_right_again(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    before = shop.sums()
    shop.bring("orders", TWO_BASKETS.replace("B1,martin,veal", "B1,martin,liver"))
    assert shop.bring("orders", TWO_BASKETS).changed == 1
    assert shop.sums() == before
    assert shop.bring("orders", TWO_BASKETS).repeated == 3


def test_an_order_that_moves_to_another_day_leaves_nothing_behind(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    shop.bring("orders", TWO_BASKETS.replace("2017-03-04", "2017-03-02"))
    found = shop.ask("SELECT day, sum(quantity_milli), sum(amount_cents) FROM orders WHERE order_key = 'B1' GROUP BY day ORDER BY day")
    assert found == [(parse_day("2017-03-02"), 3000, 1360), (parse_day("2017-03-04"), 0, 0)]


def test_an_order_that_moves_to_another_customer_is_hers(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    shop.bring("orders", TWO_BASKETS.replace("B1,martin", "B1,lucie"))
    assert {(who, order) for who, order, *_ in shop.sums()} == {("karim", "B2"), ("lucie", "B1")}


def test_a_refund_goes_to_the_day_of_its_order_and_is_known_when_it_came(shop: Bringing) -> None:
    back = TWO_BASKETS + "B1,martin,veal,2017-03-11 10:00:00,-1,6.25\n"
    assert shop.bring("orders", back, 'negative = "refund"').accepted == 4
    assert ("martin", "B1", "veal", 1000, 625) in shop.sums()
    day, known = shop.ask("SELECT day, known_at FROM order_line WHERE quantity_milli < 0")[0]
    assert day == parse_day("2017-03-04")
    assert known > shop.one("SELECT max(known_at) FROM order_line WHERE quantity_milli > 0")
    assert shop.bring("orders", back, 'negative = "refund"').repeated == 4


def test_a_refund_outlives_a_correction_of_its_order(shop: Bringing) -> None:
    back = TWO_BASKETS + "B1,martin,veal,2017-03-11 10:00:00,-1,6.25\n"
    shop.bring("orders", back, 'negative = "refund"')
    shop.bring("orders", TWO_BASKETS.replace("veal,2017-03-04 18:05:00,2,12.50", "veal,2017-03-04 18:05:00,3,18.75"))
    assert ("martin", "B1", "veal", 2000, 1250) in shop.sums()


def test_a_refund_of_an_order_we_never_saw_stands_on_its_own_day(shop: Bringing) -> None:
    shop.bring("orders", ORDERS + "B0,martin,veal,2017-03-11 10:00:00,-1,6.25\n", 'negative = "refund"')
    assert shop.ask("SELECT day, quantity_milli, amount_cents FROM orders") == [(parse_day("2017-03-11"), -1000, -625)]


def test_without_a_word_in_the_mapping_a_negative_quantity_is_rejected(shop: Bringing) -> None:
    report = shop.bring("orders", TWO_BASKETS + "B1,martin,veal,2017-03-11 10:00:00,-1,6.25\n")
    assert report.accepted == 3
    assert report.rejected == ((5, 'quantity: it is negative; where that means a refund, write negative = "refund" in the mapping'),)


def test_an_order_may_be_scattered_over_the_file(shop: Bringing) -> None:
    head, first, second, third = TWO_BASKETS.splitlines()
    shop.bring("orders", "\n".join((head, first, third, second)))
    assert shop.ask("SELECT order_key, quantity_milli FROM orders ORDER BY order_key") == [("B1", 3000), ("B2", 1000)]


def test_an_order_that_stands_in_the_file_twice_counts_once(shop: Bringing) -> None:
    report = shop.bring("orders", TWO_BASKETS + "".join(TWO_BASKETS.splitlines(keepends=True)[1:]))
    assert (report.accepted, report.repeated) == (3, 3)
    assert shop.one("SELECT sum(quantity_milli) FROM order_line") == 4000


def test_two_equal_lines_side_by_side_are_two_things_bought(shop: Bringing) -> None:
    line = "B1,martin,veal,2017-03-04 18:05:00,1,6.25\n"
    assert shop.bring("orders", ORDERS + line + line).accepted == 2
    assert shop.sums() == [("martin", "B1", "veal", 2000, 1250)]


def test_where_lines_have_keys_the_same_line_is_never_counted_twice(shop: Bringing) -> None:
    head, line = ORDERS.strip() + ",line\n", "B1,martin,veal,2017-03-04 18:05:00,1,6.25,{}\n"
    report = shop.bring("orders", head + line.format(1) + line.format(1) + line.format(2))
    assert (report.accepted, report.repeated) == (2, 1)


def test_a_line_that_contradicts_its_order_is_listed_and_the_order_is_kept(shop: Bringing) -> None:
    report = shop.bring("orders", TWO_BASKETS + "B1,paul,tea,2017-03-04 18:05:00,1,3\nB2,karim,tea,2017-06-05 09:00:00,1,3\n")
    assert report.accepted == 3
    assert report.rejected == (
        (5, "order “B1” belongs to another customer on its first line, 2"),
        (6, "order “B2” was made on another day on its first line, 4"),
    )
    assert shop.ask("SELECT line, reason FROM import_reject WHERE run_id = ? ORDER BY line", report.run_id) == list(report.rejected)


def test_of_an_order_with_one_bad_line_the_other_lines_are_kept(shop: Bringing) -> None:
    report = shop.bring("orders", TWO_BASKETS.replace("1,1.10\nB2", "one,1.10\nB2"))
    assert report.rejected == ((3, "quantity: “one” is no number"),)
    assert ("martin", "B1", "veal", 2000, 1250) in shop.sums()


def test_a_price_of_one_becomes_the_amount_of_all(shop: Bringing) -> None:
    content = "order,customer,product,sold_at,quantity,price\nB1,martin,cheese,2017-03-04,0.345,19.90\nB2,martin,veal,2017-03-05,2,\n"
    report = shop.bring("orders", content)
    assert shop.sums() == [("martin", "B1", "cheese", 345, 687)]
    assert report.rejected == ((3, "amount: nothing is written"),)


def test_a_line_of_quantity_zero_is_kept_and_is_no_purchase(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS + "B2,karim,bag,2017-03-05 09:00:00,0,0\n")
    assert shop.one("SELECT count(*) FROM order_line") == 4
    assert shop.ask("SELECT quantity_milli FROM orders WHERE order_key = 'B2'") == [(1000,)]


def test_a_product_that_the_catalogue_lacks_is_put_there_of_unknown_type(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    assert shop.ask("SELECT i.key, p.type_id FROM item AS i JOIN product AS p ON p.product_id = i.item_id WHERE i.level = 1 ORDER BY i.key") == [
        ("bread", 0),
        ("veal", 0),
    ]


def test_orders_make_customers_known_from_their_first_fact_even_where_it_comes_in_later(shop: Bringing) -> None:
    shop.bring("orders", TWO_BASKETS)
    shop.bring("orders", ORDERS + "B0,martin,veal,2016-12-24 10:00:00,1,6.25\n")
    rows = shop.ask("SELECT c.known_at, c.seq, c.since_day FROM customer AS c WHERE c.customer_id = 2 ORDER BY c.known_at, c.seq")
    who = shop.one("SELECT p.customer_id FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id WHERE i.value = 'martin'")
    rows = shop.ask("SELECT known_at, seq, since_day FROM customer WHERE customer_id = ? ORDER BY known_at, seq", who)
    assert rows[0][2] == rows[-1][2] == parse_day("2016-12-24")
    assert rows[0][0] < rows[-1][0]


def test_the_shop_s_own_zone_decides_the_day(shop: Bringing) -> None:
    shop.ask("INSERT INTO shop (shop_id, key, name, zone) VALUES (99, 'NY', 'New York', 'America/New_York')")
    head = ORDERS.strip() + ",shop\n"
    shop.bring("orders", head + "B1,martin,veal,2017-03-04 02:00:00,1,6,NY\nB2,martin,veal,2017-03-04 02:00:00,1,6,Paris\n", '[forms]\ntimes_in = "UTC"')
    assert shop.ask("SELECT day, hour FROM orders ORDER BY order_key") == [(parse_day("2017-03-03"), 21), (parse_day("2017-03-04"), 3)]


def test_the_mapping_speaks_the_shop_s_language(shop: Bringing) -> None:
    mapping = """kind = "orders"
place = "web"
negative = "refund"
[columns]
order = "ticket"
customer = "client"
product = "article"
sold_at = "date"
quantity = "qté"
amount = "montant"
place = "lieu"
[words.place]
Boutique = "shop"
[forms]
dates = "day-first"
decimals = "comma"
"""
    content = "ticket;client;article;date;qté;montant;lieu\nT1;martin;veau;04/03/2017 18:05;1,5;1.234,56 €;Boutique\nT2;martin;veau;05/03/2017;1;2;\n"
    report = shop.bring("", content.encode("cp1252"), mapping)
    assert report.rejected == ()
    assert report.notes == ("read as Windows-1252, since it is not UTF-8",)
    assert shop.ask("SELECT place, hour, quantity_milli, amount_cents FROM orders ORDER BY order_key") == [
        (Place.SHOP, 18, 1500, 123456),
        (Place.WEB, 12, 1000, 200),
    ]
