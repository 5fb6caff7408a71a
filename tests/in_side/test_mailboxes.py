"""Two numbers behind one address: whoever of them says no, that mailbox has left, in whatever order files, rows and shops tell it."""

from __future__ import annotations

from itertools import permutations, product

import msgspec
import pytest

from habitue.app.collect.sorting import Sorter
from habitue.app.imports.importing import import_file
from habitue.app.merging import Pairing
from habitue.app.pull.wording import words_for
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.store import Settings, clock_of
from habitue.words.clock import SystemClock, date_of, local_day_and_hour
from tests.in_side.shop_files import Bringing

HEAD = {
    "customers": "customer,email,phone,agrees_email,agrees_sms\n",
    "consents": "customer,purpose,channel,granted,at\n",
}
ROWS = {
    "customers by e-mail": ("customers", "1,a@example.org,,no,\n", "2, A@Example.org,,yes,\n"),
    "customers by text message": ("customers", "1,,06 10 00 00 01,,no\n", "2,,+33610000001,,yes\n"),
    "consents by e-mail": ("consents", "1,offers,email,no,2020-01-01\n", "2,offers,email,yes,2021-01-01\n"),
    "consents by text message": ("consents", "1,offers,sms,no,2021-01-01\n", "2,offers,sms,yes,2020-01-01\n"),
}
KNOWN = "customer,email,phone\n1,a@example.org,06 10 00 00 01\n2,a@example.org,06 10 00 00 01\n"
FRENCH = 'source = "shop"\ncountry = "FR"\n'
MAY_OFFER = """SELECT c.channel, c.is_granted FROM consent AS c JOIN profile AS p ON p.customer_id = c.customer_id
JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'customer' WHERE i.value = ? AND c.purpose = 2 ORDER BY c.known_at, c.seq"""


def allows(shop: Bringing, key: str) -> bool:
    """Whether the latest word of a number allows offers by any way."""
    return any(dict(shop.ask(MAY_OFFER, key)).values())


def taken_in(shop: Bringing, kind: str, content: str) -> None:
    """Imports that content; a yes that comes too late may be set aside."""
    path, mapping = shop.file("shop.csv", content), shop.file("mapping.toml", FRENCH)
    import_file(shop.truth, shop.settings, path, mapping, kind)


@pytest.mark.parametrize(("how", "is_one_file", "is_no_first"), list(product(ROWS, (True, False), (True, False))))
def test_a_no_at_an_address_is_no_for_whoever_else_has_it_in_any_order(shop: Bringing, how: str, is_one_file: bool, is_no_first: bool) -> None:
    kind, no, yes = ROWS[how]
    if kind == "consents":
        taken_in(shop, "customers", KNOWN)
    rows = (no, yes) if is_no_first else (yes, no)
    for content in ("".join(rows),) if is_one_file else rows:
        taken_in(shop, kind, HEAD[kind] + content)
    assert (allows(shop, "1"), allows(shop, "2")) == (False, False)


APART = (("consents", "1,offers,email,no,2020-01-01\n"), ("customers", "2,a@example.org,,yes,\n"), ("customers", "1,a@example.org,,,\n"))
LATER = (("customers", "1,a@example.org,,no,\n"), ("consents", "2,offers,email,yes,2021-01-01\n"), ("customers", "2,a@example.org,,,\n"))


@pytest.mark.parametrize("files", [*permutations(APART), *permutations(LATER)])
def test_it_does_not_matter_when_it_is_told_whose_the_address_is(shop: Bringing, files: tuple[tuple[str, str], ...]) -> None:
    taken_in(shop, "customers", "customer\n1\n2\n")
    for kind, row in files:
        taken_in(shop, kind, HEAD[kind] + row)
    assert (allows(shop, "1"), allows(shop, "2")) == (False, False)


@pytest.mark.parametrize("rows", list(permutations(("1,offers,email,no,2020-01-01", "2,offers,email,yes,2021-01-01"))))
def test_whom_a_person_has_told_apart_is_not_silenced_by_the_other(shop: Bringing, rows: tuple[str, str]) -> None:
    taken_in(shop, "customers", KNOWN)
    taken_in(shop, "consents", HEAD["consents"] + "2,offers,email,yes,2019-01-01\n")
    with shop.truth.transaction():
        Pairing(shop.truth, shop.settings, "1", "2", clock_of(shop.settings).instant()).say_household()
    taken_in(shop, "consents", HEAD["consents"] + "\n".join(rows) + "\n")
    assert (allows(shop, "1"), allows(shop, "2")) == (False, True)


def test_what_she_has_allowed_herself_since_is_not_undone_by_the_same_no_told_again(shop: Bringing) -> None:
    no = HEAD["customers"] + ROWS["customers by e-mail"][1]
    taken_in(shop, "customers", KNOWN)
    taken_in(shop, "customers", no)
    profile = shop.one("SELECT profile_id FROM identifier WHERE kind = 'customer' AND value = '2'")
    with shop.truth.transaction():
        at = clock_of(shop.settings).instant()
        row = (profile, at, shop.truth.next_seq())
        shop.truth.run("INSERT INTO consent_fact (profile_id, known_at, seq, purpose, channel, is_granted) VALUES (?, ?, ?, 2, 1, 1)", row)
    before = shop.one("SELECT COUNT(*) FROM consent")
    taken_in(shop, "customers", no)
    assert shop.one("SELECT COUNT(*) FROM consent") == before, "it is no news"
    taken_in(shop, "consents", HEAD["consents"] + "1,offers,email,no,2020-01-01\n")
    assert (allows(shop, "1"), allows(shop, "2")) == (False, True)


