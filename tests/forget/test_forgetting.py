"""She is forgotten: found in every file before, in none after; nor after the same files, letters and an older truth have come again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from habitue.app import House, card_of, plan_day
from habitue.app.collect.sorting import Sorter
from habitue.app.erasure.forgetting import certificates, forget, held_of, what_is_in, whom_of
from habitue.app.imports.importing import ImportReport, import_file
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.app.opening import open_up
from habitue.events.arrivals import WriteKey, add_write_key, replay_all, write_down
from habitue.identity.her_links import make_link
from habitue.store import Settings, open_truth
from habitue.store.projection import refresh
from habitue.words.errors import Unknown
from tests.cast import Shop, thanks, veal
from tests.forget.searching import DEVICE, EMAIL, KEY, OTHER_KEY, PHONE, QUOTE, STREET, found, lines_of

WEB = "WK_WEB"
HEAD = "customer,given_name,family_name,email,phone,street,postcode,city\n"
FILES = {
    "customers": HEAD
    + f"{KEY},Zéphyrine,Quatrepoint,{EMAIL},{PHONE},{STREET},69001,Lyon\n{OTHER_KEY},Zéphyrine,Quatrepoint,,,,,\nodile,Odile,Noir,o@example.org,,,,\n",
    "orders": "order,customer,product,sold_at,quantity,amount,place\n"
    + "".join(f"zq-order-{n},{KEY},veal,2017-10-{n * 7:02},1,10.00,shop\n" for n in range(1, 4))
    + "o-1,odile,veal,2017-10-20,1,10.00,shop\n",
    "consents": f"customer,purpose,channel,granted,at,proof\n{KEY},advice,email,yes,2017-06-01,card signed by Quatrepoint\n{KEY},offers,email,no,2017-07-01,\n",
    "preferences": f"customer,item,level,feeling,at,quote\n{KEY},sage,product,dislike,2017-09-01,{QUOTE}\n",
    "touches": f"customer,action,kind,channel,at,touch\n{KEY},veal-aside,content,email,2017-10-30T12:00:00,t-{KEY}\n",
    "conversations": f"customer,thread,kind,state,at\n{KEY},th-1,question,opened,2017-10-01\n",
    "pauses": f"customer,until,at\n{OTHER_KEY},2017-10-02,2017-10-01\n",
}
MESSAGES = [
    {"type": "identify", "userId": KEY, "anonymousId": DEVICE, "traits": {"email": EMAIL}, "timestamp": "2017-10-10T10:00:00Z", "messageId": "m1"},
    {"type": "page", "anonymousId": DEVICE, "name": "Veau", "timestamp": "2017-10-10T10:01:00Z", "messageId": "m2"},
    {"type": "track", "userId": KEY, "event": "Called", "properties": {"by": "Quatrepoint"}, "timestamp": "2017-10-11T10:00:00Z", "messageId": "m3"},
    {"type": "track", "userId": KEY, "event": "Called", "properties": {"by": EMAIL}, "timestamp": "2017-10-12T10:00:00Z", "messageId": "m3"},
    {"type": "wrong", "userId": KEY, "traits": {"email": EMAIL}, "timestamp": "2017-10-12T10:00:00Z", "messageId": "m4"},
]


def bring(settings: Settings, desk: Path, kind: str, content: str, mapping: str = "") -> ImportReport:
    desk.mkdir(exist_ok=True)
    file = desk / f"{kind}.csv"
    file.write_text(content, encoding="utf-8")
    mapping_file = desk / "mapping.toml" if mapping else None
    if mapping_file:
        mapping_file.write_text(mapping, encoding="utf-8")
    with closing(open_up(settings)) as truth:
        return import_file(truth, settings, file, mapping_file, kind)


def tell(house: House, *told: dict[str, object]) -> None:
    """A client's messages, one a request, sorted."""
    with house.truth.transaction():
        write_down(house.truth, [(WEB, house.clock.instant(), "batch", 0, json.dumps({"batch": [each]}).encode()) for each in told])
    sort(house)


def sort(house: House) -> None:
    while Sorter(house.truth, house.settings).sort_some():
        pass


