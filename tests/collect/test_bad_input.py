"""Whatever the open net sends: a sentence with a 4xx, nothing lost, and what is right goes on."""

from __future__ import annotations

import gzip
import json
import time
from typing import Any

import msgspec
import pytest

from habitue.app.collect import intake, sorting
from habitue.app.log import logged
from habitue.events.arrivals import WriteKey, add_write_key, dead_letters, replay, write_down
from habitue.store import Settings, Truth
from habitue.web import collecting
from tests.collect.conftest import KEY, Listening

WHO = {"userId": "martin"}
DEEP = b'{"event":"x","userId":"martin","properties":' + b'{"a":' * 3000 + b"1" + b"}" * 3000 + b"}"


def one(number: str, **more: Any) -> dict[str, Any]:
    return {"type": "track", "event": "Product Viewed", "messageId": number, "properties": {"product_id": "p"}, **WHO, **more}


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("/v1/track", b"", 400, "not the JSON"),
        ("/v1/track", b"\xff\xfe", 400, "not the JSON"),
        ("/v1/track", b"[]", 400, "not the JSON"),
        ("/v1/track", b"NaN", 400, "not the JSON"),
        ("/v1/track", b'{"event":"x","userId":"martin","properties":{"price":NaN}}', 400, "JSON"),
        ("/v1/track", b'{"event":"\\ud800","userId":"martin"}', 400, "malformed"),
        ("/v1/track", DEEP, 400, "deep"),
        ("/v1/track", b'{"event":"x"}', 400, "Nobody is named"),
        ("/v1/track", b'{"event":"x","anonymousId":null,"userId":""}', 400, "Nobody is named"),
        ("/v1/track", b'{"userId":"martin"}', 400, "needs its name"),
        ("/v1/track", b'{"event":{},"userId":"martin"}', 400, "Expected `str"),
        ("/v1/track", b'{"event":"x","userId":{"a":1}}', 400, "Expected"),
        ("/v1/track", b'{"event":"x","userId":"a\\u0000b"}', 400, "signs that none has: “a\\x00b”"),
        ("/v1/track", b'{"event":"x","userId":"a\\u001b[2Jb"}', 400, "signs that none has: “a\\x1b[2Jb”"),
        ("/v1/track", b'{"event":"x","userId":"' + b"9" * 300 + b'"}', 400, "200 are the most"),
        ("/v1/track", b'{"event":"x","userId":"martin","properties":"many"}', 400, "Expected `object"),
        ("/v1/track", b'{"event":"x","userId":"martin","p":"' + b"x" * 33_000 + b'"}', 413, "32 KB"),
        ("/v1/batch", b"{}", 400, "holds no events"),
        ("/v1/batch", b'{"batch":[]}', 400, "holds no events"),
        ("/v1/batch", b'{"batch":{}}', 400, "Expected `array"),
        ("/v1/batch", b'{"batch":[{"type":"dance","userId":"martin"}]}', 400, "must be identify, track"),
        ("/v1/batch", b'{"batch":["x"]}', 400, "Expected `object"),
        ("/v1/batch", b'{"batch":[' + b",".join([b"{}"] * 3_000) + b"]}", 413, "2,500 events"),
        ("/v1/batch", b" " * 600_000, 413, "500 KB"),
        ("/v1/batch", gzip.compress(b" " * 50_000_000, mtime=0), 413, "500 KB"),
        ("/v1/batch", gzip.compress(b'{"batch":[]}', mtime=0)[:-9], 400, "gzip"),
        ("/v1/batch", b"\x1f\x8bnonsense", 400, "gzip"),
    ],
)
def test_it_says_what_is_wrong_and_goes_on(door: Listening, path: str, body: bytes, status: int, sentence: str) -> None:
    found, answer = door.post(path, body)
    assert (found, answer["success"]) == (status, False)
    assert sentence in answer["error"]
    assert door.post("/v1/track", one("m1"))[0] == 200
    assert [event.name for event in door.settled()] == ["Product Viewed"]


@pytest.mark.parametrize("key", ["", "nobody's", "WK_TEST2"])
def test_without_a_key_of_ours_nothing_is_taken(door: Listening, key: str) -> None:
    status, answer = door.post("/v1/track", one("m1"), key=key)
    assert (status, answer["success"]) == (401, False)
    assert "write key" in answer["error"]
    assert not door.settled()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_events_are_told_by_post(door: Listening, method: str) -> None:
    status, _, answer = door.send(f"{method} /v1/track?writeKey={KEY} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n".encode())
    assert 400 <= status < 500
    assert json.loads(answer)["error"]


