"""The suppression list: who left stays left at that address, whatever is imported, merged, erased or set back; only she herself comes back."""

from __future__ import annotations

import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from habitue.app import House, plan_day
from habitue.app.backup.carrying_over import carry_over
from habitue.app.erasure.forgetting import forget
from habitue.app.imports.rehearsing import rehearsing
from habitue.app.leaving import Said, say_leave
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.consent.suppression import addresses_of, bring_level, suppress, suppressed_at
from habitue.consent.suppression_file import FILE, LENGTH, Line, add_lines, count_lines, last_line, lines
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.model import Person
from habitue.identity.records import add_identifiers, who_is
from habitue.identity.rules import letter_address
from habitue.words.errors import StoreError
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Collected, Purpose
from tests.cast import CONSENTS, ORDERS, Shop, thanks, weekly
from tests.consent.setting_back import Backup
from tests.consent.test_claim import claimed
from tests.forget.test_forgetting import sort

MARTIN = ("email", "jeanne@example.org")
ADVICE_BY_EMAIL = (Purpose.ADVICE,), (Channel.EMAIL,)
NO_ADVICE = Said(False, *ADVICE_BY_EMAIL)
YES_ADVICE = Said(True, *ADVICE_BY_EMAIL)


def is_out(house: House) -> bool:
    return suppressed_at(house.truth, [MARTIN], Purpose.ADVICE, Channel.EMAIL)


def assert_both_alike(house: House) -> None:
    """The list in the truth and the file beside it say the same."""
    kept = house.truth.run("SELECT address_hash, purpose, channel, at, number, is_lifted FROM suppression")
    beside = lines(house.settings.data)
    assert {Line(bytes(row[0]), *row[1:]) for row in kept} == set(beside)
    assert len(kept) == len(beside)


def test_her_no_is_on_the_list_by_hash_alone_and_in_the_file_before_anybody_is_told(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "martin", NO_ADVICE)
        assert is_out(house)
        assert_both_alike(house)
        file = shop.settings.data / FILE
        assert count_lines(shop.settings.data) == file.stat().st_size // LENGTH
        assert b"jeanne" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        say_leave(house, "martin", NO_ADVICE)
        assert_both_alike(house)


@pytest.mark.parametrize("how", [Collected.COUNTER, Collected.HER_PAGE, Collected.FORM])
def test_her_own_later_yes_lifts_it(shop: Shop, how: Collected) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "martin", NO_ADVICE)
        say_leave(house, "martin", Said(True, *ADVICE_BY_EMAIL, collected=how))
        assert not is_out(house)
        assert_both_alike(house)
        say_leave(house, "martin", NO_ADVICE)
        assert is_out(house)


def test_a_file_puts_on_the_list_and_lifts_nothing(shop: Shop) -> None:
    shop.bring("consents", CONSENTS + "martin,advice,email,no,2017-10-20\n")
    with shop.book(thanks()).open() as house:
        assert is_out(house)
    shop.bring("customers", "customer,since,email\nmartin-again,2017-10-20,jeanne@example.org\n")
    with shop.open() as house, house.truth.transaction():
        house.truth.run("DELETE FROM consent_fact WHERE is_granted = 0")  # as if the ledger had lost it
    shop.bring("consents", CONSENTS + "martin,advice,email,yes,2017-10-30\nmartin-again,advice,email,yes,2017-10-30\n")
    with shop.open() as house:
        assert is_out(house)
        assert_both_alike(house)
        plan_day(house)
        assert claimed(house, "martin").reason == Reason.NO_CONSENT