@pytest.fixture
def hers(shop: Shop) -> Shop:
    """The shop after a year with her: two numbers of hers that were joined, a browser, letters, a plan, and files that lie about."""
    for kind, content in FILES.items():
        assert not bring(shop.settings, shop.desk, kind, content).rejected, kind
    bring(shop.settings, shop.desk, "customers", HEAD + f"x,Zéphyrine,Quatrepoint,{EMAIL},,,,\n".replace("x,", ",", 1))
    bring(shop.settings, shop.desk, "consents", f"customer,purpose,channel,granted,at\n{EMAIL},advice,email,yes,2017-06-01\n")
    done, audit = shop.settings.data / "inbox" / "done", shop.settings.data / "audits" / "a1"
    for folder in (done, audit):
        folder.mkdir(parents=True)
    (done / "people.csv").write_text(FILES["customers"], encoding="utf-8")
    (done / "people.csv.report.txt").write_text("Customers: 3 rows taken in.\n", encoding="utf-8")
    (done / "others.csv").write_text("customer,given_name\nodile,Odile\n", encoding="utf-8")
    (audit / "sends.csv").write_text(f"email\n{EMAIL}\n", encoding="utf-8")
    with shop.book(veal(), thanks()).open() as house:
        with house.truth.transaction():
            add_write_key(house.truth, WriteKey(WEB, "web", "", is_server=False))
            make_link(house.truth, customer_of(house, KEY), "page", house.clock.instant())
        tell(house, *MESSAGES)
        for one, other, what in ((KEY, OTHER_KEY, Pairing.merge), ("odile", KEY, Pairing.say_household)):
            with house.truth.transaction():
                house.truth.next_seq(0)
                what(Pairing(house.truth, house.settings, one, other, house.clock.instant()))
        plan_day(house)
        refresh(house.truth, house.settings)
    return shop


def forgotten(shop: Shop) -> tuple[int, ...]:
    """Forgets her; gives the numbers of her profiles."""
    with shop.open() as house:
        profiles = whom_of(house.truth, customer_of(house, KEY)).profiles
        assert lines_of(house.settings, profiles) > 0
        forget(house, KEY)
    return profiles


def test_no_day_that_is_at_hand_has_a_line_of_hers_any_more(hers: Shop) -> None:
    with hers.open() as house:
        plan_day(house)
        customer = customer_of(house, KEY)
        assert [customer in day.rows["customer_id"] for day in house.days.values()] == [True]
        forget(house, KEY)
        assert not [day for day in house.days.values() if customer in day.rows["customer_id"]]


def test_she_is_found_everywhere_before_and_nowhere_after(hers: Shop, engine: str) -> None:
    if engine == "postgres":
        with psycopg.connect(hers.settings.truth) as db:  # the log is ended by checkpoints, whenever they come: what was written last lies in it
            db.execute("SET synchronous_commit = on")
            db.execute("UPDATE person SET email = email WHERE email = %s", (EMAIL,))
    before = found(hers.settings)
    for table in ("event", "person", "identifier", "orders", "dead_letter", "event_refused", "import_reject"):
        assert before[f"table: {table}"], table
    for file in ("inbox/done/people.csv", "audits/a1/sends.csv"):
        assert before[f"raw: {file}"]
    for place in ("truth.sqlite",) if engine == "sqlite" else ("postgres/base", "postgres/pg_wal"):
        assert before[f"raw: {place}"], place
    profiles = forgotten(hers)
    assert found(hers.settings) == {}
    assert lines_of(hers.settings, profiles) == 0
    assert (hers.settings.data / "inbox" / "done" / "others.csv").exists()
    with hers.open() as house:
        with pytest.raises(Unknown):
            card_of(house, KEY)
        assert card_of(house, "odile").name == "Odile Noir"
        assert not card_of(house, "odile").household
        (certificate,) = certificates(house.truth)
        assert certificate.rows["person"] == 2
        assert certificate.left == []


