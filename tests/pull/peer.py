"""A web shop on loopback that speaks as Shopify or WooCommerce do: lists, filters, pages, limits, and every way of not answering well."""

from __future__ import annotations

import base64
import copy
import json
import threading
from collections.abc import Callable, Container
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

RECORDED = Path(__file__).parent / "recorded"
TOKEN, KEY, SECRET = "shpat_of_nobody", "ck_of_nobody", "cs_of_nobody"
CLIENT_ID, CLIENT_SECRET = "client-1", "client-secret-1"
Headers = dict[str, str]
Reply = tuple[int, Headers, bytes]


def recorded(kind: str) -> Any:
    """What such a shop told, with invented people in it."""
    return json.loads((RECORDED / f"{kind}.json").read_text(encoding="utf-8"))


class Peer:
    """The shop itself: what it holds, how it is to behave, and what it was asked."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.holds: dict[str, Any] = copy.deepcopy(recorded(kind))
        self.now = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
        self.page_size = 2
        self.faults: list[str] = []
        self.asked: list[tuple[str, dict[str, str], Headers]] = []
        self.after_page: Callable[[int], None] = lambda _count: None
        self.is_reversed = False
        self.bucket = "1/40"
        self.dead_cursors: Container[str] = set()
        self.loses_count = False
        self.gone = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Peer:
        self.thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self.gone.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def pages_of(self, what: str) -> list[dict[str, str]]:
        """The questions that were asked for one of its lists."""
        return [params for path, params, _ in self.asked if path.rpartition("/")[2].partition(".")[0] == what]

    def change(self, what: str, number: int, at: str, **fields: Any) -> dict[str, Any]:
        """Changes one of its objects, at an instant."""
        (found,) = (one for one in self.holds[what] if one["id"] == number)
        stamp = "updated_at" if self.kind == "shopify" else "date_modified_gmt"
        found.update(fields, **{stamp: at})
        return dict(found)

    def reply(self, method: str, path: str, params: dict[str, str], headers: Headers, body: bytes) -> Reply:
        if self.kind == "shopify":
            return self._shopify(method, path, params, headers, body)
        return self._woocommerce(path, params, headers)

    def _shopify(self, method: str, path: str, params: dict[str, str], headers: Headers, body: bytes) -> Reply:
        if path == "/admin/oauth/access_token":
            form = dict(parse_qsl(body.decode()))
            is_right = method == "POST" and form == {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
            return (200, {}, json.dumps({"access_token": TOKEN, "scope": "read_orders", "expires_in": 86399}).encode()) if is_right else (400, {}, b"{}")
        if headers.get("x-shopify-access-token") != TOKEN:
            return 401, {}, b'{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}'
        what = path.rpartition("/")[2].removesuffix(".json")
        if not path.startswith("/admin/api/2") or what not in self.holds:
            return 404, {}, b'{"errors":"Not Found"}'
        after, since = 0, params.get("updated_at_min", "")
        if cursor := params.get("page_info"):
            if cursor in self.dead_cursors or set(params) - {"page_info", "limit", "fields"}:
                return 400, {}, b'{"errors":{"page_info":"Invalid value."}}'
            after, since = json.loads(base64.urlsafe_b64decode(cursor))
        found = [one for one in self.holds[what] if one["id"] > after and (not since or _at(one["updated_at"]) >= _at(since))]
        page, more = self._page(found, int(params.get("limit", 50)))
        answer = {"x-shopify-shop-api-call-limit": self.bucket}
        if more:
            cursor = base64.urlsafe_b64encode(json.dumps([max(one["id"] for one in page), since]).encode()).decode()
            answer["link"] = (
                f'<https://elsewhere.example{path}?limit=1&page_info=old>; rel="previous", <{self.address}{path}?limit=250&page_info={cursor}>; rel="next"'
            )
        return 200, answer, json.dumps({what: page}).encode()

    def _woocommerce(self, path: str, params: dict[str, str], headers: Headers) -> Reply:
        if headers.get("authorization") != "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode():
            return 401, {}, b'{"code":"woocommerce_rest_cannot_view","message":"Sorry, you cannot list resources.","data":{"status":401}}'
        parts = path.removeprefix("/wp-json/wc/v3/").split("/")
        if parts[1:] and parts[2:] == ["refunds"]:
            return self._counted(self.holds["refunds"].get(parts[1], []), params)
        if parts[0] not in self.holds or (parts[0] == "customers" and "modified_after" in params):
            return 404, {}, b'{"code":"rest_no_route"}'
        found = self.holds[parts[0]]
        if since := params.get("modified_after"):
            assert params.get("dates_are_gmt") == "true"
            found = [one for one in found if _at(one["date_modified_gmt"]) > _at(since)]
        return self._counted(sorted(found, key=lambda one: int(one["id"])), params)

    def _counted(self, found: list[Any], params: dict[str, str]) -> Reply:
        size = min(self.page_size, int(params.get("per_page", 10)))
        first = (int(params.get("page", 1)) - 1) * size
        headers = {"x-wp-total": str(len(found)), "x-wp-totalpages": str(-(-len(found) // size))}
        if self.loses_count and first:
            del headers["x-wp-total"]
        return 200, headers, json.dumps(found[first : first + size]).encode()

    def _page(self, found: list[Any], limit: int) -> tuple[list[Any], bool]:
        size = min(self.page_size, limit)
        page = sorted(found, key=lambda one: int(one["id"]))[:size]
        return (page[::-1] if self.is_reversed else page), len(found) > size


def _at(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _handler(peer: Peer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            peer.asked.append((url.path, dict(parse_qsl(url.query)), headers))
            fault = peer.faults.pop(0) if peer.faults else ""
            if not self._stumbles(fault):
                self._send(*peer.reply(self.command, url.path, dict(parse_qsl(url.query)), headers, body), cut=fault == "cut", broken=fault == "broken")
            peer.after_page(len(peer.asked))

        def do_POST(self) -> None:
            self.do_GET()

        def _stumbles(self, fault: str) -> bool:
            if fault == "hang":
                peer.gone.wait(10)
                self.close_connection = True
            elif fault == "429":
                self._send(429, {"retry-after": "2.0"}, b'{"errors":"Exceeded 2 calls per second for api client."}')
            elif fault.isdigit():
                self._send(int(fault), {"location": "https://elsewhere.example/admin"} if fault[0] == "3" else {}, b"<html>no</html>")
            elif fault == "nothing":
                self._send(200, {}, b"{}")
            elif fault == "huge":
                self._send(200, {}, b"[" + b" " * 5_000_000 + b"]")
            return fault not in ("", "cut", "broken")

        def _send(self, status: int, headers: Headers, body: bytes, cut: bool = False, broken: bool = False) -> None:
            self.send_response_only(status)
            self.send_header("Date", format_datetime(peer.now, usegmt=True))
            body = body[: len(body) // 2] if broken else body
            for name, value in {"content-type": "application/json", "content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.close_connection = self.close_connection or cut

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the server calls it by
            """Nothing: a test reads `asked`."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # a client that gave up
                self.close_connection = True

    return Handler
