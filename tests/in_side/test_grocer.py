"""The real grocer, through the public door: every line arrives, sums are right, and a second import changes nothing."""

from __future__ import annotations

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace

from habitue.store import Settings
from habitue.workshop.grocer import grocer
from tests.in_side.shop_files import Bringing

DATA = grocer().file("transactions").parent
ORDERS = """kind = "orders"
source = "grocer"
[columns]
order = "basket_id"
customer = "household_id"
product = "product_id"
sold_at = "transaction_timestamp"
quantity = "quantity"
amount = "sales_value"
shop = "store_id"
[forms]
times_in = "UTC"
"""
PRODUCTS = """kind = "products"
[columns]
product = "product_id"
type = "product_type"
category = "product_category"
department = "department"
"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, zone="America/New_York", currency="USD", today="2017-11-02", is_demo=True)


def test_a_week_of_the_grocer_arrives_whole(shop: Bringing) -> None:
    table = pq.read_table(DATA / "transactions.parquet").slice(0, 20_000)
    pq.write_table(table, shop.folder / "week.parquet")
    report = shop.bring("orders", shop.folder / "week.parquet", ORDERS)
    assert (report.accepted, report.rejected_rows) == (20_000, 0)
    baskets, households = pc.count_distinct(table["basket_id"]).as_py(), pc.count_distinct(table["household_id"]).as_py()
    cents = sum(round(value * 100) for value in table["sales_value"].to_pylist())
    found = shop.ask("SELECT count(*), sum(amount_cents), sum(quantity_milli) FROM orders")
    assert [int(number) for number in found[0]] == [baskets, cents, pc.sum(table["quantity"]).as_py() * 1000]
    assert shop.one("SELECT count(*) FROM customer") == households
    assert shop.ask("SELECT min(order_key) FROM orders WHERE day = 17167 AND hour = 6") == [("31198570044",)]
    assert shop.bring("orders", shop.folder / "week.parquet", ORDERS).repeated == 20_000
    assert shop.one("SELECT count(*) FROM order_line") == 20_000


@pytest.mark.slow
def test_the_catalogue_has_every_product_with_its_type_or_none(shop: Bringing) -> None:
    report = shop.bring("products", DATA / "products.parquet", PRODUCTS)
    assert report.accepted == 92_331
    assert shop.one("SELECT count(*) FROM product WHERE type_id = 0 AND product_id > 0") == 528
    fluid = "SELECT c.key FROM item AS t JOIN item AS c ON c.item_id = t.parent_id WHERE t.level = 2 AND t.key = 'FLUID MILK PRODUCTS/FLUID MILK WHITE ONLY'"
    assert shop.ask(fluid) == [("FLUID MILK PRODUCTS",)]