def test_a_dry_run_shows_what_is_held_and_changes_nothing(hers: Shop) -> None:
    before = found(hers.settings)
    with hers.open() as house:
        held = held_of(house, KEY)
    assert held.rows.keys() >= {"event", "orders", "person", "decision", "proposal", "her_link", "dead_letter"}
    assert set(held.files) == {"inbox/done/people.csv", "audits/a1"}
    assert {name: count for name, count in found(hers.settings).items() if name.startswith("table")} == {
        name: count for name, count in before.items() if name.startswith("table")
    }
    with hers.open() as house:
        assert forget(house, KEY).rows == held.rows | {"event": held.rows["event"] + 1}, "the household that Odile told of"
        assert held.rows.keys() <= what_is_in().keys()


def test_what_came_again_under_the_number_of_a_message_of_hers_goes_whoever_it_named(hers: Shop) -> None:
    again = {"type": "track", "userId": "odile", "event": "Called", "properties": {"by": EMAIL}, "timestamp": "2017-10-12T10:00:00Z", "messageId": "m3"}
    with hers.open() as house:
        tell(house, again)
        held = held_of(house, KEY).rows["event_refused"]
        assert forget(house, KEY).rows["event_refused"] == held == 2
        assert house.truth.run("SELECT 1 FROM event_refused") == []


def test_the_same_files_and_letters_bring_nobody_back(hers: Shop) -> None:
    profiles = forgotten(hers)
    for kind, content in FILES.items():
        report = bring(hers.settings, hers.desk, kind, content)
        assert report.rejected_rows == sum(KEY in row or OTHER_KEY in row for row in content.splitlines()), kind
        assert {reason for _, reason in report.rejected} == {"this tells of somebody who was forgotten here; nothing of it is kept"}
    shutil.rmtree(hers.desk)
    with hers.open() as house:
        tell(house, *MESSAGES)
        replay_all(house.truth)
        sort(house)
        assert house.truth.run("SELECT SUM(messages) FROM forgotten_refused") != [(None,)]
        plan_day(house)
    open_up(hers.settings).close()  # as the next command does: what only passed through goes from the database's files
    assert found(hers.settings) == {}
    assert lines_of(hers.settings, profiles) == 0


def test_a_truth_of_last_week_forgets_her_again_before_anything_else(hers: Shop, tmp_path: Path, engine: str) -> None:
    bring_back = keep_copy(hers.settings, tmp_path)
    forgotten(hers)
    bring_back()
    with closing(open_truth(hers.settings)) as truth:
        assert truth.run("SELECT COUNT(*) FROM person WHERE email = ?", (EMAIL,)) == [(1,)], "the old truth knows her"
    open_up(hers.settings).close()
    if engine == "sqlite":
        (tmp_path / "copy.sqlite").unlink()
    assert found(hers.settings) == {}
    with hers.open() as house:
        assert len(certificates(house.truth)) == 1


def keep_copy(settings: Settings, folder: Path) -> Callable[[], None]:
    """Keeps the truth as it is now; gives what brings it back."""
    if settings.truth == "sqlite":
        with closing(open_truth(settings)) as truth:
            truth.run("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(settings.data / "truth.sqlite", folder / "copy.sqlite")
        return lambda: restored(settings, folder)
    name = settings.truth.split("///")[1].split("?")[0]
    elsewhere = settings.truth.replace(f"///{name}?", "///postgres?")
    dumped = {}
    with psycopg.connect(settings.truth, autocommit=True) as db:
        for (table,) in db.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'").fetchall():
            with db.cursor().copy(f"COPY {table} TO STDOUT") as rows:
                dumped[table] = b"".join(bytes(row) for row in rows)
    assert elsewhere != settings.truth

    def back() -> None:
        with psycopg.connect(settings.truth, autocommit=True) as db:
            for table, rows in dumped.items():
                db.execute(f"TRUNCATE {table}")
                with db.cursor().copy(f"COPY {table} FROM STDIN") as into:
                    into.write(rows)

    return back


def restored(settings: Settings, folder: Path) -> None:
    for end in ("-wal", "-shm"):
        (settings.data / f"truth.sqlite{end}").unlink(missing_ok=True)
    shutil.copy(folder / "copy.sqlite", settings.data / "truth.sqlite")
