"""The rows that judgement reads: whole numbers, at the level of types, in the columns that the store names."""

from __future__ import annotations

from pathlib import Path

import pytest

from habitue.content import Book, Catalogue, Shop, book_rows, read_book, whom_case
from habitue.content.relation_rows import MOST_PAIRS
from habitue.store.bases import BOOK
from habitue.store.relations import ALLOWED
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput
from tests.content.writing import TO_HER, action_text, write_book

DRINKS, GROCERY, COFFEE, TEA, GROUND, BEANS, GREEN, PACKET = 1, 2, 10, 11, 100, 101, 102, 1000
CATALOGUE = Catalogue.of_rows(
    [
        *((DRINKS, 4, "DRINKS", 0), (GROCERY, 4, "GROCERY", 0), (COFFEE, 3, "COFFEE", DRINKS), (TEA, 3, "TEA", GROCERY)),
        *((GROUND, 2, "COFFEE/GROUND", COFFEE), (BEANS, 2, "COFFEE/BEANS", COFFEE), (GREEN, 2, "TEA/GREEN", TEA), (PACKET, 1, "8471", GREEN)),
    ]
)


def rows_of(tmp_path: Path, *texts: str, shop: str = "") -> dict[str, list[tuple[int, ...]]]:
    book = read_book(write_book(tmp_path, *texts, shop=shop))
    return book_rows(book, CATALOGUE, {action.key: 7 + rank for rank, action in enumerate(book.actions)}, control_permille=100)


def named(relation: str, row: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(BOOK[relation], row, strict=True))


def test_every_row_has_the_columns_of_its_relation_and_whole_numbers_only(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, action_text(), action_text(key='"offer"', kind='"offer"', purpose='"offers"'))
    assert set(rows) == set(BOOK)
    for relation, those in rows.items():
        assert those or relation == "near_item"
        for row in those:
            assert len(row) == len(BOOK[relation])
            assert all(type(value) is int for value in row)


def test_an_action_becomes_its_numbers(tmp_path: Path) -> None:
    when = "{ hour = 11, weekdays = [1, 7], from = 2017-10-01, until = 2017-12-24 }"
    later = action_text(key='"later"', when=when, after='{ action = "replenish-coffee", days = 3 }', budget="{ most = 40, days = 7 }", use="250")
    rows = rows_of(tmp_path, action_text(), later)
    row = named("action", rows["action"][1])
    assert (row["action_id"], row["rank"], row["hour"], row["from_day"], row["until_day"]) == (8, 1, 11, parse_day("2017-10-01"), parse_day("2017-12-24"))
    assert (row["after_action_id"], row["after_days"], row["budget_most"], row["budget_days"]) == (7, 3, 40, 7)
    assert (row["use_basis"], row["use_permille"], row["relation_millicents"]) == (1, 250, 12_000)
    assert (row["is_asking"], row["is_capped"], row["is_held"]) == (1, 0, 0)
    assert [weekday for action, weekday in rows["action_weekday"] if action == 8] == [1, 7]


def test_only_service_is_never_capped_and_only_offers_are_held(tmp_path: Path) -> None:
    kinds = ["offer", "content", "service", "question", "gesture", "set-aside"]
    rows = rows_of(tmp_path, *(action_text(key=f'"{kind}"', kind=f'"{kind}"', purpose='"offers"') for kind in kinds))
    found = {kind: named("action", row) for kind, row in zip(kinds, rows["action"], strict=True)}
    assert [kind for kind in kinds if not found[kind]["is_capped"]] == ["service"]
    assert [kind for kind in kinds if found[kind]["is_held"]] == ["offer"]


@pytest.mark.parametrize(
    ("about", "types"),
    [
        ('types = ["TEA/GREEN"]', [GREEN]),
        ('categories = ["COFFEE"]', [GROUND, BEANS]),
        ('departments = ["GROCERY"]', [GREEN]),
        ('products = ["8471"]', [GREEN]),
        ("any = true", [GROUND, BEANS, GREEN]),
        ('types = ["COFFEE/BEANS"], categories = ["COFFEE"], departments = ["DRINKS"]', [GROUND, BEANS]),
        ('types = ["UNKNOWN"], categories = ["NONE"]', []),
    ],
)
def test_things_are_spread_to_their_types(tmp_path: Path, about: str, types: list[int]) -> None:
    assert rows_of(tmp_path, action_text(about=f"{{ {about} }}"))["action_item"] == [(7, each, 0) for each in types]


