"""Whoever is forgotten is gone from every backup that was ever made, wherever its copies lie, and everybody else is in it to the row."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec

from habitue.app import card_of
from habitue.app.backup.relations import ANYBODYS
from habitue.app.backup.restoring import restore
from habitue.app.erasure.forgetting import certificates, everything_of, forget, whom_of
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.app.opening import open_up
from habitue.identity.tombstones import FILE as FORGOTTEN
from habitue.store import Settings
from habitue.store.backup_keys import DESTROYED, FILE, LENGTH, Keys
from habitue.store.schema import columns
from tests.backup.conftest import MakeHouse
from tests.backup.looking import Held, backed_up, but_places, read_with_all_keys, rows_of, she_in
from tests.cast import Shop
from tests.cli.conftest import Run
from tests.forget.searching import KEY, found
from tests.forget.test_every_store import LATER, she_does_everything
from tests.post.peer import listening_peer

GONE_WITH_HER = {*ANYBODYS, "counter", "profile", "backup_place", "forgetting", "tombstone"}
"""Relations that an erasure changes for others too: what is anybody's, numbers in sequence, and its own certificate."""


def hers_in(shop: Shop) -> tuple[tuple[int, ...], Held]:
    """The numbers of her profiles, and every row of hers."""
    with shop.open() as house:
        whom = whom_of(house.truth, customer_of(house, KEY))
        found = everything_of(house.truth, whom)
        return whom.profiles, {name: [tuple(row[column] for column in columns(house.truth, name)) for row in rows] for name, rows in found.items()}


def test_she_is_in_a_backup_before_and_in_none_after_and_everybody_else_is_to_the_row(
    told: Shop, place: Path, empty_house: MakeHouse, run_command: Callable[[Settings], Run], tmp_path: Path
) -> None:
    file = backed_up(told.settings, place).file
    (profiles, hers), everybody = hers_in(told), rows_of(told.settings)
    before = she_in(file)
    for relation in ("event", "person", "identifier", "orders", "dead_letter", "event_refused", "import_reject"):
        assert before[relation], relation
    assert not before["raw"]
    shutil.copytree(place, tmp_path / "copied", ignore=shutil.ignore_patterns(FILE))
    code, printed, wrong = run_command(told.settings)("forget", KEY, "--yes")
    assert (code, wrong) == (0, "")
    assert f"{len(profiles)}  backup keys " in printed
    assert she_in(file) == Counter()
    assert she_in(tmp_path / "copied" / file.name, place / FILE) == Counter(), "wherever a copy lies"
    house = empty_house()
    back = restore(house, file)
    assert (back.forgotten, back.is_all_common) == (len(profiles), False)
    assert found(house) == {}
    after = rows_of(house)
    named = {row for row in everybody["event"] if any(KEY in str(value) for value in row)}
    for relation in everybody.keys() - GONE_WITH_HER - {"event", "event_key", "sealed_leave"}:
        assert Counter(after[relation]) == Counter(everybody[relation]) - Counter(hers.get(relation, [])), relation
    assert set(after["event"]) == set(everybody["event"]) - set(hers["event"]) - named, "what Odile's household told of her went, too"
    assert len(after["event_key"]) == len(after["event"])
    assert set(after["sealed_leave"]) == set(rows_of(told.settings)["sealed_leave"]) != set(), "her sealed words lie in the file of the forgotten"
    assert not any(after[relation] for relation in ANYBODYS)


