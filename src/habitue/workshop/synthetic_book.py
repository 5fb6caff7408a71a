"""A made book of fifty actions over the made catalogue, and a made lesson: what a benchmark asks of made customers.

Half of the actions are about a thing, on all bases, with audiences like those of the demo's book; it is read by the same reader as any brand's.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from habitue.content import Catalogue, book_rows, read_book, whom_case
from habitue.decide.model import Question, When
from habitue.measure.cells import FULL_CELLS
from habitue.store.bases import COMMON
from habitue.words.clock import weekday_of
from habitue.workshop.synthetic import CATEGORIES, DEPARTMENTS, FIRST_TYPE, PLANNED_AT, TODAY, TYPES, catalogue_rows, products

ACTIONS = 50
LESSON = 1
Rows = list[tuple[int, ...]]

OF_HER = (
    ("gesture", "invitations", "birthday_in_days between 0 and 3", "thing", "nothing", 90),
    ("gesture", "advice", "anniversary_in_days between 0 and 7 and baskets_365 >= 6", "thing", "nothing", 60),
    ("gesture", "advice", "late_permille >= 2000 and baskets_365 >= 4 and is_regular = 1", "nothing", "nothing", 45),
    ("content", "advice", "baskets_91 >= 3 and words_28 <= 2", "recipe", "nothing", 12),
    ("question", "service", "months_as_customer >= 2 and baskets_28 >= 1", "nothing", "answer", 20),
)
OF_A_HABIT = (
    ("service", "advice", "item_due_permille >= 800 and item_times >= 3", "reminder", "purchase", "chance"),
    ("set-aside", "advice", "item_times >= 4 and usual_weekday = weekday", "thing", "nothing", "chance"),
    ("content", "advice", "item_times >= 3 and item_days_since <= 14", "recipe", "nothing", "love"),
    ("offer", "offers", "item_decayed >= 800 or category_decayed >= 2000", "money", "purchase", "chance"),
)
PRICED = "item_price_cents >= 200 or item_times = 0"


def made_book(folder: Path) -> str:
    """Writes the book as a brand would and gives its text."""
    text = "\n".join(_action(number) for number in range(ACTIONS))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "made.toml").write_text(text, encoding="utf-8")
    return text


def made_question(folder: Path) -> Question:
    """The book in a folder, laid out over the made catalogue, with a control group of a tenth."""
    book = read_book(folder)
    ids = {action.key: number for number, action in enumerate(book.actions, start=1)}
    tables = book_rows(book, Catalogue.of_rows(catalogue_rows()), ids, 100)
    return Question(1, tables, whom_case(book, ids), tuple(ids.values()))


def made_when() -> When:
    """The morning on which the made day is planned."""
    return When(PLANNED_AT, TODAY, weekday_of(TODAY), -1, LESSON, 300)


def made_common() -> dict[str, Rows]:
    """The relations that are the same for everyone: catalogue, stock, budgets spent, and a lesson with every chance and every thing's rhythm."""
    rng = np.random.default_rng(7)
    things = range(FIRST_TYPE, FIRST_TYPE + TYPES)
    product = products()
    return {
        "item": [(0, 0, 0), *((item, level, parent) for item, level, _, parent in catalogue_rows())],
        "product": list(zip(*(product[name].tolist() for name in COMMON["product"]), strict=True)),
        "thing_attribute": [(thing, 1) for n, thing in enumerate(things) if n % 10 == 3],
        "stock": [(thing, PLANNED_AT - 86_400, n + 1, n % 40) for n, thing in enumerate(things)],
        "chance": [(LESSON, cell, 20 + 800 * cell // FULL_CELLS) for cell in range(FULL_CELLS)],
        "item_rhythm": [(LESSON, thing, 7 + n % 50, 10 + int(rng.integers(0, 5000)), 99 + n * 37 % 900, n % 8) for n, thing in enumerate(things)],
        "spent": [(action, PLANNED_AT - 86_400, TODAY - 1, 10) for action in range(1, ACTIONS + 1)],
    }


def _action(number: int) -> str:
    """One action in the book's own words: even numbers are about her, odd ones about a thing."""
    turn = number // 2
    lines = _about_her(turn) if number % 2 == 0 else _about_a_thing(turn)
    channels = (["email", "shop"], ["shop", "post"], ["sms", "email"], ["email", "post", "shop"])[turn % 4]
    head = [
        f'key = "made-{number:02d}"',
        f'title = {{ en = "Made {number}", fr = "Faite {number}" }}',
        f'say = {{ en = "Made {number}", fr = "Faite {number}" }}',
    ]
    return "\n".join(["[[action]]", *head, f"channels = {channels}", f"priority = {number % 10}", *lines, ""])


def _about_her(turn: int) -> list[str]:
    kind, purpose, whom, gives, asks, worth = OF_HER[turn % len(OF_HER)]
    lines = [f'kind = "{kind}"', f'purpose = "{purpose}"', 'basis = "customer"', f'whom = "{whom}"', f'gives = "{gives}"', f'asks = "{asks}"']
    lines += [f"relation_cents = {worth + turn}", f"use = {250 + 15 * turn}", f"repeat_days = {30 + turn}"]
    return [*lines, "budget = { most = 400, days = 7 }"] if turn % 5 == 4 else lines


def _about_a_thing(turn: int) -> list[str]:
    first = [f"C{n}" for n in range(turn * 4 % CATEGORIES, turn * 4 % CATEGORIES + 6)]
    if turn % 4 == 2:
        about = ['basis = "because"', f"about = {{ categories = {first[:1]} }}", f"because = {{ categories = {first[3:5]}, within_days = 5 }}"]
        rest = ['kind = "content"', 'purpose = "advice"', f'whom = "{PRICED}"', 'gives = "advice"', 'asks = "purchase"', 'use = "chance"']
    elif turn % 4 == 3:
        about = ['basis = "near"', f"about = {{ categories = {first} }}"]
        rest = ['kind = "offer"', 'purpose = "offers"', 'whom = "category_decayed >= 2500"', 'gives = "money"', 'asks = "purchase"', 'use = "love"']
    else:
        kind, purpose, whom, gives, asks, use = OF_A_HABIT[turn // 2 % len(OF_A_HABIT)]
        whole = f'departments = ["D{turn % DEPARTMENTS}"]' if turn % 3 else f"categories = {first}"
        about = ['basis = "habit"', f"about = {{ {whole} }}"]
        rest = [f'kind = "{kind}"', f'purpose = "{purpose}"', f'whom = "{whom}"', f'gives = "{gives}"', f'asks = "{asks}"', f'use = "{use}"']
    return [*about, *rest, f"relation_cents = {5 + turn % 6}", f"repeat_days = {14 + turn}"]
