"""The leave to write that files tell: a no always narrows, a yes never comes after a no, and the order of files and rows decides nothing."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from habitue.app.imports.bringing import rehearse, take_in, understand_file
from habitue.app.merging import Pairing
from habitue.identity.visitors import visitor_key
from habitue.store import load_settings, open_truth
from habitue.words.errors import BadInput
from tests.in_side import exports
from tests.in_side.shop_files import Bringing

EMAIL = {"advice email", "offers email", "invitations email"}
LEDGER = 'kind = "consents"\ncustomers_by = "email"\n[fixed]\npurpose = "offers"\nchannel = "email"\n'
YES, NO, NOTHING = "yes", "no", "nothing"


@dataclass(frozen=True)
class Row:
    """What one row of a tool's file says of one person."""

    person: int
    word: str
    year: int

    @property
    def address(self) -> str:
        return f"her{self.person}@example.org"


@dataclass(frozen=True)
class File:
    tool: str
    rows: tuple[Row, ...]

    @property
    def heard(self) -> list[tuple[str, str, str]]:
        """Whose leave for what each row touches, and how."""
        purposes = ("offers email",) if self.tool == "ledger" else sorted(EMAIL)
        return [(row.address, purpose, self.word(row)) for row in self.rows for purpose in purposes]

    def word(self, row: Row) -> str:
        """What the tool can say: a list of subscribers knows only yes, an order says no no."""
        if self.tool in ("subscribed", "unsubscribed"):
            return YES if self.tool == "subscribed" else NO
        if self.tool == "orders":
            return YES if row.word == YES else NOTHING
        return NO if self.tool in ("shopify", "ledger") and row.word == NOTHING else row.word

    def bring(self, shop: Bringing, number: int) -> None:
        text, name = getattr(self, f"_{self.tool}")(), f"{self.tool}_{number}.csv"
        if self.tool == "ledger":
            shop.bring("", text, LEDGER, name)
        else:
            shop.export(name, text)

    def _subscribed(self) -> str:
        return exports.MAILCHIMP.format(more="") + "".join(exports.MEMBER.format(email=row.address, name="", more="") for row in self.rows)

    def _unsubscribed(self) -> str:
        told = (exports.MEMBER.format(email=row.address, name="", more=f'"{row.year}-05-01 08:00:00",') for row in self.rows)
        return exports.MAILCHIMP.format(more="UNSUB_TIME,") + "".join(told)

    def _klaviyo(self) -> str:
        words = {YES: "SUBSCRIBED", NO: "UNSUBSCRIBED", NOTHING: "NEVER_SUBSCRIBED"}
        told = (f"{row.address},K{row.person},{words[row.word]},{row.year}-03-01T10:00:00Z\n" for row in self.rows)
        return "Email,Klaviyo ID,Email Marketing Consent,Email Marketing Consent Timestamp\n" + "".join(told)

    def _brevo(self) -> str:
        words = {YES: "Yes;No", NO: "Yes;Yes", NOTHING: "No;No"}
        told = (f"{row.address};{words[row.word]};25-03-{row.year} 09:00:00;25-04-{row.year} 09:00:00\n" for row in self.rows)
        return "EMAIL;DOUBLE_OPT-IN;EMAIL_BLACKLISTED;ADDED_TIME;MODIFIED_TIME\n" + "".join(told)

    def _shopify(self) -> str:
        told = (f"'70{row.person},{row.address},{'yes' if row.word == YES else 'no'},0.00,0,no\n" for row in self.rows)
        return "Customer ID,Email,Accepts Email Marketing,Total Spent,Total Orders,Tax Exempt\n" + "".join(told)

    def _orders(self) -> str:
        told = (
            f"#{row.person}{place}{row.year},{row.address},{'yes' if row.word == YES else 'no'},EUR,{row.year}-03-04 18:05:12 +0100,1,Tea,3.00,T\n"
            for place, row in enumerate(self.rows)
        )
        return "Name,Email,Accepts Marketing,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n" + "".join(told)

    def _ledger(self) -> str:
        told = (f"{row.address},{row.year}-03-25,{'yes' if row.word == YES else 'no'}\n" for row in self.rows)
        return "customer,at,granted\n" + "".join(told)


