"""Every relation of the truth is in some room's list of what it holds of a customer, or in the short list of those that hold nobody, column by column."""

from __future__ import annotations

import re

from habitue.app.erasure.forgetting import ROOMS, everything_of, what_is_in
from habitue.store import Truth
from habitue.store.schema import columns, tables
from habitue.words.whom import Whom

NOBODY = {
    "action_key": ("the book's", "action_id key"),
    "backup_place": ("folders, and numbers of profiles that are no more", "claim place keys owed is_lost is_shared"),
    "book": ("the brand's own actions", "book_id hash actions known_at"),
    "chance": ("learned from everyone, by cell", "lesson_id cell permille"),
    "counter": ("numbers in sequence", "name value"),
    "forgetting": ("certificates, without personal data", "number erased_at what is_left"),
    "forgotten_decision": ("counts", "day reason kind customers"),
    "forgotten_refused": ("counts", "day way messages"),
    "forgotten_sale": ("sums", "day product_id quantity_milli amount_cents"),
    "item": ("the catalogue", "item_id level key parent_id seq"),
    "item_name": ("the catalogue", "item_id language name"),
    "item_rhythm": ("learned from everyone, by thing", "lesson_id item_id gap_days buyers price_cents pull"),
    "knock": ("hashes by the house's key, dropped when their time is over", "what at number until"),
    "lesson": ("when anything was learned", "lesson_id as_of note"),
    "link_target": ("where links of letters lead, for everybody alike", "link target"),
    "letter_stop": ("since when no letter of a kind leaves", "kind stopped_at released_at"),
    "migration": ("how far the tables are", "name"),
    "notice": ("what everybody was shown", "hash purpose language version title body known_at"),
    "post_day": ("which days were put into the post, and how many letters that made", "day at letters"),
    "plan": ("which days are planned", "day as_of book_id lesson_id is_done"),
    "plan_bucket": ("which parts of a day are planned", "day bucket"),
    "product": ("the catalogue", "product_id type_id category_id department_id"),
    "product_attribute": ("the catalogue", "product_id attribute_id"),
    "projection_file": ("the names of files", "relation bucket file line_count from_seq to_seq"),
    "pull_mark": ("how far a shop is fetched", "source_id what since_at begun_at next_page"),
    "sealed_leave": ("what the law asks to keep: hashes, purposes, days", "hash purpose channel day is_granted"),
    "shop": ("the brand's shops", "shop_id key name zone"),
    "silence_count": ("counts", "day reason customers"),
    "source": ("the brand's sources", "source_id name"),
    "stock": ("how many there are", "item_id known_at seq units"),
    "thing_attribute": ("the catalogue", "item_id attribute_id"),
    "suppression": ("the list that outlives her erasure: hashes by the house's key", "address_hash purpose channel at number is_lifted"),
    "tombstone": ("hashes by the house's key", "hash erased_at"),
    "write_key": ("by what sources write", "key source_id ids is_server made_at"),
}
"""By relation: why it holds no customer, and its columns, so that one more is looked at by somebody."""


def test_every_relation_is_in_a_room_s_list_or_holds_nobody(truth: Truth) -> None:
    there, listed = set(tables(truth)), what_is_in()
    assert there - listed.keys() - NOBODY.keys() == set(), "no room says what of a customer lies in these: write its forget.py"
    assert (listed.keys() | NOBODY.keys()) - there == set()
    assert listed.keys() & NOBODY.keys() == set()
    assert len(listed) == sum(len(room.HOLDS) for room in ROOMS), "one relation is one room's"


def test_what_holds_nobody_has_no_column_that_nobody_looked_at(truth: Truth) -> None:
    for relation, (_why, told) in NOBODY.items():
        assert columns(truth, relation) == told.split(), relation
        assert not re.search(r"profile_id|customer_id", told), relation


def test_what_bears_a_profile_s_number_is_never_said_to_hold_nobody(truth: Truth) -> None:
    for relation in tables(truth):
        if any(name.endswith(("profile_id", "customer_id")) for name in columns(truth, relation)):
            assert relation in what_is_in(), relation


def test_each_room_shows_all_that_it_says_it_holds(truth: Truth) -> None:
    assert everything_of(truth, Whom((1,), (("customer", "nobody"),))).keys() == what_is_in().keys()


def test_each_room_erases_all_that_it_says_it_holds(truth: Truth) -> None:
    with truth.transaction():
        erased = [name for room in ROOMS for name in room.erase(truth, Whom((1,)))]
    assert sorted({*erased, "arrival"}) == sorted(what_is_in()), "a request that waits is sorted, and what of it is hers let go"
