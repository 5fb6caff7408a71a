"""The suppression list: who left stays left at that address, whatever is imported, merged, erased or set back; only she herself comes back."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from habitue.app import House, plan_day
from habitue.app.leaving import Said, say_leave
from habitue.app.rehearsing import rehearsing
from habitue.consent.suppression import bring_level, suppress, suppressed_at
from habitue.consent.suppression_file import FILE, LENGTH, Line, add_lines, count_lines, last_line, lines
from habitue.identity.records import add_identifiers, who_is
from habitue.words.errors import StoreError
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Collected, Purpose
from tests.cast import CONSENTS, ORDERS, Shop, thanks, weekly
from tests.consent.setting_back import Backup
from tests.consent.test_claim import claimed

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