ROWS = st.builds(Row, st.integers(0, 2), st.sampled_from((YES, YES, NO, NOTHING)), st.integers(2015, 2024))
TOOLS = ("subscribed", "unsubscribed", "klaviyo", "brevo", "shopify", "orders", "ledger")
FILES = st.lists(st.builds(File, st.sampled_from(TOOLS), st.lists(ROWS, min_size=1, max_size=5).map(tuple)), min_size=1, max_size=5)


def wanted(files: list[File]) -> dict[str, set[str]]:
    """Whoever said no anywhere has left; whoever said yes and never no has agreed."""
    heard = [word for file in files for word in file.heard]
    left = {(address, purpose) for address, purpose, word in heard if word == NO}
    agreed = {(address, purpose) for address, purpose, word in heard if word == YES} - left
    found: dict[str, set[str]] = {address: set() for address, _ in left}
    for address, purpose in agreed:
        found.setdefault(address, set()).add(purpose)
    return found


@given(FILES, st.randoms(use_true_random=False))
@runs(max_examples=15)
def test_in_whatever_order_files_and_rows_come_whoever_left_has_left(files: list[File], chance: Random) -> None:
    mixed = [File(file.tool, tuple(chance.sample(file.rows, len(file.rows)))) for file in chance.sample(files, len(files))]
    for order in (files, mixed, [*files, *mixed]):
        with tempfile.TemporaryDirectory() as folder:
            settings = load_settings(Path(folder) / "house", {})
            truth = open_truth(settings)
            shop = Bringing(truth, settings, Path(folder))
            for number, file in enumerate(order):
                file.bring(shop, number)
            found = shop.leave()
            truth.close()
        assert found == wanted(files)


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))))
def test_she_left_once_and_no_file_brings_her_back(shop: Bringing, order: tuple[int, ...]) -> None:
    files = [
        ("subscribed_1.csv", exports.MAILCHIMP_SUBSCRIBED),
        ("unsubscribed_1.csv", exports.MAILCHIMP_UNSUBSCRIBED.replace("lucie@", "nina@")),
        (
            "orders_export.csv",
            exports.SHOPIFY_ORDERS.replace("karim@", "nina@").replace("fulfilled,no", "fulfilled,yes"),
        ),
    ]
    reports = [report for which in order for report in shop.export(*files[which])]
    assert shop.leave()["nina@example.org"] == set()
    assert shop.leave()["jeanne.martin@example.org"] == EMAIL
    assert sum(report.leaves_refused for report in reports) == 3 * sum(which != 1 for which in order[order.index(1) :])


def test_what_she_says_herself_afterwards_holds_until_another_file_says_no(shop: Bringing) -> None:
    shop.export("unsubscribed_1.csv", exports.MAILCHIMP_UNSUBSCRIBED)
    seq, customer = shop.one("SELECT max(seq) + 1 FROM consent"), shop.one("SELECT max(customer_id) FROM consent")
    again = shop.one("SELECT max(known_at) FROM consent") + 86_400
    with shop.truth.transaction():
        shop.truth.run("UPDATE counter SET value = value + 1 WHERE name = 'seq'")
        shop.truth.run("INSERT INTO consent_fact (profile_id, known_at, seq, purpose, channel, is_granted) VALUES (?, ?, ?, 2, 1, 1)", (customer, again, seq))
    assert shop.leave() == {"lucie@example.org": {"offers email"}}
    shop.export("unsubscribed_1.csv", exports.MAILCHIMP_UNSUBSCRIBED)  # the same word again is no new one
    assert shop.leave() == {"lucie@example.org": {"offers email"}}
    (report,) = shop.export("list.csv", exports.KLAVIYO_PROFILES)
    assert (report.leaves_narrowed, shop.leave()["lucie@example.org"]) == (1, set())


def test_a_ledgers_yes_of_before_she_left_is_history_and_one_of_after_is_set_aside(shop: Bringing) -> None:
    rows = "customer,at,granted\nher@example.org,2019-03-01,yes\nher@example.org,2020-03-01,no\nher@example.org,2021-03-01,yes\n"
    report = shop.bring("", rows, LEDGER)
    assert (report.accepted, [line for line, _ in report.rejected], report.leaves_refused) == (2, [4], 1)
    assert [granted for (granted,) in shop.ask("SELECT is_granted FROM consent ORDER BY known_at")] == [1, 0]
    assert shop.bring("", rows, LEDGER).repeated == 2