def test_a_rehearsal_puts_nobody_on_the_list(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        before = count_lines(shop.settings.data)
        with rehearsing(house.truth) as stage:
            suppress(stage, *MARTIN, [(Purpose.ADVICE, Channel.EMAIL)], house.clock.instant())
        assert not is_out(house)
        assert count_lines(shop.settings.data) == before


def test_what_could_not_be_written_beside_is_not_written_down_at_all(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        (shop.settings.data / FILE).rename(shop.settings.data / "aside")
        (shop.settings.data / FILE).mkdir()
        with pytest.raises(StoreError):
            say_leave(house, "martin", NO_ADVICE)
        (shop.settings.data / FILE).rmdir()
        (shop.settings.data / "aside").rename(shop.settings.data / FILE)
        assert not is_out(house)
        say_leave(house, "martin", NO_ADVICE)
        assert is_out(house)


def test_an_address_that_nobody_has_is_out_before_it_comes(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        with house.truth.transaction():
            suppress(house.truth, "email", " NEW@example.org ", [(Purpose.ADVICE, Channel.EMAIL)], house.clock.instant())
        plan_day(house)
        with house.truth.transaction():
            add_identifiers(house.truth, "email", [("new@example.org", who_is(house.truth, "customer", ["martin"])["martin"].profile_id)])
        assert claimed(house, "martin").reason == Reason.NO_CONSENT


def test_last_week_s_database_brings_nobody_back(shop: Shop, tmp_path: Path) -> None:
    with shop.book(thanks()).open():
        pass
    backup = Backup(shop.settings, tmp_path / "backup")
    backup.make()
    with shop.open() as house:
        say_leave(house, "martin", NO_ADVICE)
    backup.set_back()
    with shop.open() as house:
        assert is_out(house)
        assert_both_alike(house)
        plan_day(house)
        assert claimed(house, "martin").reason == Reason.NO_CONSENT
        say_leave(house, "martin", YES_ADVICE)
        assert not is_out(house)


def test_a_database_that_is_set_back_behind_our_backs_brings_nobody_back_either(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "martin", NO_ADVICE)
        with house.truth.transaction():
            house.truth.run("DELETE FROM suppression")
            house.truth.run("DELETE FROM consent_fact WHERE is_granted = 0")
        plan_day(house)
        assert claimed(house, "martin").reason == Reason.NO_CONSENT
        with house.truth.transaction():
            house.truth.run("DELETE FROM suppression")
        say_leave(house, "karim", NO_ADVICE)
        assert is_out(house)
        assert_both_alike(house)


def test_a_file_that_was_lost_is_written_anew_from_the_truth(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "martin", NO_ADVICE)
        before = count_lines(shop.settings.data)
    (shop.settings.data / FILE).unlink()
    with shop.open() as house:
        assert_both_alike(house)
        assert count_lines(shop.settings.data) == before > 0


def test_a_torn_last_line_is_cut_off_and_a_broken_one_within_is_told(tmp_path: Path) -> None:
    first, second, third = (Line(bytes([n]) * 32, 1, 1, 1_500_000_000 + n, n, 0) for n in range(3))
    add_lines(tmp_path, [first, second])
    whole = (tmp_path / FILE).read_bytes()
    for kept in range(LENGTH + 1, 2 * LENGTH):
        (tmp_path / FILE).write_bytes(whole[:kept])
        assert (lines(tmp_path), last_line(tmp_path)) == ([first], first)
    add_lines(tmp_path, [third])
    assert lines(tmp_path) == [first, third]
    (tmp_path / FILE).write_bytes(b"9" + (tmp_path / FILE).read_bytes()[1:])
    with pytest.raises(StoreError, match="Line 1 of suppression"):
        lines(tmp_path)
    (tmp_path / FILE).write_bytes(whole[:LENGTH] + b"\0" * LENGTH)
    assert lines(tmp_path) == [first]


@pytest.mark.parametrize("count", [1, 2, 5, 300])
def test_a_file_that_is_damaged_as_a_whole_is_told_and_left_as_it_is(tmp_path: Path, count: int) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    target.mkdir()
    add_lines(source, [Line(bytes(32), 1, 1, 1_500_000_000 + n, n, 0) for n in range(count)])
    sound = (source / FILE).read_bytes()
    for broken in (sound.replace(b"\n", b"\r\n"), sound[1:] + b"\n", sound[:-20] + b"!" + sound[-19:]):
        (source / FILE).write_bytes(broken)
        for reads in (
            lines,
            count_lines,
            last_line,
            lambda folder: carry_over(folder, target, ""),
            lambda folder: add_lines(folder, [Line(bytes(32), 1, 1, 9, 9, 0)]),
        ):
            with pytest.raises(StoreError, match=r"of suppression\.list cannot be read.*from a copy"):
                reads(source)
        assert (source / FILE).read_bytes() == broken
    (source / FILE).write_bytes(sound + sound[:50] + bytes(3 * LENGTH))
    assert count_lines(source) == count, "what a power cut left of several lines is none"
    assert carry_over(source, target, "")
    assert count_lines(target) == count


def test_two_houses_with_one_database_have_the_whole_list_each(shop: Shop, tmp_path: Path) -> None:
    """Two machines: one PostgreSQL, a folder each."""
    with shop.book(thanks()).open() as house:
        say_leave(house, "martin", NO_ADVICE)
        other = tmp_path / "other"
        other.mkdir()
        shutil.copy(shop.settings.data / "house.key", other / "house.key")
        here, house.truth.folder = house.truth.folder, other
        with house.truth.transaction():
            bring_level(house.truth)
        assert set(lines(other)) == set(lines(here))


CARD = thanks(key='"card"', channels='["post"]')
ROSE = "customer,since,title,given_name,family_name,street,postcode,city\n{key},2017-02-02,Mme,{name},3 rue des Prés,69001,Lyon\n"
CARDS = CONSENTS + "{key},advice,post,yes,2017-10-01\n"
NO_POST = Said(False, (Purpose.ADVICE,), (Channel.POST,))


def rose(shop: Shop, key: str = "rose", name: str = "Rose,Lenoir") -> Shop:
    """She buys, and allows cards."""
    shop.bring("customers", ROSE.format(key=key, name=name))
    shop.bring("orders", ORDERS + weekly(key))
    shop.bring("consents", CARDS.format(key=key))
    return shop.book(CARD)


def card_for(shop: Shop, key: str) -> Reason:
    with shop.open() as house:
        plan_day(house)
        return claimed(house, key).reason


def test_a_no_to_post_outlives_last_week_s_database(shop: Shop, tmp_path: Path) -> None:
    with rose(shop).open():
        pass
    backup = Backup(shop.settings, tmp_path / "backup")
    backup.make()
    with shop.open() as house:
        say_leave(house, "rose", NO_POST)
        assert_both_alike(house)
        assert b"rose" not in (shop.settings.data / FILE).read_bytes()
    backup.set_back()
    assert card_for(shop, "rose") == Reason.NO_CONSENT
    with shop.open() as house:
        say_leave(house, "rose", Said(True, (Purpose.ADVICE,), (Channel.POST,)))
        assert not suppressed_at(house.truth, [("customer", "rose")], Purpose.ADVICE, Channel.POST)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("LENOIR,rose", Reason.NO_CONSENT), ("Rosé,Lenoir", Reason.NO_CONSENT), ("Émile,Lenoir", Reason.SAID), ("Rose,", Reason.SAID)],
)
def test_another_number_with_the_same_name_and_street_gets_no_card_either(shop: Shop, name: str, reason: Reason) -> None:
    with rose(shop).open() as house:
        say_leave(house, "rose", NO_POST)
    assert card_for(rose(shop, "r-2", name), "r-2") == reason


@pytest.mark.parametrize("other", ["Marie Claire,Le Cœur", "MARIE-CLAIRE,LeCoeur", "Le Coeur,Marie-Claire", "Marieclaire,Le’Cœur"])
def test_a_name_is_one_name_however_its_parts_are_joined(other: str) -> None:
    def at_home(given: str, family: str) -> Person:
        return Person(given_name=given, family_name=family, street="3, rue des Prés", postcode="69001")

    one = at_home("Marie-Claire", "Le Cœur")
    assert letter_address(one) == letter_address(at_home(*other.split(",")))
    assert letter_address(one) != letter_address(replace(one, given_name="Marie"))


ZOE = "customer,given_name,family_name,street,postcode,email\n"
HER_ROOM = "Zoé,Blanc,3 rue Haute,69001"


def has_left(house: House, customer: str, purpose: Purpose, channel: Channel) -> bool:
    return suppressed_at(house.truth, addresses_of(house.truth, [number := customer_of(house, customer)])[number], purpose, channel)


def test_an_address_that_is_told_after_her_no_is_on_the_list_too(shop: Shop) -> None:
    """Her number said no; the list of customers with her addresses comes later, and names her a second time under another number."""
    shop.bring("customers", "customer,since\nz-1,2017-01-05\nz-3,2017-01-05\n")
    shop.bring("consents", CONSENTS + "z-1,advice,post,no,2017-10-01\nz-1,offers,email,no,2017-10-01\nz-3,advice,sms,no,2017-10-01\n")
    shop.bring("customers", ZOE + f"z-1,{HER_ROOM},zoe@example.org\nz-2,{HER_ROOM},\nz-3,Anouk,Blanc,3 rue Haute,69001,\n")
    with shop.open() as house:
        assert has_left(house, "z-2", Purpose.ADVICE, Channel.POST)
        assert not has_left(house, "z-2", Purpose.OFFERS, Channel.POST)
        assert not has_left(house, "z-3", Purpose.ADVICE, Channel.POST)
        assert suppressed_at(house.truth, [("email", "zoe@example.org")], Purpose.OFFERS, Channel.EMAIL)
        assert not suppressed_at(house.truth, [("email", "zoe@example.org")], Purpose.ADVICE, Channel.EMAIL)
        assert_both_alike(house)
    before = count_lines(shop.settings.data)
    with shop.open() as house:
        say_leave(house, "z-1", Said(True, (Purpose.OFFERS,), (Channel.EMAIL,)))
    shop.bring("customers", ZOE + f"z-1,{HER_ROOM},zoe.blanc@example.org\n")
    with shop.open() as house:
        assert not suppressed_at(house.truth, [("email", "zoe.blanc@example.org")], Purpose.OFFERS, Channel.EMAIL)
    assert count_lines(shop.settings.data) == before + 1


def test_an_address_that_a_client_tells_after_her_no_is_on_the_list_too(shop: Shop) -> None:
    shop.bring("consents", CONSENTS + "martin,advice,email,no,2017-10-01\n")
    with shop.book(thanks()).open() as house:
        with house.truth.transaction():
            add_write_key(house.truth, WriteKey("WK", "web", "", is_server=True))
            told = {"type": "identify", "userId": "martin", "messageId": "m1", "traits": {"email": "jeanne.new@example.org"}}
            write_down(house.truth, [("WK", house.clock.instant(), "one", 0, json.dumps(told).encode())])
        sort(house)
        assert suppressed_at(house.truth, [("email", "jeanne.new@example.org")], Purpose.ADVICE, Channel.EMAIL)
        assert_both_alike(house)


def test_her_erasure_puts_on_the_list_whatever_her_no_had_not_reached(shop: Shop) -> None:
    """One of her numbers said no, the other bears the address; whoever else is written to there may have come back, and stays."""
    shop.bring(
        "customers", "customer,since,email\nz-1,2017-01-05,\nz-2,2017-01-05,zoe@example.org\nz-3,2017-01-05,flat@example.org\nz-4,2017-01-05,flat@example.org\n"
    )
    with shop.book(thanks()).open() as house:
        for customer in ("z-1", "z-3"):
            say_leave(house, customer, NO_ADVICE)
        say_leave(house, "z-4", YES_ADVICE)
        with house.truth.transaction():
            house.truth.next_seq(0)
            Pairing(house.truth, house.settings, "z-1", "z-2", house.clock.instant()).merge()
        forget(house, "z-1")
        forget(house, "z-3")
        assert suppressed_at(house.truth, [("email", "zoe@example.org")], Purpose.ADVICE, Channel.EMAIL)
        assert not suppressed_at(house.truth, [("email", "zoe@example.org")], Purpose.OFFERS, Channel.EMAIL)
        assert not suppressed_at(house.truth, [("email", "flat@example.org")], Purpose.ADVICE, Channel.EMAIL)
        assert_both_alike(house)
