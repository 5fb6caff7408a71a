"""The description of the intake for programs is true: every address, every answer and every field of the code is in it, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis

from habitue.app.collect.wire import SHORT, WORDS, Message, message_of, messages_of
from habitue.web import openapi
from habitue.web.collecting import STATUSES, is_ours, words_of
from habitue.words.errors import Unknown
from tests.collect.conftest import KEY, Listening

TOLD: dict[str, Any] = json.loads(openapi.description())
POSTED = {f"/v1/{last}" for last in (*WORDS, *SHORT)} | {"/beacon/v1/batch"}
ASKED = {"/v1/projects/{writeKey}/settings", "/sourceConfig", "/analytics.js/v1/{writeKey}/analytics.min.js", "/analytics-next/bundles/{name}"}


def ask(door: Listening, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    return door.send(f"{method} {path} HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def test_it_is_served_to_everybody(door: Listening) -> None:
    status, headers, body = ask(door, "GET", "/v1/openapi.json")
    assert (status, headers["content-type"], headers["access-control-allow-origin"]) == (200, "application/json", "*")
    assert json.loads(body) == TOLD


def test_it_is_openapi() -> None:
    schemathesis.openapi.from_dict(TOLD).validate()
    assert TOLD["openapi"] == "3.1.0"


def test_every_address_is_described_and_every_described_one_is_ours() -> None:
    posted = {path for path, told in TOLD["paths"].items() if "post" in told}
    assert posted == POSTED
    assert set(TOLD["paths"]) == POSTED | ASKED | {openapi.DESCRIPTION}
    for path in TOLD["paths"]:
        assert is_ours(path)
        assert (words_of(path) is not None) == (path in POSTED)


def test_every_answer_to_a_request_is_described() -> None:
    statuses = {str(status) for kind, status in STATUSES if kind is not Unknown} | {"200", "503"}  # unknown is a shop that tells by hooks
    for path in POSTED:
        assert set(TOLD["paths"][path]["post"]["responses"]) == statuses
    for path in (*ASKED, openapi.DESCRIPTION):
        assert {"200", "405", "503"} <= set(TOLD["paths"][path]["get"]["responses"])


@pytest.mark.parametrize("path", ["/v1/projects/KEY/settings", "/sourceConfig?writeKey=KEY", "/analytics.js/v1/KEY/analytics.min.js", "/v1/openapi.json"])
def test_what_is_asked_for_is_answered_as_described(door: Listening, path: str) -> None:
    place = path.partition("?")[0].replace("/KEY/", "/{writeKey}/")
    for key in (KEY, "nobodys"):
        for method in ("GET", "HEAD", "POST"):
            status, headers, _ = ask(door, method, path.replace("KEY", key))
            described = TOLD["paths"][place]["get"]["responses"][str(status)]
            assert headers["content-type"].partition(";")[0] in described["content"]
            assert status == 405 if method == "POST" else status in (200, 401, 404)
            assert status != 405 or headers["allow"] == "GET, HEAD, OPTIONS"


def test_events_are_told_by_post_alone(door: Listening) -> None:
    status, headers, body = ask(door, "GET", f"/v1/track?writeKey={KEY}")
    assert (status, headers["allow"], json.loads(body)["error"]) == (405, "POST, OPTIONS", "Events are told by POST.")


def test_every_field_that_we_read_is_described() -> None:
    fields = set(Message.__struct_encode_fields__)
    for kind in openapi.KINDS:
        assert fields <= set(TOLD["components"]["schemas"][kind.capitalize()]["properties"])


@pytest.mark.parametrize("kind", openapi.KINDS)
def test_what_is_described_as_needed_is_enough(kind: str) -> None:
    needs = TOLD["components"]["schemas"][kind.capitalize()]["required"]
    body: dict[str, Any] = dict.fromkeys(needs, "x") | {"type": TOLD["components"]["schemas"][kind.capitalize()]["properties"]["type"]["const"]}
    body |= {"properties": {"order_id": "o-1"}} if "properties" in needs else {}
    (told,) = messages_of("batch", json.dumps({"batch": [{**body, "userId": "martin"}]}).encode())
    assert message_of("batch", told.raw).type == body["type"]
