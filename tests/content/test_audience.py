"""Whom an action may concern: what is allowed means the same on every engine, and nothing else passes."""

from __future__ import annotations

import re

import apsw
import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from habitue.content import COLUMNS, parse_whom
from habitue.content.audience import check_nodes, checked, columns_in
from habitue.content.audience_text import KEYWORDS
from habitue.store.relations import ALLOWED, DIALECTS
from habitue.words.errors import Refused
from tests.content.expressions import CONDITIONS, PERSON, SOME

GOOD = [
    "true",
    "item_due_permille >= 800 and item_times >= 4",
    "not weekday in (6, 7) or usual_weekday = weekday",
    "birthday_in_days between 0 and 3",
    "case when is_regular = 1 then gap_days else 28 end < days_since_last",
    "case weekday when 1 then true else false end",
    "spend_28_cents * 9 >= spend_365_cents",
    "item_times // gap_days is not null",
    "item_times not in (-1, 2) and item_times not between 3 and 4",
    "- item_times + 3 <> -(2 - words_7)",
    "item_times\n  > 3\n\tAND words_7 = 0",
]

HOSTILE = [
    "",
    "   ",
    "()",
    "1",
    "is_regular",
    "item_times and true",
    "true = true",
    "not item_times",
    "item_times in (select 1)",
    "(select count(*) from customer) > 0",
    "exists (select 1)",
    "1 = 1; drop table customer",
    "1 = 1 -- and more",
    "1 = 1 /* and more */",
    "1 = 1 --",
    "1 = 1 -- or weekday = 1",
    "1 = 1 /* or weekday = 1 */",
    "weekday--1 = 3",
    "item_times > 0 union select 1",
    "customer_id = 7",
    "c.item_times > 1",
    '"item_times" > 1',
    "item_times > 'x'",
    "item_times > 1.5",
    "item_times > 1e3",
    "item_times > 0x10",
    "item_times > 1_000",
    "item_times / 2 > 1",
    "item_times % 2 = 1",
    "item_times ** 2 > 1",
    "item_times ^ 2 > 1",
    "item_times || 1 = 2",
    "item_times & 1 = 1",
    "abs(item_times) > 1",
    "item_times (1) > 1",
    "random() > 0",
    "getenv('HOME') is null",
    "read_csv('/etc/passwd') is null",
    "count(*) over () > 1",
    "row_number() over (order by item_times) = 1",
    "cast(item_times as text) = 1",
    "item_times::text = 1",
    "item_times = ?",
    "item_times = $1",
    "item_times = :x",
    "item_times = @x",
    "item_times = {{x}}",
    "[1] = [1]",
    "(1, 2) = (1, 2)",
    "(item_times, 1) in ((1, 2))",
    "item_times in ()",
    "item_times in (words_7)",
    "item_times in (1 + 1)",
    "item_times in 1",
    "item_times is true",
    "item_times is distinct from 1",
    "item_times = null",
    "null",
    "case when true then 1 end = 1",
    "case when true then 1 else true end = 1",
    "case when item_times then 1 else 2 end = 1",
    "item_times like 1",
    "item_times as x",
    "item_times words_7",
    "*",
    "item_times > all (1)",
    "item_times < 3 < 4",
    "item_times between symmetric 1 and 3",
    "item_times <=> 1",
    "item_times !~ 1",
    "if(is_regular = 1, true, false)",
    "from item_times",
    "lambda x: x",
    "item_times // 0 = 1",
    "item_times // (0) = 1",
    "99999999999999999999 > item_times",
    "spend_28_cents * spend_28_cents > 1",
    "item_decayed * item_decayed * 100 > 1",
    "item＿times > 1",
    "item_times > ١",
    "item_times > 1\x00",
    "ITEM_TIMES > 1",
    "(" * 17 + "true" + ")" * 17,
    "(" * 400 + "true" + ")" * 400,
    "not " * 200 + "true",
    "- " * 300 + "1 = 1",
    "case when " * 17 + "true" + " then true else false end" * 17,
    " or ".join(["weekday = 1"] * 70),
    "+".join(["1"] * 400) + " = 1",
    "true or " * 200 + "true",
    "true)",
    "(true",
    "true or",
    "item_times = 1 order by item_times",
    "item_times = 1 limit 1",
    f"weekday in ({', '.join(['1'] * 400)})",
]


@pytest.mark.parametrize("text", GOOD)
def test_it_accepts_what_the_page_promises(text: str) -> None:
    assert columns_in(parse_whom(text)) <= set(COLUMNS)


