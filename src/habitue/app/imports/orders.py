"""Importing orders: lines are read and set aside, put together to orders, and written some thousands of orders a transaction.

A kill at any moment leaves whole orders only; the next run repeats those that are written and goes on with the rest.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.erasure.forgotten import FORGOTTEN
from habitue.app.erasure.heeding import Heeding
from habitue.app.imports.grouping import Grouped, chunks, grouped
from habitue.app.imports.heeding import forgotten_orders
from habitue.app.imports.mapping import Mapping
from habitue.app.imports.reading import Reading, Values
from habitue.app.imports.report import Run
from habitue.app.imports.staging import SCHEMA, Staging
from habitue.app.imports.whose import known_or_new, refused
from habitue.app.listeners import record
from habitue.events.model import Occurrence, OrderCompleted, OrderLine, OrderRefunded, OrderUpdated
from habitue.events.shops import shop_zones
from habitue.identity.model import Who
from habitue.identity.records import who_is
from habitue.store import Truth
from habitue.words.clock import local_day_and_hour
from habitue.words.errors import BadInput, Busy
from habitue.words.vocabulary import Place

ORDERS_A_TRANSACTION = 10_000
PRICE_PARTS = 100_000  # thousandths × ten-thousandths of a unit, to cents
READING_SHARE = 0.25
LARGEST = 10**15
PLACES = {int(place): place for place in Place}
OrderKind = type[OrderCompleted] | type[OrderRefunded]
SEPARATOR = "\x1f"  # never part of a key
NEGATIVE = 'quantity: it is negative; where that means a refund, write negative = "refund" in the mapping'


class OrderImport:
    """One file of order lines on its way into the truth. Units: `now` is the receipt of changed orders, in UTC seconds."""

    def __init__(self, truth: Truth, reading: Reading, run: Run, folder: Path, now: int, heeding: Heeding) -> None:
        self.truth, self.reading, self.run, self.folder, self.now, self.heeding = truth, reading, run, folder, now, heeding
        self.mapping: Mapping = reading.mapping
        self.first_seen: dict[str, int] = {}
        if not reading.tells("amount") and not reading.tells("price"):
            raise BadInput("No column tells “amount” or “price” (of one); name one of them in the mapping file, under [columns].")
        if self.mapping.place.upper() not in Place.__members__:
            raise BadInput(f"The mapping's place “{self.mapping.place}” is none of {', '.join(Place.__members__).lower()}.")

    def import_all(self) -> None:
        """The whole file: first what was sold, then what came back."""
        with Staging(self.folder) as sales, Staging(self.folder) as refunds:
            for values in self.reading:
                self._stage(self._lines(values), sales, refunds)
                self.run.tell(values.share * READING_SHARE)
            self.total, self.done = max(1, sales.line_count + refunds.line_count), 0
            for staging, event in ((sales, OrderCompleted), (refunds, OrderRefunded)):
                for table in staging.groups():
                    self._group(table, event)

    def _lines(self, values: Values) -> pa.Table:
        """The usable lines of a batch in the staging's columns; the others are rejected with their reasons."""
        quantity = values.column("quantity", 0).to_numpy()
        amount, reasons = self._amounts(values, quantity)
        if self.mapping.negative == "reject":
            reasons |= dict.fromkeys(np.flatnonzero(quantity < 0).tolist(), NEGATIVE)
        else:
            amount = np.where(quantity < 0, -np.abs(amount), amount)
        columns = {name: values.column(name, "") for name in ("order", "customer", "product", "shop")}
        columns["line_key"] = values.fields.get("line", pa.nulls(len(values.lines), pa.string()))
        columns["gift"] = values.column("gift", 0)
        columns |= {"line": pa.array(values.lines), "at": values.column("sold_at", 0), "quantity": pa.array(quantity)}
        columns |= {"place": values.column("place", int(Place[self.mapping.place.upper()])), "amount": pa.array(amount)}
        table = pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)
        if self.mapping.customers_by != "customer":
            nobody = refused(self.truth, self.mapping.customers_by, pc.unique(columns["customer"]).to_pylist(), self.mapping.country)
            reasons |= {row: nobody[key] for row, key in enumerate(columns["customer"].to_pylist()) if key in nobody} if nobody else {}
        with self.truth.transaction():
            self.run.reject([*values.rejected, *((int(values.lines[row]), reason) for row, reason in reasons.items())])
        return _without(table, list(reasons))

    def _amounts(self, values: Values, quantity: np.ndarray) -> tuple[np.ndarray, dict[int, str]]:
        """Cents of each line, from its amount or else from price × quantity, and the reason of each line that has none."""
        amounts = values.fields.get("amount", pa.nulls(len(values.lines), pa.int64()))
        reasons: dict[int, str] = {}
        if "price" in values.fields:
            price = values.fields["price"]
            exact = pc.fill_null(price, 0).to_numpy().astype(object) * quantity  # Python's integers: no product is too large
            cents = [(abs(value) + PRICE_PARTS // 2) // PRICE_PARTS * (1 if value >= 0 else -1) for value in exact]
            reasons = {row: "price: price × quantity is too large to be true" for row, value in enumerate(cents) if abs(value) > LARGEST}
            product = pa.array([0 if row in reasons else value for row, value in enumerate(cents)], pa.int64())
            amounts = pc.coalesce(amounts, pc.if_else(price.is_null(), pa.scalar(None, pa.int64()), product))
        missing = np.flatnonzero(amounts.is_null().to_numpy(zero_copy_only=False)).tolist()
        return pc.fill_null(amounts, 0).to_numpy(), reasons | dict.fromkeys(missing, "amount: nothing is written")

    def _stage(self, table: pa.Table, sales: Staging, refunds: Staging) -> None:
        """Each refund is an event of its own, so its key is the order's and its instant."""
        if self.mapping.customers_by in ("customer", "email"):
            seen = table.group_by("customer").aggregate([("at", "min")])
            for key, at in zip(seen["customer"].to_pylist(), seen["at_min"].to_pylist(), strict=True):
                self.first_seen[key] = min(at, self.first_seen.get(key, at))
        is_refund = pc.less(table["quantity"], 0)
        sales.add(table.filter(pc.invert(is_refund)))
        back = table.filter(is_refund)
        keys = pc.binary_join_element_wise(back["order"], back["at"].cast(pa.string()), SEPARATOR)
        refunds.add(back.set_column(SCHEMA.names.index("order"), "order", keys))

    def _group(self, table: pa.Table, event: OrderKind) -> None:
        orders, contradictions, twice = grouped(table)
        with self.truth.transaction():
            self.truth.next_seq(0)  # waits for whoever is writing, so that nobody is welcomed twice
            self.run.reject(contradictions)
            gone = self._forgotten(orders)
            who = self._who([key for n, key in enumerate(orders.customer_keys) if n not in gone])
            self.heeding.say_again()
        self.run.repeated += twice
        self.done += twice + len(contradictions)
        zones = shop_zones(self.truth, orders.shop_keys)
        for numbers in chunks(len(orders.order_keys), ORDERS_A_TRANSACTION):
            told = [(n, lines) for n, lines in zip(numbers, orders.lines_of(numbers), strict=True) if n not in gone]
            self._write(orders, numbers, {n: self._occurrence(orders, n, event, lines, who, zones) for n, lines in told})

    def _forgotten(self, orders: Grouped) -> set[int]:
        """The orders of people who were forgotten: they are set aside, and counted."""
        told = [(customer, key.partition(SEPARATOR)[0], at) for customer, key, at in zip(orders.customer_keys, orders.order_keys, orders.sold_at, strict=True)]
        gone = forgotten_orders(self.heeding, self.mapping.customers_by, self.mapping.source, told)
        self.run.reject([(line, FORGOTTEN) for n in sorted(gone) for line in orders.numbers_of(n)])
        self.heeding.count("files", len(gone), self.now)
        for key in {orders.customer_keys[n] for n in gone}:  # who comes back is new: known since what is kept of her
            since = [at for n, at in enumerate(orders.sold_at) if orders.customer_keys[n] == key and n not in gone]
            self.first_seen[key] = min(since, default=self.now)
        return gone

    def _who(self, keys: list[str]) -> dict[str, Who]:
        wanted, by, country = dict.fromkeys(keys), self.mapping.customers_by, self.mapping.country
        self.run.people_new += len(wanted.keys() - who_is(self.truth, by, wanted, country).keys())
        who = known_or_new(self.truth, by, {key: self.first_seen.get(key, 0) for key in wanted}, self.mapping.zone, country=country)
        if len(who) < len(wanted):
            raise Busy("An address of this file turned out to be that of several people while it was read; run the same import again.")
        return who

    def _occurrence(self, orders: Grouped, n: int, kind: OrderKind, lines: tuple[OrderLine, ...], who: dict[str, Who], zones: dict[str, str]) -> Occurrence:
        at, shop_key, customer = orders.sold_at[n], orders.shop_keys[n], who[orders.customer_keys[n]]
        key, _, _ = orders.order_keys[n].partition(SEPARATOR)
        message_id = key if kind is OrderCompleted else f"{key} refund {at}"
        event = kind(key, at, PLACES[orders.places[n]], shop_key, self.mapping.currency, lines, orders.gifts.get(n, ()))
        day, hour = local_day_and_hour(at, zones.get(shop_key, self.mapping.zone))
        return Occurrence(event, self.mapping.source, message_id, customer.profile_id, at, day, hour, at)

    def _write(self, orders: Grouped, numbers: range, occurrences: dict[int, Occurrence]) -> None:
        """One transaction: events, orders, lines and rejected rows, all or nothing."""
        place = {what.message_id: n for n, what in occurrences.items()}
        with self.truth.transaction():
            appended = record(self.truth, list(occurrences.values()), self.mapping.zone, self.now)
            refused = [(line, reason) for what, reason in appended.refused for line in orders.numbers_of(place[what.message_id])]
            self.run.reject(refused)
        self.run.accepted += sum(orders.size_of(place[new.what.message_id]) for new in appended.recorded)
        self.run.repeated += sum(orders.size_of(place[what.message_id]) for what in appended.repeated)
        self.run.changed += sum(isinstance(new.what.event, OrderUpdated) for new in appended.recorded)
        self.done += orders.starts[numbers.stop] - orders.starts[numbers.start]
        self.run.tell(READING_SHARE + (1 - READING_SHARE) * self.done / self.total)


def _without(table: pa.Table, rows: list[int]) -> pa.Table:
    if not rows:
        return table
    good = np.ones(len(table), bool)
    good[rows] = False
    return table.filter(pa.array(good))
