"""The cast: a small shop with a few people in it, brought in through files as any brand's would be, open for questions on either database.

Today is Thursday 2 November 2017, 06:00 in Paris. Every regular buys veal on Thursdays and was last here a week ago, except where a story says otherwise.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from habitue.app import House, decide_for, open_house
from habitue.app.days import the_day
from habitue.app.imports.importing import ImportReport, import_file
from habitue.app.judging import JudgedDay
from habitue.app.listeners import record
from habitue.app.model import Decision
from habitue.events.model import ConsentGiven, Occurrence
from habitue.identity.records import who_is
from habitue.store import Settings, load_settings, open_truth, save_settings
from habitue.store.relations import compiled
from habitue.words.clock import instant_of, parse_day
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose
from tests.content.writing import action_text, write_book
from tests.forget.files import unlisted

TODAY = "2017-11-02"
AFTERWARDS = "2017-12-30"
REGULARS = ("martin", "karim", "lucie", "paul", "anne", "marc")
PEOPLE = """customer,since,birthday,title,given_name,family_name,email,phone,street,postcode,city
martin,2017-01-05,05-21,Mme,Jeanne,Martin,jeanne@example.org,+33 6 10 00 00 01,3 rue Haute,69001,Lyon
karim,2017-02-02,,M,Karim,Haddad,karim@example.org,+33 6 10 00 00 02,,,
lucie,2017-02-02,,,Lucie,Élan,lucie@example.org,,,,
paul,2017-02-02,,,Paul,Roche,paul@example.org,,,,
anne,2017-02-02,,,Anne,Petit,petit@example.org,,8 rue Basse,69001,Lyon
marc,2017-02-02,,,Marc,Petit,petit@example.org,,8 rue Basse,69001,Lyon
nina,2017-10-30,,,Nina,Neuve,nina@example.org,,,,
"""
CATALOGUE = """product,type,category,department,name_en,name_fr
veal,VEAL,MEAT,BUTCHER,veal,veau
liver,LIVER,MEAT,BUTCHER,liver,foie
lamb,LAMB,MEAT,BUTCHER,lamb,agneau
sage,SAGE,HERBS,GROCERY,sage,sauge
coffee,COFFEE,HOT,GROCERY,coffee,café
"""
TYPE_NAMES = "level,item,name_en,name_fr\ntype,MEAT/VEAL,veal,veau\ntype,MEAT/LIVER,liver,foie\ntype,MEAT/LAMB,lamb,agneau\ntype,HERBS/SAGE,sage,sauge\n"
ORDERS = "order,customer,product,sold_at,quantity,amount,place\n"
CONSENTS = "customer,purpose,channel,granted,at\n"
SHOP = """[margins]
default = 300
[channel_costs_cents]
email = 0
[attention]
base_cents = 1
floor_use_permille = 30
[caps]
week = 2
month = 5
[quiet]
from = 21
until = 8
"""
VEAL = {
    "key": '"veal-aside"',
    "kind": '"set-aside"',
    "title": '{ en = "Her veal, put aside", fr = "Son veau, mis de côté" }',
    "say": '{ en = "Tell {name} that {thing} is kept for her.", fr = "Dire à {name} que {thing} est gardé pour elle." }',
    "channels": '["email"]',
    "about": '{ types = ["MEAT/VEAL"] }',
    "asks": '"nothing"',
    "gives": '"thing"',
    "relation_cents": "2000",
    "use": "400",
}
HER = {
    **VEAL,
    "key": '"thanks"',
    "kind": '"gesture"',
    "title": '{ en = "Thanks", fr = "Merci" }',
    "say": '{ en = "Thank {name}.", fr = "Remercier {name}." }',
    "basis": '"customer"',
    "about": None,
    "repeat_days": "7",
}


def veal(**changes: str | None) -> str:
    """The action that keeps veal aside for who buys it, with some of its keys changed; each value as TOML writes it."""
    return action_text(**{**VEAL, **changes})


def thanks(**changes: str | None) -> str:
    """The gesture about her and no thing, with some of its keys changed."""
    return action_text(**{**HER, **changes})


def weekly(customer: str, until: str = "2017-10-26", weeks: int = 20, product: str = "veal", every: int = 7) -> str:
    """Order lines of one thing bought at that rhythm, the last time on that day."""
    days = [date.fromisoformat(until) - timedelta(days=every * n) for n in range(weeks)]
    return "".join(f"{product}-{customer}-{on:%m%d},{customer},{product},{on}T10:00:00,1,10.00,shop\n" for on in sorted(days))


@dataclass
class Shop:
    """One small shop: bring it files, write its book, open it, ask."""

    settings: Settings
    desk: Path

    def bring(self, kind: str, content: str, mapping: str = "") -> ImportReport:
        """Imports that content as a file; no row may be set aside."""
        self.desk.mkdir(exist_ok=True)
        file = self.desk / f"{kind}.csv"
        file.write_text(content, encoding="utf-8")
        mapping_file = self.desk / "mapping.toml" if mapping else None
        if mapping_file:
            mapping_file.write_text(mapping, encoding="utf-8")
        truth = open_truth(self.settings)
        try:
            report = import_file(truth, self.settings, file, mapping_file, kind)
        finally:
            truth.close()
        assert not report.rejected, report.rejected
        return report

    def touch(self, customer: str, day: str, action: str = "another", kind: str = "content", channel: str = "email", **more: str) -> None:
        """A word of ours that was said at noon of a day; `item` and `touch` (its key) are optional."""
        head, row = "customer,action,kind,channel,at", f"{customer},{action},{kind},{channel},{day}T12:00:00"
        self.bring("touches", ",".join((head, *more)) + "\n" + ",".join((row, *more.values())) + "\n")

    def buys(self, customer: str, product: str, day: str, place: str = "shop") -> None:
        self.bring("orders", ORDERS + f"{place}-{customer}-{product}-{day},{customer},{product},{day}T10:00:00,1,10.00,{place}\n")

    def says_yes(self, customer: str, at: str, purpose: Purpose = Purpose.ADVICE) -> None:
        """She gives a leave for e-mail herself, at noon of a day or at an instant of it: no file gives back what she took."""
        on, _, hour = at.partition("T")
        local = instant_of(parse_day(on), int(hour[:2] or 12), self.settings.zone)
        truth = open_truth(self.settings)
        try:
            with truth.transaction():
                who = who_is(truth, "customer", [customer])[customer]
                said = Occurrence(ConsentGiven(purpose, Channel.EMAIL), "her page", f"yes at {at}", who.profile_id, local, parse_day(on), 12, local)
                record(truth, [said], self.settings.zone, local)
        finally:
            truth.close()

    def book(self, *actions: str, shop: str = SHOP) -> Shop:
        """Writes the book: these actions, and the shop's own page."""
        self.settings.data.mkdir(exist_ok=True)
        write_book(self.settings.book_folder, *(actions or (veal(),)), shop=shop)
        return self

    def open(self, today: str = TODAY) -> House:
        """The house with its clock standing on a day; written without a book, it gets the veal's."""
        if not self.settings.book_folder.exists():
            self.book()
        return open_house(self.standing(today))

    def standing(self, today: str) -> Settings:
        return msgspec.structs.replace(self.settings, today=today)

    def told(self, **changes: object) -> Shop:
        """The same shop with other settings, which stand in its file too, for other processes to read."""
        other = Shop(msgspec.structs.replace(self.settings, **changes), self.desk)
        save_settings(other.settings)
        return other

    def decides(self, customer: str, on: str = TODAY) -> Decision:
        """What is decided for one customer on a day, alone; and the same among everyone, verdict by verdict. A rehearsal: nothing is written."""
        with self.open(AFTERWARDS) as house:
            return same_among_everyone(house, customer, the_day(house, day(on)))


