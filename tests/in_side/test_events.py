"""The family of events: each has a name, a body that comes back, and somebody who listens (or nobody, on purpose)."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from habitue.app.listeners import LISTENERS, record
from habitue.events.model import (
    AnyEvent,
    Event,
    Occurrence,
    OrderCompleted,
    OrderLine,
    PauseAsked,
    ProductViewed,
    body_of,
    event_of,
    name_of,
)
from habitue.store import Truth
from habitue.words.vocabulary import Place

ORDER = OrderCompleted("B1", 1_488_650_700, Place.SHOP, "", "EUR", (OrderLine("veal", 2000, 1250),))


def test_every_event_stands_in_the_table_of_listeners() -> None:
    assert set(LISTENERS) == set(AnyEvent.__args__)
    assert all(issubclass(kind, Event) for kind in LISTENERS)


def test_names_are_in_the_past_tense_with_spaces_as_segment_writes_them() -> None:
    names = {kind.__struct_config__.tag for kind in LISTENERS}
    assert {"Order Completed", "Order Refunded", "Product Viewed"} <= names
    assert all(name.split()[-1].endswith(("ed", "n", "t")) for name in names if isinstance(name, str))


def test_a_body_comes_back_as_the_same_event() -> None:
    assert event_of(body_of(ORDER)) == ORDER
    assert name_of(ORDER) == "Order Completed"
    assert msgspec.json.decode(body_of(ORDER))["lines"] == [["veal", 2000, 1250]]


def _occurrence(event: AnyEvent, message_id: str, at: int = 1_488_650_700) -> Occurrence:
    return Occurrence(event, "site", message_id, 1, at, 17_229, 19, at)


def test_a_view_is_kept_though_nobody_listens(truth: Truth) -> None:
    with truth.transaction():
        appended = record(truth, [_occurrence(ProductViewed("veal"), "m1")], "Europe/Paris", 0)
    assert [recorded.what.message_id for recorded in appended.recorded] == ["m1"]
    assert truth.run("SELECT name, body FROM event") == [("Product Viewed", '{"event":"Product Viewed","product_key":"veal"}')]


def test_within_one_batch_too_a_message_is_written_once(truth: Truth) -> None:
    same, other = _occurrence(PauseAsked(17_500), "m1"), _occurrence(PauseAsked(17_600), "m1")
    with truth.transaction():
        appended = record(truth, [same, same, other], "Europe/Paris", 0)
    assert (len(appended.recorded), len(appended.repeated), len(appended.refused)) == (1, 1, 1)
    assert truth.run("SELECT until_day FROM pause_fact") == [(17_500,)]


def test_one_id_from_two_sources_is_two_messages(truth: Truth) -> None:
    one = _occurrence(ProductViewed("veal"), "m1")
    with truth.transaction():
        appended = record(truth, [one, replace(one, source="till")], "Europe/Paris", 0)
    assert len(appended.recorded) == 2


def test_what_a_listener_cannot_write_is_not_recorded_either(truth: Truth, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_what: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setitem(LISTENERS, PauseAsked, (broken,))
    with pytest.raises(RuntimeError), truth.transaction():
        record(truth, [_occurrence(PauseAsked(17_500), "m1")], "Europe/Paris", 0)
    assert truth.run("SELECT count(*) FROM event") == [(0,)]