@pytest.mark.parametrize("text", HOSTILE)
def test_it_refuses_everything_else_with_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"\A[A-Z“].*[.:)!?]\Z"):
        parse_whom(text)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_documented_column_can_be_named(name: str) -> None:
    assert columns_in(parse_whom(f"{name} >= 0 or {name} is null")) == {name}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("items_time > 3", "There is no column “items_time”. Did you mean “item_times”?"),
        ("abs(item_times) > 1", "calls the function “abs”"),
        ("item_times (1) > 1", "calls the function “item_times”"),
        ("not not not true", "three times in a row"),
        ("(select 1) = 1", "holds a query (“select”)"),
        ("item_times / 2 > 1", "“item_times / 2”, which is not allowed"),
        ("is_regular", "compare it, as in “is_regular = 1”"),
        ("item_times > 'x'", "a text in quotes"),
        ("item_times = 1; true", "a semicolon"),
        ("item_times > 1.5", "a dot (a fraction"),
        ("item_times = //", "“//”, which is no column"),
        ("item_times + // > 1", "“//”, which is no column"),
    ],
)
def test_the_sentence_names_what_was_found(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_whom(text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "text", ["weekday between symmetric 1 and 3", "weekday in (select 1)", "c.weekday = 1", "abs(weekday) = 1", "weekday in 1", "if(true, 1, 2) = 1"]
)
def test_the_second_net_holds_without_the_first(text: str) -> None:
    with pytest.raises(Refused, match="not allowed"):
        check_nodes(sqlglot.parse_one(text, read="duckdb"))


def test_the_safe_expression_stays_in_the_portable_dialect_and_divides_by_no_zero() -> None:
    tree = parse_whom("item_times // gap_days > 2 and item_times // 3 = 1")
    assert {type(node) for node in tree.walk()} <= ALLOWED
    assert tree.sql(dialect=DIALECTS["sqlite"]) == "CAST(item_times AS INTEGER) / NULLIF(gap_days, 0) > 2 AND CAST(item_times AS INTEGER) / 3 = 1"


DUCK = duckdb.connect()
LITE = apsw.Connection(":memory:")


@given(CONDITIONS, PERSON)
def test_an_accepted_text_means_on_each_engine_what_it_means_as_written(text: str, person: tuple[int, ...]) -> None:
    row = ", ".join(f"CAST({value} AS BIGINT) AS {name}" for value, name in zip(person, SOME, strict=True))
    (written,) = DUCK.execute(f"SELECT {text} FROM (SELECT {row})").fetchone() or ()
    tree = parse_whom(text)
    (on_duck,) = DUCK.execute(f"SELECT {tree.sql(dialect=DIALECTS['duckdb'])} FROM (SELECT {row})").fetchone() or ()
    (on_lite,) = LITE.execute(f"SELECT {tree.sql(dialect=DIALECTS['sqlite'])} FROM (SELECT {row})").fetchall()[0]
    assert on_duck == written
    assert bool(on_lite) == written


ENEMY = st.lists(
    st.one_of(
        st.sampled_from([*COLUMNS, *KEYWORDS, "(", ")", "=", "<", ">=", "+", "-", "*", "//", ",", "0", "7"]),
        st.sampled_from(
            ["select", "from", "customer", ".", "::", "'x'", ";", "--", "/*", "*/", "%", "abs", "over", "[", "cast", "as", "1.5", "$1", '"', "symmetric"]
        ),
    ),
    max_size=12,
).map(" ".join)
NODES = {
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Add, exp.Sub, exp.Mul, exp.IntDiv, exp.Neg, exp.Between, exp.In),
    *(exp.Is, exp.Null, exp.Case, exp.If, exp.Literal, exp.Boolean, exp.Column, exp.Identifier, exp.Paren),
}


@given(st.one_of(ENEMY, CONDITIONS, st.text(max_size=60)))
def test_nothing_accepted_holds_anything_but_the_allow_list(text: str) -> None:
    try:
        tree = checked(text)
    except Refused:
        return
    assert {type(node) for node in tree.walk()} <= NODES
    assert columns_in(tree) <= set(COLUMNS)
    assert not any(node.is_string for node in tree.find_all(exp.Literal))
    words = set(re.findall(r"[^\W\d]\w*", text))
    assert {word for word in words if word not in COLUMNS and word.lower() not in KEYWORDS} == set()
    assert not set(re.sub(r"\w", "", text, flags=re.ASCII)) - set("()<>=!+-*/, \t\r\n")