def same_among_everyone(house: House, customer: str, day: JudgedDay) -> Decision:
    """The decision on one customer alone, after it was compared with her line of the day: reason, action, channel, and the verdict on every action."""
    alone = decide_for(house, customer, day.when.today)
    line = day.rows["customer_id"].tolist().index(alone.customer_id)
    row = {name: int(column[line]) for name, column in day.rows.items()}
    assert Reason(row["reason"]) == alone.reason
    decided, verdicts = house.alone.judge(alone.customer_id, day.when)
    for name in ("action_id", "item_id", "because_item_id", "value_millicents", "allowed"):
        assert row[name] == decided[name], name
    by_action = {verdict["action_id"]: verdict["reason"] for verdict in verdicts}
    for place, action_id in enumerate(house.question.actions):
        written = Reason(int(day.ledger[line, place]))
        if written != Reason.OVER_BUDGET:  # shared out among everyone
            assert written == by_action.get(action_id, Reason.NOT_CONCERNED)
    return alone


def verdicts_of(decision: Decision) -> dict[str, Reason]:
    """The verdict on every action of the book, by its key."""
    listed = [*decision.others, *([decision.chosen] if decision.chosen else [])]
    return {verdict.action_key: verdict.reason for verdict in listed}


def _bring_everyone(shop: Shop) -> None:
    shop.bring("products", CATALOGUE)
    shop.bring("products", TYPE_NAMES)
    shop.bring("customers", PEOPLE)
    shop.bring("orders", ORDERS + "".join(weekly(name) for name in REGULARS))
    shop.bring("consents", CONSENTS + "".join(f"{n},{p},email,yes,2017-06-01\n" for n in (*REGULARS, "nina") for p in ("advice", "offers", "invitations")))
    shop.bring("consents", CONSENTS + "lucie,advice,email,no,2017-10-01\nlucie,offers,email,no,2017-10-01\nlucie,invitations,email,no,2017-10-01\n")
    shop.bring("conversations", "customer,thread,kind,state,at\npaul,p1,complaint,opened,2017-10-30\n")