def joined(shop: Bringing, one: str, other: str, *, is_one: bool) -> None:
    with shop.truth.transaction():
        shop.truth.next_seq(0)
        pair = Pairing(shop.truth, shop.settings, one, other, clock_of(shop.settings).instant())
        (pair.merge if is_one else pair.unmerge)()


def test_an_old_no_outlasts_her_own_yes_also_while_she_is_taken_for_somebody_who_has_left(shop: Bringing) -> None:
    taken_in(shop, "customers", "customer\n1\n2\n")
    taken_in(shop, "consents", HEAD["consents"] + "1,offers,email,no,2022-01-01\n2,offers,email,yes,2021-01-01\n")
    joined(shop, "1", "2", is_one=True)
    taken_in(shop, "consents", HEAD["consents"] + "2,offers,email,no,2020-01-01\n")
    joined(shop, "1", "2", is_one=False)
    assert (allows(shop, "1"), allows(shop, "2")) == (False, False)


def test_a_no_at_her_address_is_hers_also_while_she_is_taken_for_somebody_who_has_left(shop: Bringing) -> None:
    taken_in(shop, "customers", "customer,email\n1,one@example.org\n2,a@example.org\n3,a@example.org\n")
    taken_in(shop, "consents", HEAD["consents"] + "1,offers,email,no,2022-01-01\n2,offers,email,yes,2021-01-01\n")
    joined(shop, "1", "2", is_one=True)
    taken_in(shop, "consents", HEAD["consents"] + "3,offers,email,no,2020-01-01\n")
    joined(shop, "1", "2", is_one=False)
    assert (allows(shop, "2"), allows(shop, "3")) == (False, False)


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("kind", ["consents", "customers"])
def test_a_no_of_today_does_not_wait_until_noon_nor_one_of_a_fast_clock_until_tomorrow(shop: Bringing, kind: str, days: int) -> None:
    taken_in(shop, "customers", KNOWN)
    taken_in(shop, "consents", HEAD["consents"] + "1,offers,email,yes,2020-01-01\n")
    now = SystemClock().instant()
    on = date_of(local_day_and_hour(now, shop.settings.zone)[0] + days)
    told = {"consents": f"{HEAD['consents']}1,offers,email,no,{on}\n", "customers": f"customer,agrees_email,agrees_email_at\n1,no,{on}\n"}
    taken_in(shop, kind, told[kind])
    assert shop.one("SELECT MAX(known_at) FROM consent WHERE is_granted = 0") <= SystemClock().instant()
    assert not allows(shop, "1")


CUSTOMERS = words_for("shopify", "customers")


def of_a_shop(number: int, state: str, at: str = "2026-11-02T10:00:00Z") -> dict[str, object]:
    word = {"state": state, "consent_updated_at": at}
    return {"id": number, "email": "a@example.org", "created_at": "2026-11-01T00:00:00Z", "updated_at": at, "email_marketing_consent": word}


@pytest.mark.parametrize(("is_at_once", "is_no_first"), list(product((True, False), (True, False))))
def test_of_two_accounts_of_a_shop_with_one_address_a_no_is_heard_in_any_company(
    shop: Bringing, settings: Settings, is_at_once: bool, is_no_first: bool
) -> None:
    with shop.truth.transaction():
        add_write_key(shop.truth, WriteKey("any", "any", "", is_server=True))
    sorter = Sorter(shop.truth, msgspec.structs.replace(settings, currency="EUR"))
    told = [of_a_shop(1, "unsubscribed"), of_a_shop(2, "subscribed")][:: 1 if is_no_first else -1]
    for some in (told,) if is_at_once else [[one] for one in told]:
        with shop.truth.transaction():
            write_down(shop.truth, [("any", 1_795_300_000, CUSTOMERS, 0, msgspec.json.encode(one)) for one in some])
        while sorter.sort_some():
            pass
    assert (allows(shop, "1"), allows(shop, "2")) == (False, False)


def test_a_no_of_a_shop_whose_clock_is_fast_holds_at_once(shop: Bringing, settings: Settings) -> None:
    with shop.truth.transaction():
        add_write_key(shop.truth, WriteKey("any", "any", "", is_server=True))
    received_at = 1_795_300_000
    sorter = Sorter(shop.truth, msgspec.structs.replace(settings, currency="EUR"))
    for state, at in (("subscribed", "2026-11-01T10:00:00Z"), ("unsubscribed", "2026-11-29T10:00:00Z")):
        with shop.truth.transaction():
            write_down(shop.truth, [("any", received_at, CUSTOMERS, 0, msgspec.json.encode(of_a_shop(1, state, at)))])
        while sorter.sort_some():
            pass
    assert shop.one("SELECT MAX(known_at) FROM consent WHERE is_granted = 0") <= received_at
    assert not allows(shop, "1")
