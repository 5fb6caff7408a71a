"""What holds for any history: silence only grows with guards, the past stays as it was, and order does not matter."""

from __future__ import annotations

import random
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from habitue.app import House, plan_day
from habitue.app.days import the_day
from habitue.words.clock import date_of
from habitue.words.reasons import Reason
from tests.cast import AFTERWARDS, CONSENTS, ORDERS, REGULARS, TODAY, Shop, day, same_among_everyone, settings_at, thanks, veal

PEOPLE = (*REGULARS, "nina")
BOOK = (
    veal(),
    thanks(use="60", relation_cents="100"),
    veal(key='"new-one"', kind='"offer"', purpose='"offers"', basis='"near"', about='{ categories = ["MEAT"] }', asks='"purchase"', use='"love"'),
    veal(key='"sage"', kind='"content"', basis='"because"', about='{ types = ["HERBS/SAGE"] }', because='{ categories = ["MEAT"], within_days = 9 }'),
)
GUARDS = {
    "consents": (CONSENTS, "{who},{purpose},email,no,{at}"),
    "preferences": ("customer,subject,level,item,feeling,at,told,strength\n", "{who},{about},dislikes,{at},{told},plain"),
    "pauses": ("customer,until,at\n", "{who},2017-12-01,{at}"),
    "conversations": ("customer,thread,kind,state,at\n", "{who},t{n},complaint,opened,{at}"),
    "stock": ("level,item,units,at\n", "type,MEAT/VEAL,0,{at}"),
    "touches": ("customer,action,kind,channel,at,touch\n", "{who},another,offer,email,{at}T12:00:00,t{n}"),
}
ABOUT = ("thing,type,MEAT/VEAL", "thing,category,MEAT", "channel,,email", "hour,,9-12", "attribute,,organic")
Fact = tuple[str, str]
_NUMBERS = count()
AT = st.integers(day("2017-09-20"), day("2017-11-12")).map(lambda number: date_of(number).isoformat())


@st.composite
def guard_facts(draw: st.DrawFn) -> Fact:
    """One row that can only stop words, and its kind; `#` stands for its number."""
    kind = draw(st.sampled_from(sorted(GUARDS)))
    purpose = draw(st.sampled_from(("advice", "offers")))
    said = {"about": draw(st.sampled_from(ABOUT)), "told": draw(st.sampled_from(("she-said", "seller-noted", "inferred")))}
    return kind, GUARDS[kind][1].format(who=draw(st.sampled_from(PEOPLE)), at=draw(AT), purpose=purpose, n="#", **said)


@st.composite
def purchases(draw: st.DrawFn) -> Fact:
    who, thing, at = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(("veal", "lamb", "sage"))), draw(AT)
    return "orders", f"o#,{who},{thing},{at}T{draw(st.integers(0, 23)):02d}:00:00,1,9.00,shop"


def numbered(facts: list[Fact]) -> list[Fact]:
    """Each with a number of its own: of two orders of one number, the one that comes second corrects the other."""
    return [(kind, row.replace("#", str(number))) for number, (kind, row) in enumerate(facts, 7_000)]


def told_at(fact: Fact) -> str:
    """When a row says that it happened, at noon where it names no hour: what happened before six in the morning, the plan of that day knows."""
    days = [word for word in fact[1].split(",") if word[:4] == "2017" and word != "2017-12-01"]
    return max(word if "T" in word else f"{word}T12" for word in days)


def bring(shop: Shop, facts: list[Fact]) -> None:
    heads = {kind: head for kind, (head, _) in GUARDS.items()} | {"orders": ORDERS}
    for kind, row in dict.fromkeys(facts):
        shop.bring(kind, heads[kind] + row + "\n")


def decisions(house: House, on: str = TODAY) -> dict[int, tuple[int | str, ...]]:
    """Reason, action and thing of everyone on a day that is rehearsed."""
    rows = the_day(house, day(on)).rows
    actions = [house.action_of.get(number, "") for number in rows["action_id"].tolist()]
    columns = (rows["reason"].tolist(), actions, rows["item_id"].tolist(), rows["value_millicents"].tolist())
    return dict(zip(rows["customer_id"].tolist(), zip(*columns, strict=True), strict=True))


def copy_of(shop: Shop, folder: Path) -> Shop:
    """The same shop once more."""
    settings_there = settings_at(folder)
    folder.mkdir(parents=True)
    (folder / "truth.sqlite").write_bytes((shop.settings.data / "truth.sqlite").read_bytes())
    return Shop(settings_there, folder / "desk").book(*BOOK)


@pytest.fixture
def engine() -> str:
    return "sqlite"


@settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a house each: shrinking would take minutes
@given(st.lists(purchases(), max_size=4).map(numbered), st.lists(guard_facts(), min_size=1, max_size=5).map(numbered), st.integers(0, 999))
def _holds(shop: Shop, tmp_path: Path, bought: list[Fact], stopped: list[Fact], seed: int) -> None:
    folder = tmp_path / f"{next(_NUMBERS)}"
    first = copy_of(shop, folder / "a")
    bring(first, bought)
    with first.open(AFTERWARDS) as house:
        freely = decisions(house)
    bring(first, stopped)
    with first.open(AFTERWARDS) as house:
        held = decisions(house)
        today = the_day(house, day(TODAY))
        for name in PEOPLE:
            assert same_among_everyone(house, name, today).sentences
        plan = plan_day(house, day(TODAY))
        assert plan.touches + plan.silences == plan.customers == 7
    for customer, (reason, *_) in held.items():
        if reason == Reason.SAID:
            assert freely[customer][0] == Reason.SAID, "a guard's fact added a word"

    later = {fact for fact in (*bought, *stopped) if told_at(fact) >= f"{TODAY}T06"}
    known = [fact for fact in (*bought, *stopped) if fact not in later]
    random.Random(seed).shuffle(known)
    other = copy_of(shop, folder / "b")
    bring(other, known)
    with other.open(AFTERWARDS) as house:
        assert decisions(house) == held, "what came later, or the order of files, changed the past"


@pytest.mark.slow
def test_any_history_keeps_the_four_promises(shop: Shop, tmp_path: Path) -> None:
    """Guards only silence; every decision has its reason and its sentence, alone as among everyone; later facts and the order of files change nothing."""
    _holds(shop, tmp_path)