def test_a_copy_of_the_place_tells_a_new_machine_who_was_forgotten(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    file = backed_up(told.settings, place).file
    with told.open() as house:
        forget(house, KEY)
    assert (place / FORGOTTEN).read_bytes().strip()
    new = empty_house()
    restore(new, file)
    with closing(open_up(new)) as truth:
        assert [done.number for done in certificates(truth)] == [_number(told)]


def _number(shop: Shop) -> str:
    with closing(open_up(shop.settings)) as truth:
        [certificate] = certificates(truth)
        return certificate.number


def test_a_backup_from_after_her_erasure_has_nothing_of_her_and_all_that_is_anybody_s(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    backed_up(told.settings, place)
    with told.open() as house:
        forget(house, KEY)
    file = backed_up(told.settings, place).file
    assert she_in(file) == Counter()
    new = empty_house()
    assert restore(new, file).is_all_common
    assert but_places(new) == {**but_places(told.settings), "counter": but_places(new)["counter"]}


def test_no_number_is_given_again_whose_key_is_destroyed(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    """A newcomer after the backup, forgotten: the next newcomer, in the house that came back, has a key."""
    file = backed_up(told.settings, place).file
    told.bring("customers", "customer,given_name\nnew-1,Newcomer\n")
    backed_up(told.settings, place)
    with told.open() as house:
        profiles = whom_of(house.truth, customer_of(house, "new-1")).profiles
        forget(house, "new-1")
    new = empty_house()
    restore(new, file)
    again = Shop(msgspec.structs.replace(new, today=told.settings.today), told.desk)
    again.bring("customers", "customer,given_name\nnew-2,Newcomer\n")
    with again.open() as house:
        assert min(whom_of(house.truth, customer_of(house, "new-2")).profiles) > max(profiles)
    assert backed_up(new, place).profiles


def test_a_place_that_is_away_is_said_tried_again_and_ended(told: Shop, place: Path, run_command: Callable[[Settings], Run], tmp_path: Path) -> None:
    file, run = backed_up(told.settings, place).file, run_command(told.settings)
    (profiles, _), away = hers_in(told), tmp_path / "away"
    place.parent.rename(away)
    code, printed, wrong = run("forget", KEY, "--yes")
    assert code == 0
    assert "Left to do: A folder of backups could not be reached" in wrong
    assert "0  backup keys        destroyed; others live on, so that backups still tell of her" in printed
    assert "no backup that they opened" not in printed
    assert "could not be reached" in run("forgotten")[2]
    assert she_in(away / place.name / file.name)["person"]
    away.rename(place.parent)
    printed, wrong = run("forgotten")[1:]
    assert wrong == ""
    assert f"{len(profiles)}  backup keys        destroyed, so that no backup that they opened tells of her any more" in printed
    assert she_in(file) == Counter()
    assert not rows_of(told.settings)["backup_place"][0][3].strip("[]")


def test_a_place_that_is_gone_for_good_is_ended(told: Shop, place: Path, run_command: Callable[[Settings], Run]) -> None:
    run = run_command(told.settings)
    assert run("backup", str(place))[0] == 0
    shutil.rmtree(place)
    run("forget", KEY, "--yes")
    assert "could not be reached" in run("forgotten")[2]
    assert run("backup", str(place), "--end", "--keep", "3")[0] == 3
    assert run("backup", str(place), "--lost")[0] == 3
    code, _, wrong = run("backup", str(place), "--end", "--yes")
    assert code == 5
    assert "live on where they are" in wrong
    assert "not looked for" in run("backup", str(place), "--end", "--lost")[1]
    assert run("backup", str(place), "--end", "--lost")[0] == 4
    assert run("forgotten")[2] == ""


def test_other_keys_at_the_same_place_are_not_taken_for_hers(told: Shop, place: Path, run_command: Callable[[Settings], Run], tmp_path: Path) -> None:
    """As where a disk is not mounted, and something else lies in its place."""
    backed_up(told.settings, place)
    place.rename(tmp_path / "away")
    with closing(Keys.locked(place / FILE, "0123456789abcdef")):
        pass
    assert "could not be reached" in run_command(told.settings)("forget", KEY, "--yes")[2]


def test_the_bytes_of_a_key_are_overwritten_where_they_lie(told: Shop, place: Path) -> None:
    backed_up(told.settings, place)
    (profiles, _), before = hers_in(told), (place / FILE).read_bytes()
    node = (place / FILE).stat().st_ino
    with told.open() as house:
        forget(house, KEY)
    after = (place / FILE).read_bytes()
    assert (place / FILE).stat().st_ino == node
    changed = {at // LENGTH for at in range(len(before)) if before[at] != after[at]}
    assert changed == {2, *(number + 2 for number in profiles)}, "hers, and the common one"
    for number in profiles:
        record = before[(number + 2) * LENGTH :][:LENGTH]
        assert not any(record[at : at + 8] in after for at in range(8, 41)), "nor its check"
        assert after[(number + 2) * LENGTH :][:40] == record[:8] + bytes(32)
    with closing(Keys.locked(place / FILE)) as keys:
        assert keys.make(profiles) == list(profiles), "none is made again"
        assert {keys.of(number) for number in profiles} == {DESTROYED}


def test_no_row_that_any_room_holds_of_her_can_be_read_in_a_backup(hers: Shop, place: Path) -> None:
    with listening_peer() as peer:
        shop = hers.told(address="https://regulars.example.org", sender="shop@example.org", relay=f"smtp://127.0.0.1:{peer.port}")
        with shop.open(LATER) as house:
            she_does_everything(shop, house)
    file, (_, held) = backed_up(shop.settings, place).file, hers_in(shop)
    before = read_with_all_keys(file)
    assert sum(map(bool, held.values())) > 30
    assert [name for name, rows in held.items() if not set(rows) <= set(before.get(name, []))] == []
    with shop.open(LATER) as house:
        forget(house, KEY)
    after = read_with_all_keys(file)
    assert [name for name, rows in held.items() if set(rows) & set(after.get(name, []))] == []
    assert she_in(file) == Counter()


def test_whoever_was_one_with_her_for_a_while_comes_back_as_a_customer_of_her_own(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    """Joined when the backup was made, taken apart since, and only one of the two was forgotten: the other bore the number of the one."""
    join(told, Pairing.merge)
    file = backed_up(told.settings, place).file
    join(told, Pairing.unmerge)
    with told.open() as house:
        forget(house, "karim")
    new = empty_house()
    restore(new, file)
    with closing(open_up(new)) as truth:
        [(profile, customer)] = truth.run(
            "SELECT p.profile_id, p.customer_id FROM profile AS p JOIN identifier AS i ON i.profile_id = p.profile_id WHERE i.value = 'nina'"
        )
        assert profile == customer
    with Shop(msgspec.structs.replace(new, today=told.settings.today), told.desk).open() as house:
        assert card_of(house, "nina").name == "Nina Neuve"


def join(shop: Shop, what: Callable[[Pairing], None]) -> None:
    """Somebody of the shop says something of Karim and Nina, of whom Karim was here first."""
    with shop.open() as house, house.truth.transaction():
        house.truth.next_seq(0)
        what(Pairing(house.truth, house.settings, "karim", "nina", house.clock.instant()))