def settings_at(data: Path, truth: str = "sqlite") -> Settings:
    return load_settings(data, {"HABITUE_TRUTH": truth, "HABITUE_TODAY": TODAY, "HABITUE_BUCKETS": "1"})


_TEMPLATES: dict[str, Path | str] = {}
_NUMBERS = count(1)


def _copy_of_sqlite(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Settings:
    if "sqlite" not in _TEMPLATES:
        folder = tmp_path_factory.mktemp("cast")
        _bring_everyone(Shop(settings_at(folder / "house"), folder / "desk"))
        _TEMPLATES["sqlite"] = folder / "house" / "truth.sqlite"
    data.mkdir()
    shutil.copy(_TEMPLATES["sqlite"], data / "truth.sqlite")
    return settings_at(data)


def _copy_of_postgres(url: str, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory, data: Path) -> tuple[Settings, str]:
    if _TEMPLATES.get("postgres") != url:
        folder = tmp_path_factory.mktemp("cast")
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("CREATE DATABASE cast_template TEMPLATE house_template STRATEGY FILE_COPY")
        _bring_everyone(Shop(settings_at(folder / "house", _named(url, "cast_template")), folder / "desk"))
        _TEMPLATES["postgres"] = url
    name = f"cast_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name} TEMPLATE cast_template STRATEGY FILE_COPY")
    return settings_at(data, _named(url, name)), name


def _named(url: str, database: str) -> str:
    return url.replace("///postgres?", f"///{database}?", 1)


def _remembered(compile_text: Callable[..., str]) -> Callable[..., str]:
    """The same texts, each compiled once a run instead of once a house."""
    texts: dict[tuple[object, ...], str] = {}

    def look_up(name: str, engine: str, **more: Any) -> str:
        whom = more.get("whom")
        key = (name, engine, str(more.get("given")), str(more.get("instead")), whom.sql() if whom else "", more.get("bases"))
        if key not in texts:
            texts[key] = compile_text(name, engine, **more)
        return texts[key]

    return look_up


_COMPILED = _remembered(compiled)


@pytest.fixture
def shop(
    engine: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    """The shop with its whole cast, on SQLite and then on PostgreSQL; each story has its own."""
    monkeypatch.setattr("habitue.decide.alone.compiled", _COMPILED)
    monkeypatch.setattr("habitue.decide.everyone.compiled", _COMPILED)
    data = tmp_path / "house"
    if engine == "sqlite":
        yield Shop(_copy_of_sqlite(tmp_path_factory, data), tmp_path / "desk")
        assert unlisted(data) == [], "whoever writes a file into a house says in tests/forget/files.py who forgets in it"
        return
    url = request.getfixturevalue("postgres")
    settings, name = _copy_of_postgres(url, request.getfixturevalue("new_database"), tmp_path_factory, data)
    yield Shop(settings, tmp_path / "desk")
    assert unlisted(data) == [], "whoever writes a file into a house says in tests/forget/files.py who forgets in it"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"DROP DATABASE {name} WITH (FORCE)")


def day(text: str) -> int:
    """The day number of a date."""
    return parse_day(text)
