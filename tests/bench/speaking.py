"""Puts statements of every kind, gifts and returns into a house: what the demo's customers seldom say, so that equality is proven of it too."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from habitue.app import House
from habitue.app.listeners import record
from habitue.events.attributes import keep_attributes, keep_type_attributes
from habitue.events.model import (
    AnyEvent,
    ConsentGiven,
    ConsentWithdrawn,
    Occurrence,
    OrderCompleted,
    OrderLine,
    OrderRefunded,
    PreferenceStated,
    StatementWithdrawn,
)
from habitue.words.clock import instant_of, local_day_and_hour
from habitue.words.vocabulary import Channel, Level, Place, Purpose, Strength, Subject, Told

SOURCE = "spoken"
ATTRIBUTES = ("organic", "sweetened", "frozen")  # of what is frozen there are signs that do not agree
TYPES_ALIKE, MOST_SAID = 60, 9


def speak(house: House, customers: Sequence[int], days: int, seed: int = 1) -> None:
    """Lets these customers say things of every subject, strength and source over the last months, take some of it back, give presents and bring things back."""
    chance, truth = random.Random(seed), house.truth
    with truth.transaction():
        truth.next_seq(0)
        things = _things(house, chance, customers)
        for customer in customers:
            told = sorted(_life(house, chance, customer, things, days), key=lambda what: what.at)
            for what in told:
                record(truth, [what], house.settings.zone, what.at)


def _things(house: House, chance: random.Random, customers: Sequence[int]) -> list[tuple[Level, str]]:
    """Things of every level; the types are those that they buy most, each with what all of its products are like."""
    rows = house.truth.run("SELECT level, key, item_id FROM item WHERE level > 0 ORDER BY item_id")
    listed = ", ".join(str(customer) for customer in customers)
    bought = f"SELECT type_id FROM order_line WHERE profile_id IN ({listed}) GROUP BY type_id ORDER BY count(*) DESC, type_id LIMIT {TYPES_ALIKE}"
    wanted = {number for (number,) in house.truth.run(bought)}
    types = [row for row in rows if row[2] in wanted]
    for place, (_level, _key, type_id) in enumerate(types):
        products = [number for (number,) in house.truth.run("SELECT product_id FROM product WHERE type_id = ?", (type_id,))]
        keep_attributes(house.truth, dict.fromkeys(products, (ATTRIBUTES[place % 3],)))
    keep_type_attributes(house.truth, [type_id for _level, _key, type_id in types])
    wide = [row for row in rows if row[0] in (Level.CATEGORY, Level.DEPARTMENT)]
    products = chance.sample([row for row in rows if row[0] == Level.PRODUCT], TYPES_ALIKE)
    return [(Level(level), key) for level, key, _ in (*types, *wide, *products)]


def _life(house: House, chance: random.Random, customer: int, things: list[tuple[Level, str]], days: int) -> Iterator[Occurrence]:
    def at(back: int, hour: int = 12) -> int:
        return instant_of(house.today - back, hour, house.settings.zone)

    def told(event: AnyEvent, number: str, when: int) -> Occurrence:
        day, hour = local_day_and_hour(when, house.settings.zone)
        return Occurrence(event, SOURCE, f"{customer} {number}", customer, when, day, hour, when)

    yield told(ConsentGiven(Purpose.HEALTH, Channel.SHOP), "leave", at(250))
    if chance.random() < 0.5:
        yield told(ConsentWithdrawn(Purpose.HEALTH, Channel.SITE), "no leave", at(chance.randrange(days)))
    for number in range(MOST_SAID):
        back = chance.choice((chance.randrange(days + 3), chance.randrange(240)))
        yield told(_statement(chance, things, house.today), f"said {number}", at(back, chance.randrange(24)))
        if chance.random() < 0.2:
            yield told(StatementWithdrawn(SOURCE, f"{customer} said {number}"), f"back {number}", at(max(0, back - chance.randrange(9)), 23))
    yield told(PreferenceStated(Level.PRODUCT, "frozen", -1, "", Subject.ATTRIBUTE, Strength.STRONG, Told.INFERRED), "sign", at(9))
    yield told(PreferenceStated(Level.PRODUCT, "frozen", 1, "", Subject.ATTRIBUTE, Strength.SLIGHT, Told.INFERRED), "other sign", at(9))
    for number, product in enumerate(chance.sample([key for level, key in things if level == Level.PRODUCT], 6)):
        back, is_gift = chance.randrange(4, 40), number % 2 == 0
        order = (f"order {number}", at(back), Place.WEB, "", house.settings.currency)
        yield told(OrderCompleted(*order, (OrderLine(product, 1000, 900),), (product,) if is_gift else ()), f"order {number}", at(back))
        if chance.random() < 0.6:
            again = at(back - chance.randrange(4), 18)
            yield told(OrderRefunded(order[0], again, Place.SHOP, *order[3:], (OrderLine(product, -1000, -900),)), f"refund {number}", again)


def _statement(chance: random.Random, things: list[tuple[Level, str]], today: int) -> PreferenceStated:
    subject = chance.choice((Subject.THING, Subject.THING, Subject.ATTRIBUTE, Subject.CHANNEL, Subject.HOUR))
    level, key = chance.choice(things)
    others = {
        Subject.ATTRIBUTE: chance.choice(ATTRIBUTES),
        Subject.CHANNEL: chance.choice(list(Channel)).name.lower(),
        Subject.HOUR: chance.choice(("0-10", "12-8", "9-12 1-5", "8-20 6-7", "10-18", "0-24 7-1")),
    }
    feeling, strength, who = chance.choice((-1, -1, 1, 0)), chance.choice(list(Strength)), chance.choice(list(Told))
    until = chance.choice((0, 0, today - 3, today + 3))
    is_about_health = chance.random() < 0.2
    return PreferenceStated(
        level if subject == Subject.THING else Level.PRODUCT, others.get(subject, key), feeling, "", subject, strength, who, "", until, is_about_health
    )
