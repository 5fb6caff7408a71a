"""Whoever passed a request of the law on is told when its status changes: signed, by https, at a host that the brand named, again where it failed."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from starlette.testclient import TestClient

from habitue.app.erasure.forgetting import forget
from habitue.app.house import House
from habitue.app.law.opendsr import may_call
from habitue.app.law.opendsr_callbacks import BACK_OFF_SECONDS, tell_changes, told_outside
from habitue.app.law.opendsr_signing import CERTIFICATE_FILE, KEY_FILE, Signer
from habitue.app.law.requesting import act, case_line, finish, hand_over
from habitue.consent.law.callbacks import due_callbacks
from habitue.consent.law.model import Did
from habitue.web import create_site
from habitue.web.opendsr import OpenDsr
from habitue.words.clock import StoppedClock
from tests.cast import shop
from tests.web.test_opendsr import ASKS, BEARER, house, own_key

__all__ = ["house", "own_key", "shop"]
SIGNED = "X-OpenDSR-Signature"


class Desk:
    """The other system's desk on loopback, by https: what it was told, once it has verified the signature, and how it is to fail."""

    def __init__(self, folder: Path, certificate_of_house: bytes) -> None:
        self.heard: list[dict[str, Any]] = []
        self.faults: list[str] = []
        key = x509.load_pem_x509_certificate(certificate_of_house).public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        self.key = key
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / CERTIFICATE_FILE, folder / KEY_FILE)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.trusted = ssl.create_default_context(cafile=str(folder / CERTIFICATE_FILE))
        self.host = f"localhost:{self.server.server_address[1]}"
        self.url = f"https://{self.host}/callbacks"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def statuses(self) -> list[str]:
        return [each["request_status"] for each in self.heard]

    def hears(self, body: bytes, headers: Any) -> int:
        fault = self.faults.pop(0) if self.faults else ""
        try:
            self.key.verify(base64.b64decode(headers[SIGNED]), body, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return 403
        if fault.isdigit():
            return int(fault)
        if headers["X-OpenDSR-Processor-Domain"] == "privacy.example.org":
            self.heard.append(json.loads(body))
        return 200


def _handler(desk: Desk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if desk.faults[:1] == ["hang up"]:
                desk.faults.pop(0)
                self.close_connection = True
                return
            status = desk.hears(self.rfile.read(int(self.headers["Content-Length"])), self.headers)
            self.send_response(status)
            self.send_header("Location", f"https://{desk.host}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_what: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="module")
def peer_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peer")
    Signer(folder, "localhost", 1_509_600_000)
    return folder


@pytest.fixture
def desk(house: House, peer_key: Path) -> Iterator[Desk]:
    made = Desk(peer_key, (house.settings.data / CERTIFICATE_FILE).read_bytes())
    house.settings = msgspec.structs.replace(house.settings, opendsr_callbacks=f"controller.example, {made.host}")
    yield made
    made.server.shutdown()
    made.server.server_close()


def passes_on(house: House, *urls: str, kind: str = "access") -> int:
    """The number of the case of a request that wants to be told at these addresses."""
    world = TestClient(OpenDsr(create_site(house), house), base_url="https://privacy.example.org")
    answer = world.post("/v1/requests", json={**ASKS, "subject_request_type": kind, "status_callback_urls": list(urls)}, headers=BEARER)
    assert answer.status_code == 201, answer.text
    ((number,),) = house.truth.run("SELECT case_id FROM law_case")
    return int(number)


def later(house: House, seconds: int) -> None:
    house.clock = StoppedClock(house.clock.instant() + seconds)


def noted(house: House, number: int) -> list[str]:
    return [step.words for step in case_line(house, number).steps if step.did == "noted"]


def test_each_change_of_status_is_told_once_signed_and_written_down(house: House, desk: Desk) -> None:
    number = passes_on(house, desk.url)
    assert tell_changes(house, desk.trusted) == 0, "that it is pending, it knows"
    hand_over(house, number, "Anne")
    assert [tell_changes(house, desk.trusted) for _ in range(2)] == [1, 0]
    finish(house, number, "Anne", "Sent by registered letter.")
    assert [tell_changes(house, desk.trusted) for _ in range(2)] == [1, 0]
    assert desk.statuses() == ["in_progress", "completed"]
    assert desk.heard[0] == {
        "controller_id": "privacy desk",
        "expected_completion_time": "2017-11-02T22:59:59Z",
        "subject_request_id": ASKS["subject_request_id"],
        "status_callback_url": desk.url,
        "request_status": "in_progress",
        "api_version": "2.0",
    }
    assert noted(house, number) == [f"{desk.host}: in_progress → 200", f"{desk.host}: completed → 200"]
    assert due_callbacks(house.truth, house.clock.instant()) == [], "there is nothing more to tell"


@pytest.mark.parametrize(("fault", "said"), [("500", "500"), ("302", "302"), ("hang up", "RemoteProtocolError")])
def test_what_was_not_heard_is_told_again_after_a_while(house: House, desk: Desk, fault: str, said: str) -> None:
    number = passes_on(house, desk.url)
    act(house, number, Did.REFUSED, "Anne", "It is not hers.")
    desk.faults = [fault, fault]
    assert [tell_changes(house, desk.trusted) for _ in range(2)] == [1, 0], "not at once"
    later(house, BACK_OFF_SECONDS[0])
    assert [tell_changes(house, desk.trusted) for _ in range(2)] == [1, 0]
    later(house, BACK_OFF_SECONDS[0])
    assert tell_changes(house, desk.trusted) == 0, "it waits longer each time"
    later(house, BACK_OFF_SECONDS[1])
    assert tell_changes(house, desk.trusted) == 1
    assert desk.statuses() == ["cancelled"]
    assert noted(house, number) == [f"{desk.host}: cancelled → {said}"] * 2 + [f"{desk.host}: cancelled → 200"]


def test_after_the_last_attempt_it_is_given_up_and_the_case_says_so(house: House, desk: Desk) -> None:
    number = passes_on(house, desk.url)
    act(house, number, Did.REFUSED, "Anne", "It is not hers.")
    desk.faults = ["503"] * 99
    for seconds in (*BACK_OFF_SECONDS, 1):
        assert tell_changes(house, desk.trusted) == 1
        later(house, seconds)
    later(house, 999_999)
    assert tell_changes(house, desk.trusted) == 0
    assert noted(house, number)[-1] == f"{desk.host}: cancelled → 503 (given up)"
    assert desk.heard == []


def test_a_desk_whose_certificate_nobody_vouches_for_is_told_nothing(house: House, desk: Desk) -> None:
    number = passes_on(house, desk.url)
    act(house, number, Did.REFUSED, "Anne", "It is not hers.")
    assert tell_changes(house) == 1
    assert (desk.heard, noted(house, number)) == ([], [f"{desk.host}: cancelled → ConnectError"])


def test_one_desk_that_fails_keeps_no_other_waiting(house: House, desk: Desk) -> None:
    number = passes_on(house, f"{desk.url}/1", f"{desk.url}/2")
    act(house, number, Did.REFUSED, "Anne", "It is not hers.")
    desk.faults = ["500"]
    assert tell_changes(house, desk.trusted) == 2
    assert [each["status_callback_url"] for each in desk.heard] == [f"{desk.url}/2"]


def test_erasure_is_told_after_she_is_forgotten_and_no_address_that_names_her_is_kept(house: House, desk: Desk) -> None:
    number = passes_on(house, desk.url, f"{desk.url}?of=jeanne%40example.org", kind="erasure")
    forget(house, "martin")
    assert [callback.url for callback in due_callbacks(house.truth, house.clock.instant())] == [desk.url]
    finish(house, number, "Anne")
    tell_changes(house, desk.trusted)
    assert desk.statuses() == ["completed"]


@pytest.mark.parametrize(
    "url",
    [
        "http://controller.example/callbacks",
        "https://127.0.0.1/callbacks",
        "https://169.254.169.254/latest/meta-data",
        "https://controller.example.evil.example/",
        "https://controller.example@evil.example/",
        "https://controller.example:8443/",
        "https://evil.example\\@controller.example/",
        "https://controller.example /",
        "https://[::1/",
        "file:///etc/passwd",
        "",
    ],
)
def test_where_the_brand_named_nobody_nothing_is_called_and_the_request_is_refused_with_a_sentence(url: str) -> None:
    assert not may_call("controller.example", url)


def test_a_request_that_wants_to_be_told_elsewhere_opens_no_case(house: House) -> None:
    world = TestClient(OpenDsr(create_site(house), house), base_url="https://privacy.example.org")
    answer = world.post("/v1/requests", json={**ASKS, "status_callback_urls": ["https://evil.example/x"]}, headers=BEARER)
    assert (answer.status_code, "opendsr_callbacks" in answer.json()["error"]["message"]) == (400, True)
    assert "evil" not in answer.text
    assert house.truth.run("SELECT case_id FROM law_case") == []


def test_while_the_house_is_served_it_tells_by_itself(house: House, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = passes_on(house, desk.url)
    act(house, number, Did.REFUSED, "Anne", "It is not hers.")
    is_told = threading.Event()
    monkeypatch.setattr("habitue.app.law.opendsr_callbacks.LOOK_EVERY_SECONDS", 0.01)
    monkeypatch.setattr("habitue.app.law.opendsr_callbacks.tell_changes", lambda opened: (tell_changes(opened, desk.trusted), is_told.set()))
    with told_outside(house.settings):
        assert is_told.wait(20)
    assert desk.statuses() == ["cancelled"]


def test_a_host_that_the_brand_names_no_more_is_not_called(house: House, desk: Desk) -> None:
    number = passes_on(house, desk.url)
    house.settings = msgspec.structs.replace(house.settings, opendsr_callbacks="controller.example")
    hand_over(house, number, "Anne")
    assert tell_changes(house, desk.trusted) == 0
    assert desk.heard == []


def test_however_often_it_is_passed_on_it_is_told_at_five_addresses(house: House, desk: Desk) -> None:
    for time in range(3):
        number = passes_on(house, *(f"{desk.url}/{time}/{place}" for place in range(4)))
    hand_over(house, number, "Anne")
    assert tell_changes(house, desk.trusted) == 5