def test_near_carries_the_category_and_because_the_other_thing(tmp_path: Path) -> None:
    near = action_text(key='"near"', basis='"near"')
    because = action_text(key='"because"', basis='"because"', because='{ types = ["TEA/GREEN", "COFFEE/BEANS"], within_days = 3 }')
    rows = rows_of(tmp_path, near, because, action_text(key='"her"', **TO_HER))
    assert rows["near_item"] == [(7, GROUND, COFFEE), (7, BEANS, COFFEE)]
    assert rows["action_item"] == [(8, GROUND, BEANS), (8, GROUND, GREEN), (8, BEANS, GREEN)]


def test_an_offer_names_the_categories_that_its_things_come_from(tmp_path: Path) -> None:
    offer = action_text(key='"offer"', kind='"offer"', purpose='"offers"', about='{ types = ["COFFEE/BEANS", "COFFEE/GROUND", "TEA/GREEN"] }')
    assert rows_of(tmp_path, action_text(), offer)["offer_category"] == [(8, COFFEE), (8, TEA)]


def test_ways_that_are_the_same_share_a_route(tmp_path: Path) -> None:
    shop = "[channel_costs_cents]\nemail = 0.1\nshop = 2\n"
    rows = rows_of(tmp_path, action_text(key='"a"'), action_text(key='"b"', channels='["shop", "email"]'), action_text(key='"c"'), shop=shop)
    assert rows["route"] == [(1, 1, 1, 1, 100), (1, 2, 1, 4, 2000), (2, 1, 1, 4, 2000), (2, 2, 1, 1, 100)]
    assert [named("action", row)["route_id"] for row in rows["action"]] == [1, 2, 1]


def test_every_type_has_the_margin_of_its_department(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, action_text(), shop="[margins]\ndefault = 250\nDRINKS = 400\n")
    assert [(thing, margin) for thing, _category, _department, margin in rows["thing"]] == [(GROUND, 400), (BEANS, 400), (GREEN, 250)]


@pytest.mark.parametrize(
    ("quiet", "hours"),
    [("from = 21\nuntil = 8", (21, 8)), ("from = 22\nuntil = 0", (22, 0)), ("from = 0\nuntil = 6", (24, 6)), ("from = 9\nuntil = 9", (24, 0))],
)
def test_quiet_hours_are_an_evening_and_a_morning(tmp_path: Path, quiet: str, hours: tuple[int, int]) -> None:
    row = named("terms", rows_of(tmp_path, action_text(), shop=f"[quiet]\n{quiet}\n")["terms"][0])
    assert (row["quiet_from_hour"], row["quiet_until_hour"]) == hours
    shop = read_book(tmp_path).shop
    assert [shop.is_quiet_at(hour) for hour in range(24)] == [hour >= hours[0] or hour < hours[1] for hour in range(24)]
    assert row["control_permille"] == 100


def test_an_action_that_pairs_everything_with_everything_is_refused(tmp_path: Path) -> None:
    many = 600
    catalogue = Catalogue.of_rows([(1, 3, "ALL", 0), *((2 + number, 2, f"T{number}", 1) for number in range(many))])
    book = read_book(write_book(tmp_path, action_text(basis='"because"', about="{ any = true }", because="{ any = true, within_days = 3 }")))
    assert many * many > MOST_PAIRS
    with pytest.raises(BadInput, match=r"replenish-coffee.* pairs 600 × 600 things"):
        book_rows(book, catalogue, {"replenish-coffee": 1})


def test_audiences_become_one_condition_in_the_portable_dialect(tmp_path: Path) -> None:
    texts = [action_text(key=f'"a{number}"', whom=whom) for number, whom in enumerate(['"item_times > 3"', '"weekday = 1"', '"item_times   > 3"'])]
    book = read_book(write_book(tmp_path, *texts))
    case = whom_case(book, {"a0": 5, "a1": 6, "a2": 4})
    assert case.sql("duckdb") == "CASE WHEN c.action_id IN (4, 5) THEN c.item_times > 3 WHEN c.action_id IN (6) THEN c.weekday = 1 ELSE FALSE END"
    assert {type(node) for node in case.walk()} <= ALLOWED


def test_a_book_without_actions_concerns_nobody() -> None:
    assert whom_case(Book((), Shop(), ""), {}).sql("duckdb") == "FALSE"
