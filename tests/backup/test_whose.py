"""Every relation of the truth is kept under somebody's key in a backup: hers, anybody's, or the house's."""

from __future__ import annotations

from habitue.app.backup.relations import ANYBODYS, EVENT_KEY, LEFT_OUT, NOBODYS, THROUGH, is_house_s, owners_in
from habitue.app.erasure.forgetting import what_is_in
from habitue.store import Truth
from habitue.store.schema import columns, our_tables, tables
from tests.forget.test_walker import NOBODY


def test_what_holds_a_customer_lies_under_her_key_or_under_the_common_one(truth: Truth) -> None:
    for relation in what_is_in():
        assert not is_house_s(relation, columns(truth, relation)), f"say in app/backup/relations.py whose the rows of {relation} are"


def test_what_holds_nobody_is_the_house_s(truth: Truth) -> None:
    for relation in NOBODY:
        assert is_house_s(relation, columns(truth, relation)), relation


def test_each_relation_is_spoken_of_once(truth: Truth) -> None:
    by_hand = [*THROUGH, *ANYBODYS, EVENT_KEY]
    assert len(set(by_hand)) == len(by_hand)
    assert not [relation for relation in (*THROUGH, EVENT_KEY) if owners_in(relation, columns(truth, relation))]
    assert set(by_hand) <= what_is_in().keys()
    assert {"profile_id"} <= set.intersection(*(set(columns(truth, relation)) for relation in NOBODYS))
    for relation, (parent, by, column) in THROUGH.items():
        assert by in columns(truth, relation)
        assert {by, column} <= set(columns(truth, parent))


def test_nothing_else_in_a_database_is_taken_for_ours(truth: Truth) -> None:
    truth.run("CREATE TABLE somebody_else_s (name TEXT PRIMARY KEY)")
    assert set(tables(truth)) - our_tables() == {"somebody_else_s"}
    assert set(LEFT_OUT) <= our_tables()
