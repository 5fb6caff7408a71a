"""A page that loads Segment's client by its usual snippet, with our host for theirs: all it fetches and tells is ours."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from habitue.events.arrivals import WriteKey
from habitue.web.client_script import VENDORED, replacements
from tests.collect.conftest import KEY, Listening
from tests.collect.test_clients import SAID, TOLD

SNIPPET = """
  const calls = window.analytics = window.analytics || []
  for (const name of ['page', 'track', 'identify', 'trackForm', 'ready', 'on'])
    calls[name] = (...said) => { calls.push([name, ...said]); return calls }
  calls.load = (key, options) => {
    const script = document.createElement('script')
    script.async = true
    script.src = `${HOST}/analytics.js/v1/${key}/analytics.min.js`
    document.head.append(script)
    calls._writeKey = key
    calls._loadOptions = options
  }
  calls.load(KEY)
"""


def ask(door: Listening, path: str, *headers: str, host: str = "shop.example", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    return door.send("\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", ""]).encode())


def loaded(door: Listening, page: Page, search: str = "", more: str = "") -> list[str]:
    """A page with the snippet, which may load the client with more words; gives the hosts that it asks, as they come."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/")[2]))
    page.goto(f"http://localhost:{door.port}/shop{search}")
    page.evaluate(f"() => {{ const KEY = '{KEY}', HOST = 'http://127.0.0.1:{door.port}'; {SNIPPET.replace('(KEY)', f'(KEY{more})')} }}")
    return asked


def told(door: Listening, page: Page, how_many: int) -> list[tuple[str, str]]:
    """What happened and whose it is, once so many events have come."""
    until = time.monotonic() + 20
    while len(log := door.settled()) < how_many and time.monotonic() < until:
        page.wait_for_timeout(100)
    return [(one.name, one.customer_key) for one in log]


def test_a_page_with_the_usual_snippet_needs_only_a_new_host(door: Listening, page: Page) -> None:
    asked = loaded(door, page)
    page.evaluate(f"() => {{ const client = window.analytics; {SAID} }}")
    names = ("Customer Described", "Order Completed", "Page Viewed", "Product Viewed")
    assert sorted(told(door, page, 4)) == [(name, "cust-42") for name in names], "what came before she said who she is joined her"
    assert door.customers() == {"cust-42": "Camille"}
    assert set(asked) == {f"localhost:{door.port}", f"127.0.0.1:{door.port}"}, "nobody else was asked"


def test_what_the_client_fetches_later_is_ours_too(door: Listening, page: Page) -> None:
    asked = loaded(door, page, "?ajs_uid=cust-77&ajs_event=Followed", ", { useQueryString: true }")
    page.evaluate("() => { document.body.innerHTML = '<form target=aside><button>Send</button></form><iframe name=aside></iframe>' }")
    page.wait_for_function("() => window.analytics.initialized")
    page.evaluate("async () => { analytics.page('Home'); await analytics.trackForm(document.forms[0], 'Asked') }")
    page.click("button")
    log = told(door, page, 3)
    assert sorted(log) == [("Page Viewed", ""), ("Tracked", ""), ("Tracked", "")], "a link names nobody"
    assert set(asked) == {f"localhost:{door.port}", f"127.0.0.1:{door.port}"}


def test_a_browser_keeps_the_client_and_asks_whether_it_changed(door: Listening) -> None:
    path = f"/analytics.js/v1/{KEY}/analytics.min.js"
    status, headers, body = ask(door, path)
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "text/javascript; charset=utf-8", "public, max-age=300")
    assert f'"{KEY}"'.encode() in body
    for theirs in (b"segment.com/", b"api.segment.io", b"cloudflare", b"__WRITE_KEY__", b"sourceMappingURL"):
        assert theirs not in body.replace(b"https://segment.com/docs/", b""), "only a page of documentation, in a warning, is named"
    status, zipped, small = ask(door, path, "Accept-Encoding: br, gzip;q=0.5")
    assert (status, zipped["content-encoding"], zipped["vary"]) == (200, "gzip", "Accept-Encoding")
    assert gzip.decompress(small) == body
    assert len(small) < len(body) / 3
    assert zipped["etag"] != headers["etag"]
    assert "content-encoding" not in ask(door, path, "Accept-Encoding: gzip;q=0")[1]
    assert ask(door, path, f"If-None-Match: W/{headers['etag']}")[::2] == (304, b"")
    assert ask(door, path, 'If-None-Match: "other"')[0] == 200
    assert ask(door, path, method="HEAD")[1]["content-length"] == str(len(body))
    assert ask(door, path, host="other.example")[1]["etag"] != headers["etag"]