def test_of_a_batch_what_is_right_is_taken_and_the_rest_can_be_read_and_sorted_again(door: Listening) -> None:
    wrong = [
        one("m2", properties="many"),
        {"type": "track", "messageId": "m3", "event": "x"},
        one("m4", timestamp="the day before yesterday"),
        one("m5", timestamp="1971-01-01T00:00:00Z"),
        one("m6", event="Order Completed", properties={"order_id": "o-1", "products": [{"sku": "a", "price": "cheap"}]}),
        one("m7", event="Order Completed", properties={"order_id": "o-1", "currency": "USD", "total": 1}),
        one("m8", event="Order Completed", properties={"total": 1}),
        one("m9", event="Order Completed", properties={"order_id": "o-1", "total": 10**40}),
        one("m10", x="x" * 40_000),
    ]
    wrong += [{}, "x"]
    assert door.post("/v1/batch", {"sentAt": "2026-11-21T10:00:00Z", "batch": [one("m1"), *wrong, one("m11")]})[0] == 200
    assert [event.message_id for event in door.settled()] == ["m1", "m11"]
    letters = door.letters()
    assert len(letters) == len(wrong)
    for letter, words in zip(
        letters,
        ("object", "Nobody", "no instant", "before 1990", "cheap", "this house counts in EUR", "order_id", "total", "32 KB", "missing", "object"),
        strict=True,
    ):
        assert words in letter.reason
    with door.truth.transaction():
        assert replay(door.truth, [letter.number for letter in letters]) == len(wrong)
    door.settled()
    assert [letter.reason for letter in door.letters()] == [letter.reason for letter in letters]


def test_a_letter_goes_where_it_belongs_once_its_fault_is_gone(settings: Settings, truth: Truth) -> None:
    in_dollars = one("m1", event="Order Completed", timestamp="2026-11-21T09:00:00Z", properties={"order_id": "o", "currency": "USD", "total": 5})
    body = json.dumps({"sentAt": "2026-11-21T10:00:00Z", "batch": [in_dollars]}).encode()
    with truth.transaction():
        add_write_key(truth, WriteKey(KEY, "web", "", is_server=False))
        write_down(truth, [(KEY, 1_800_000_000, "batch", 0, body)])
    assert sorting.Sorter(truth, settings).sort_some() == 1
    (letter,) = dead_letters(truth)
    with truth.transaction():
        replay(truth, [letter.number])
    assert sorting.Sorter(truth, msgspec.structs.replace(settings, currency="USD")).sort_some() == 1
    assert dead_letters(truth) == []
    assert [(event.name, event.at) for event in logged(truth)] == [("Order Completed", 1_800_000_000 - 3600)]


def test_a_poison_message_is_set_aside_and_stops_nobody(door: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = sorting.event_of

    def poisoned(letter: Any, currency: str) -> Any:
        if letter.message_id == "poison":
            raise ZeroDivisionError("unforeseen")
        return plain(letter, currency)

    monkeypatch.setattr(sorting, "event_of", poisoned)
    door.post("/v1/batch", {"batch": [one("m1"), one("poison"), one("m2")]})
    door.post("/v1/track", one("m3"))
    assert sorted(event.message_id for event in door.settled()) == ["m1", "m2", "m3"]
    assert ["It broke our side (ZeroDivisionError)" in letter.reason for letter in door.letters()] == [True]


def test_a_slow_client_is_told_so(door: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "PATIENCE_SECONDS", 0.2)
    head = f"POST /v1/track?writeKey={KEY} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{{"
    status, _, answer = door.send(head.encode())
    assert (status, json.loads(answer)["success"]) == (408, False)


def test_a_client_that_goes_away_costs_nothing(door: Listening) -> None:
    with door.line() as line:
        line.sendall(f"POST /v1/track?writeKey={KEY} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{{".encode())
    time.sleep(0.05)
    assert door.post("/v1/track", one("m1"))[0] == 200


def test_a_full_queue_says_when_to_come_again(door: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_WAITING", 0)
    body = json.dumps(one("m1")).encode()
    status, headers, answer = door.send(f"POST /v1/track?writeKey={KEY} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    assert (status, headers["retry-after"]) == (429, "2")
    assert "send it again in a moment" in json.loads(answer)["error"]
