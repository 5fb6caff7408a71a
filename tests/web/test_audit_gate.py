"""Who may press anything on the pages of the audit: a page of this console and nobody else; and looking changes nothing."""

from __future__ import annotations

from starlette.routing import Route
from starlette.testclient import TestClient

from habitue.web.gate import LOCKS, Press
from habitue.web.site import site_at
from tests.web.audit_bench import SENDS, Bench
from tests.web.paper import PaperDesk

STRANGERS: list[dict[str, str]] = [
    {},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:81"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
]


def test_only_a_page_of_this_console_may_press(bench: Bench) -> None:
    job = bench.done()
    before = bench.left()
    presses = (("/audit", {"files": {"sends": ("a.csv", SENDS)}}), (f"{job}/again", {}), (f"{job}/start", {}), (f"{job}/away", {}))
    for headers in STRANGERS:
        stranger = TestClient(bench.client.app, base_url="http://localhost", headers=headers, follow_redirects=False)
        for path, form in presses:
            answer = stranger.post(path, **form)  # type: ignore[arg-type]
            assert (answer.status_code, path, headers) == (403, path, headers)
            assert answer.headers["content-security-policy"] == LOCKS["Content-Security-Policy"]
    assert bench.left() == before


def test_the_browser_s_own_word_is_enough(bench: Bench) -> None:
    reader = TestClient(bench.client.app, base_url="http://localhost", headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False)
    assert reader.post("/audit", files={"sends": ("a.csv", SENDS)}).status_code == 303


def test_looking_changes_nothing(bench: Bench) -> None:
    job = bench.done()
    before = bench.left()
    for path in (f"{job}/again", f"{job}/start", f"{job}/away"):
        answer = bench.client.get(path)
        assert answer.status_code == 405
    for path in ("/audit", job, f"{job}/report"):
        bench.client.get(path)
    assert bench.left() == before


BY_A_SECRET_OR_FOR_STRANGERS = {"/out/{secret}", "/yes/{secret}", "/join", "/write", "/asked/{mark}", "/chat", "/her", "/api/mail", "/api/returns/{relay}"}
"""What a stranger may send: each knows a secret or a key of ours, or only leaves an address at the door."""


def test_whatever_changes_anything_is_a_press() -> None:
    routes = [route for route in site_at(PaperDesk()).routes if isinstance(route, Route)]
    unsafe = [route for route in routes if not (route.methods or {"POST"}) <= {"GET", "HEAD"}]
    assert len(unsafe) == 32
    assert {route.path for route in unsafe if not isinstance(route, Press)} == BY_A_SECRET_OR_FOR_STRANGERS