def test_behind_a_proxy_with_tls_the_client_is_told_of_it(door: Listening) -> None:
    told = [ask(door, path, "X-Forwarded-Proto: https")[2] for path in (f"/analytics.js/v1/{KEY}/analytics.min.js", f"/v1/projects/{KEY}/settings")]
    assert b'"https://shop.example"' in told[0]
    assert b'"protocol":"https"' in told[1]


@pytest.mark.parametrize(
    ("path", "host", "status", "sentence"),
    [
        ("/analytics.js/v1/nobodys/analytics.min.js", "shop.example", 404, "write key is none of ours"),
        (f"/analytics.js/v1/{KEY}/../analytics.min.js", "shop.example", 404, "write key is none of ours"),
        (f"/analytics.js/v1/{KEY}/analytics.min.js", '";alert(1);"', 400, "no host"),
        (f"/analytics.js/v1/{KEY}/analytics.min.js", "", 400, "no host"),
        ("/analytics-next/bundles/standalone.js", "shop.example", 404, "no such part"),
        ("/analytics-next/bundles/../../house.css", "shop.example", 404, "no such part"),
    ],
)
def test_a_no_is_a_comment_in_a_script(door: Listening, path: str, host: str, status: int, sentence: str) -> None:
    found, headers, body = ask(door, path, host=host)
    assert (found, headers["content-type"], headers["cache-control"]) == (status, "text/javascript; charset=utf-8", "no-store")
    assert body.startswith(b"// ")
    assert sentence in body.decode()


def test_scripts_are_fetched_and_not_told(door: Listening) -> None:
    assert door.post(f"/analytics.js/v1/{KEY}/analytics.min.js", {})[0] == 405


def test_no_key_ends_the_string_in_which_it_stands(listen: Callable[..., Listening]) -> None:
    odd = 'a";b\\'
    door = listen(keys=(WriteKey(odd, "web", "", is_server=False),))
    body = ask(door, "/analytics.js/v1/a%22;b%5C/analytics.min.js")[2]
    assert rb'window.analyticsWriteKey="a\";b\\"' in body


def test_what_we_hand_out_is_what_npm_gave_us() -> None:
    listed = dict(reversed(line.split()) for line in (VENDORED / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    scripts = [file for file in VENDORED.iterdir() if file.name.endswith(".js")]
    assert set(listed) == {file.name for file in scripts}
    theirs = TOLD / "node_modules/@segment/analytics-next"
    for file in scripts:
        assert hashlib.sha256(file.read_bytes()).hexdigest() == listed[file.name]
        assert file.read_bytes() == (theirs / "dist/umd" / file.name).read_bytes(), "the version in package-lock.json is another: copy its files anew"
    assert (VENDORED / "LICENSE.txt").read_bytes() == (theirs / "LICENSE.MD").read_bytes()


def test_each_replacement_finds_its_place() -> None:
    text = (VENDORED / "standalone.js").read_text(encoding="utf-8")
    assert {theirs: text.count(theirs) for theirs in replacements("k", "h", "https")} == {
        "__WRITE_KEY__": 1,
        "https://cdn.segment.com": 3,
        "api.segment.io/v1": 1,
        "https://cdnjs.cloudflare.com/ajax/libs/babel-polyfill/7.7.0/polyfill.min.js": 1,
        "//# sourceMappingURL=standalone.js.map": 1,
        "!1===this.options.useQueryString?": 1,
        r'return r.length?r:n.replace(/(?=#).*(?=\?)/,"")': 1,
    }
    assert Path(str(VENDORED / "LICENSE.txt")).read_text(encoding="utf-8").startswith("The MIT License")