def test_a_rehearsal_says_what_then_happens_and_writes_nothing(shop: Bringing) -> None:
    tables = ("event", "consent", "person", "profile", "identifier", "import_run", "import_reject", "orders", "touch", "item", "counter")
    files = [
        shop.understood(name, text)
        for name, text in (
            ("orders_export.csv", exports.SHOPIFY_ORDERS),
            ("unsubscribed_1.csv", exports.MAILCHIMP_UNSUBSCRIBED),
            ("events.csv", exports.KLAVIYO_EVENTS),
            ("products.csv", exports.SHOPIFY_PRODUCTS),
        )
    ]
    before = {name: sorted(map(str, shop.ask(f"SELECT * FROM {name}"))) for name in tables}
    foretold = rehearse(shop.truth, shop.settings, files)
    assert {name: sorted(map(str, shop.ask(f"SELECT * FROM {name}"))) for name in tables} == before
    assert not (shop.settings.data / "mappings").exists()
    happened = [shop.export(file.path.name, file.path.read_bytes()) for file in files]
    assert foretold == happened


def test_a_no_stays_with_the_address_that_said_it_when_a_merge_is_taken_apart(shop: Bringing) -> None:
    shop.export("customers_export.csv", exports.SHOPIFY_CUSTOMERS)
    shop.export("subscribed_1.csv", exports.MAILCHIMP_SUBSCRIBED)
    pair = Pairing(shop.truth, shop.settings, "7001", visitor_key("nina@example.org"), 1_750_000_000)
    with shop.truth.transaction():
        pair.merge()
    (left,) = shop.export("unsubscribed_1.csv", exports.MAILCHIMP_UNSUBSCRIBED.replace("lucie@", "nina@"))
    (back,) = shop.export("subscribed_2.csv", exports.MAILCHIMP_SUBSCRIBED)
    assert (left.leaves_narrowed, back.leaves_given, back.leaves_refused) == (3, 0, 6)
    with shop.truth.transaction():
        Pairing(shop.truth, shop.settings, "7001", visitor_key("nina@example.org"), 1_760_000_000).unmerge()
    assert {address: shop.leave()[address] for address in ("jeanne.martin@example.org", "nina@example.org")} == {
        "jeanne.martin@example.org": EMAIL,
        "nina@example.org": set(),
    }


LEDGERS = {
    "recognised by its columns, in French": (
        "",
        "N° client;Nom;Objet;Canal;Accord;Date;Preuve\nc1;Martin;conseils;e-mail;non;20/10/2023;carte\nc2;Roux;conseils;e-mail;oui;20/10/2023;",
    ),
    "in columns that are named like ours, but for the yes or no": (
        "consents",
        "customer,purpose,channel,at,accord\nc1,advice,email,2023-10-20,non\nc2,advice,email,2023-10-20,oui\n",
    ),
}


@pytest.mark.parametrize("which", LEDGERS)
def test_a_ledger_s_no_stays_a_no_however_its_column_is_called(shop: Bringing, which: str) -> None:
    shop.bring("customers", "customer,email\nc1,c1@example.org\nc2,c2@example.org\n")
    kind, content = LEDGERS[which]
    taken = take_in(shop.truth, shop.settings, understand_file(shop.file("accords.csv", content), shop.settings, kind))
    assert [(report.kind, report.accepted, report.rejected) for report in taken] == [("consents", 2, ())]
    assert shop.leave() == {"c1@example.org": set(), "c2@example.org": {"advice email"}}


@pytest.mark.parametrize("kind", ["", "consents"])
def test_a_ledger_in_which_nothing_tells_yes_from_no_is_not_read(shop: Bringing, kind: str) -> None:
    content = "customer,purpose,channel,at,réponse\nc1,advice,email,2023-10-20,jamais\nc2,advice,email,2023-10-20,toujours\n"
    with pytest.raises(BadInput, match="tells whether she agrees"):
        understand_file(shop.file("accords.csv", content), shop.settings, kind)
