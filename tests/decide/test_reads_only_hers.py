"""To judge one customer among thousands, the database reads what is hers and never walks through what is everybody's."""

from __future__ import annotations

import json

from habitue.app import House
from habitue.app.names import customer_of
from habitue.store import Truth
from tests.cast import Shop, day, veal

STRANGERS, PURCHASES_EACH, WORDS_EACH = 1_000, 50, 10
FIRST_STRANGER = 1_000_000
NUMBERS = "WITH RECURSIVE {name}(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM {name} WHERE n < {many})"
PURCHASE = "profile_id, day, order_id, seq, line_no, product_id, quantity_milli, amount_cents, known_at, type_id"
WORD = "profile_id, known_at, seq, touch_id, action_id, item_id, kind, channel, day, is_asking"


def add_strangers(truth: Truth, today: int) -> None:
    """Thousands of other customers with purchases and words, written straight into the facts, since only their number matters."""
    both = f"{NUMBERS.format(name='who', many=STRANGERS)}, {NUMBERS.format(name='time', many=PURCHASES_EACH).removeprefix('WITH RECURSIVE ')}"
    his = f"SELECT {FIRST_STRANGER} + w.n"
    number = f"{FIRST_STRANGER} + w.n * {PURCHASES_EACH} + t.n"
    with truth.transaction():
        truth.run(f"INSERT INTO profile (profile_id, customer_id) {NUMBERS.format(name='who', many=STRANGERS)} {his}, {FIRST_STRANGER} + w.n FROM who AS w")
        bought = f"{his}, {today} - 7 * t.n, {number}, {number}, 1, 1, 1000, 900, 0, 1 FROM who AS w CROSS JOIN time AS t"
        truth.run(f"INSERT INTO order_line ({PURCHASE}) {both} {bought}")
        told = f"{his}, 0, {number}, {number}, 1, 1, 1, 1, {today} - 30 * t.n, 0 FROM who AS w CROSS JOIN time AS t WHERE t.n <= {WORDS_EACH}"
        truth.run(f"INSERT INTO touch_fact ({WORD}) {both} {told}")
    if truth.dialect == "postgres":
        truth.run("ANALYZE")  # as its own housekeeper does; a house on SQLite is never counted


def steps_of(house: House, customer: str) -> list[tuple[str, tuple[int, ...]]]:
    """What is put to the database for one customer, once it has been asked a few times and knows how little she has."""
    when = house.when()
    for _ in range(3):
        house.alone.judge(customer_of(house, customer), when)
    moment = (1, customer_of(house, customer), when.as_of, when.today, when.hour, when.weekday, when.lesson_id, when.wheel_permille)
    return [(text, moment) for text, takes_moment in house.alone._steps() if takes_moment]


def whole_walks(truth: Truth, text: str, moment: tuple[int, ...]) -> set[str]:
    """The facts that SQLite's programme for a text reads from one end to the other, in their table or in an index of it."""
    facts = dict(truth.run("SELECT rootpage, tbl_name FROM sqlite_schema WHERE tbl_name IN ('profile', 'order_line', 'touch_fact') AND rootpage > 0"))
    programme = [row[1:5] for row in truth.run(f"EXPLAIN {text}", moment)]
    reads = {cursor: facts[root] for step, cursor, root, database in programme if step == "OpenRead" and database == 0 and root in facts}
    return {reads[cursor] for step, cursor, *_ in programme if step in ("Rewind", "Last") and cursor in reads}


def cost(truth: Truth, text: str, moment: tuple[int, ...] = ()) -> float:
    """What PostgreSQL expects of a statement, in its own unit."""
    said = truth.run(f"EXPLAIN (FORMAT JSON) {text}", moment)[0][0]
    return float((json.loads(said) if isinstance(said, str) else said)[0]["Plan"]["Total Cost"])


def test_to_judge_one_customer_nobody_elses_purchases_are_read(shop: Shop) -> None:
    with shop.book(veal()).open() as house:
        truth = house.truth
        add_strangers(truth, day("2017-11-01"))
        steps = steps_of(house, "martin")
        if truth.dialect == "sqlite":
            assert not [walk for text, moment in steps for walk in whole_walks(truth, text, moment)]
            assert whole_walks(truth, "SELECT * FROM line WHERE day > ?", (1,))
        else:
            everybodys_words = cost(truth, "SELECT * FROM touch_fact")
            assert not {text[:60]: dear for text, moment in steps if (dear := cost(truth, text, moment)) > everybodys_words}
