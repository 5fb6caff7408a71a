"""Requests of the law that another system passes on: signed answers, one case for each, for a server's key alone, and never a name in an answer.

Source: OpenDSR specification, sections 6 to 9; the fields and the example's identifiers are those of the specification.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from httpx2 import Response
from starlette.testclient import TestClient

from habitue.app.collect.sorting import Sorter
from habitue.app.house import House
from habitue.app.law.opendsr import ONLY_TOLD
from habitue.app.law.opendsr_signing import CERTIFICATE_FILE, KEY_FILE, Signer
from habitue.app.law.requesting import act, case_line, due_cases, finish, hand_over
from habitue.consent.law.model import Did
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import add_identifiers, who_is
from habitue.web import create_site
from habitue.web.opendsr import OpenDsr
from habitue.words.errors import SettingsError
from tests.cast import Shop, shop, thanks

__all__ = ["shop"]
ID = "a7551968-d5d6-44b2-9831-815ac9017798"
SERVER, BROWSER = "server-key", "browser-key"
BEARER = {"Authorization": f"Bearer {SERVER}"}
ASKS: dict[str, Any] = {
    "regulation": "gdpr",
    "subject_request_id": ID,
    "subject_request_type": "erasure",
    "submitted_time": "2017-10-02T15:00:00Z",
    "subject_identities": [{"identity_type": "email", "identity_value": "jeanne@example.org", "identity_format": "raw"}],
    "api_version": "2.0",
    "status_callback_urls": ["https://controller.example/callbacks"],
}


def identity(kind: str, value: str) -> dict[str, str]:
    return {"identity_type": kind, "identity_value": value, "identity_format": "raw"}


@pytest.fixture(scope="module")
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key and its certificate: making one for each test would take most of their time."""
    folder = tmp_path_factory.mktemp("key")
    Signer(folder, "privacy.example.org", 1_509_600_000)
    return folder


@pytest.fixture
def house(shop: Shop, own_key: Path) -> Iterator[House]:
    with shop.book(thanks()).open() as opened:
        opened.settings = msgspec.structs.replace(opened.settings, opendsr_domain="privacy.example.org", opendsr_callbacks="controller.example")
        for file in (KEY_FILE, CERTIFICATE_FILE):
            shutil.copy(own_key / file, opened.settings.data)
        with opened.truth.transaction():
            add_write_key(opened.truth, WriteKey(SERVER, "privacy desk", "", True, 0))
            add_write_key(opened.truth, WriteKey(BROWSER, "web", "", False, 0))
        yield opened


@pytest.fixture
def world(house: House) -> TestClient:
    return TestClient(OpenDsr(create_site(house), house), base_url="https://privacy.example.org", raise_server_exceptions=False)


def is_signed(world: TestClient, answer: Response) -> bool:
    """Whether an answer is signed by the key of the certificate that the house hands out."""
    certificate = x509.load_pem_x509_certificate(world.get("/v1/certificate").content)
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(base64.b64decode(answer.headers["X-OpenDSR-Signature"]), answer.content, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    domain = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)
    return [answer.headers["X-OpenDSR-Processor-Domain"]] == domain


def test_what_it_can_be_asked_is_told_to_everybody_and_signed(world: TestClient) -> None:
    answer = world.get("/v1/discovery")
    assert answer.json() == {
        "api_version": "2.0",
        "supported_identities": [{"identity_type": kind, "identity_format": "raw"} for kind in ("controller_customer_id", "email", "phone")],
        "supported_subject_request_types": ["access", "portability", "erasure"],
        "processor_certificate": "https://privacy.example.org/v1/certificate",
    }
    assert is_signed(world, answer)


def test_a_request_becomes_a_case_with_a_clock_and_the_same_again_none(world: TestClient, house: House) -> None:
    body = json.dumps(ASKS).encode()
    first, again = (world.post("/v1/requests", content=body, headers=BEARER) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert is_signed(world, first)
    assert first.json() == {
        "controller_id": "privacy desk",
        "expected_completion_time": "2017-11-02T22:59:59Z",
        "subject_request_id": ID,
        "received_time": "2017-11-02T05:00:00Z",
        "encoded_request": base64.b64encode(body).decode(),
        "api_version": "2.0",
    }
    [case] = due_cases(house)
    assert (case.asked, case.door, case.state, case.key, case.received_on.isoformat()) == ("erasure", "opendsr", "identified", "martin", "2017-10-02")
    assert {step.who for step in case.steps} == {"privacy desk"}


def test_its_status_follows_the_case(world: TestClient, house: House) -> None:
    def status() -> str:
        answer = world.get(f"/v1/requests/{ID}", headers=BEARER)
        assert is_signed(world, answer)
        return str(answer.json()["request_status"])

    world.post("/v1/requests", json={**ASKS, "subject_request_type": "access"}, headers=BEARER)
    assert status() == "pending"
    hand_over(house, 1, "Odile")
    assert status() == "in_progress"
    assert world.delete(f"/v1/requests/{ID}", headers=BEARER).status_code == 400
    finish(house, 1, "Odile")
    assert status() == "completed"


def test_what_nobody_has_begun_is_cancelled(world: TestClient, house: House) -> None:
    basic = {"Authorization": "Basic " + base64.b64encode(f"{SERVER}:".encode()).decode()}
    world.post("/v1/requests", json=ASKS, headers=basic)
    answer = world.delete(f"/v1/requests/{ID}", headers=basic)
    assert (answer.status_code, answer.json()) == (
        202,
        {"controller_id": "privacy desk", "subject_request_id": ID, "received_time": "2017-11-02T05:00:00Z", "api_version": "2.0"},
    )
    assert world.get(f"/v1/requests/{ID}", headers=BEARER).json()["request_status"] == "cancelled"
    assert case_line(house, 1).state == "withdrawn"


def test_a_refusal_is_told_as_cancelled(world: TestClient, house: House) -> None:
    world.post("/v1/requests", json=ASKS, headers=BEARER)
    act(house, 1, Did.REFUSED, "Odile", "an unpaid invoice")
    assert world.get(f"/v1/requests/{ID}", headers=BEARER).json()["request_status"] == "cancelled"


def test_whom_nobody_knows_is_a_case_all_the_same_and_the_answer_does_not_tell(world: TestClient, house: House) -> None:
    stranger = {**ASKS, "subject_identities": [{"identity_type": "phone", "identity_value": "+33 6 99 99 99 99", "identity_format": "raw"}]}
    known = world.post("/v1/requests", json={**ASKS, "subject_request_id": "b7551968-d5d6-44b2-9831-815ac9017798"}, headers=BEARER)
    unknown = world.post("/v1/requests", json=stranger, headers=BEARER)
    assert (known.status_code, set(known.json())) == (unknown.status_code, set(unknown.json()))
    assert [case.key for case in due_cases(house)] == ["martin", ""]


@pytest.mark.parametrize("authorization", ["", f"Bearer {BROWSER}", "Bearer nothing", "Basic !!!", "Digest x", "Bearer " + "k" * 5_000])
def test_only_a_server_of_the_brand_s_may_pass_requests_on(world: TestClient, house: House, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for answer in (world.post("/v1/requests", json=ASKS, headers=headers), world.get(f"/v1/requests/{ID}", headers=headers)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, 401)
    assert due_cases(house) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_request_id": "not-a-uuid"},
        {"subject_request_id": "A7551968-D5D6-44B2-9831-815AC9017798"},
        {"subject_request_id": "a7551968-d5d6-11b2-9831-815ac9017798"},
        {"subject_request_type": "rectification"},
        {"submitted_time": "yesterday"},
        {"subject_identities": []},
        {"subject_identities": None},
        {"subject_identities": [{"identity_type": "email", "identity_value": "jeanne@example.org", "identity_format": "sha256"}]},
        {"subject_identities": [{"identity_type": "ios_advertising_id", "identity_value": "x", "identity_format": "raw"}]},
        {"subject_identities": [{"identity_type": "email", "identity_value": "x" * 10_000 + "@example.org", "identity_format": "raw"}]},
        {"subject_identities": [{"identity_type": "email", "identity_value": "petit@example.org", "identity_format": "raw"}]},
        {"subject_identities": [*ASKS["subject_identities"], {"identity_type": "controller_customer_id", "identity_value": "paul", "identity_format": "raw"}]},
        {"padding": "x" * 70_000},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_no_request_is_refused_without_a_word_of_hers(world: TestClient, house: House, wrong: dict[str, Any]) -> None:
    answer = world.post("/v1/requests", json={**ASKS, **wrong}, headers=BEARER)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 400)
    assert is_signed(world, answer)
    assert "jeanne" not in answer.text
    assert "petit" not in answer.text
    assert due_cases(house) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\x00", b"[" * 50_000, b'{"subject_request_id": 1}'])
def test_what_is_no_json_is_refused(world: TestClient, house: House, body: bytes) -> None:
    assert world.post("/v1/requests", content=body, headers=BEARER).status_code == 400
    assert due_cases(house) == []


def test_nobody_asks_for_another_s_request_and_the_same_id_means_one_thing(world: TestClient, house: House) -> None:
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("other-key", "another desk", "", True, 0))
    world.post("/v1/requests", json=ASKS, headers=BEARER)
    assert world.get(f"/v1/requests/{ID}", headers={"Authorization": "Bearer other-key"}).status_code == 404
    assert world.post("/v1/requests", json={**ASKS, "subject_request_type": "access"}, headers=BEARER).status_code == 400
    assert world.put(f"/v1/requests/{ID}", json=ASKS, headers=BEARER).status_code == 400


def tells_in_a_browser(house: House, number: str, **traits: str) -> None:
    """What anybody may write by the key that stands in a page."""
    said = {"type": "identify", "userId": number, "traits": traits, "messageId": f"m {number} {traits}"}
    with house.truth.transaction():
        write_down(house.truth, [(BROWSER, house.clock.instant(), "identify", 0, json.dumps(said).encode())])
    assert Sorter(house.truth, house.settings).sort_some()


THIEF = {"email": "thief@evil.example", "phone": "+33 6 99 99 99 99"}


@pytest.mark.parametrize("asked", ["access", "erasure"])
@pytest.mark.parametrize("kind", THIEF)
def test_an_address_that_a_browser_alone_told_brings_nobody_her_data(world: TestClient, house: House, kind: str, asked: str) -> None:
    tells_in_a_browser(house, "martin", **{kind: THIEF[kind]})
    passed = {**ASKS, "subject_request_type": asked, "subject_identities": [identity(kind, THIEF[kind])]}
    answer = world.post("/v1/requests", json=passed, headers=BEARER)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, ONLY_TOLD)
    assert is_signed(world, answer)
    assert not any(word in answer.text for word in ("thief", "99", "martin", "eanne"))
    assert due_cases(house) == []
    assert world.get(f"/v1/requests/{ID}", headers=BEARER).status_code == 404
    if kind == "email":  # once a file of the brand's says that it is hers, it names her
        with house.truth.transaction():
            add_identifiers(house.truth, "email", [(THIEF[kind], who_is(house.truth, "customer", ["martin"])["martin"].profile_id)])
        assert world.post("/v1/requests", json=passed, headers=BEARER).status_code == 201
        assert [case.key for case in due_cases(house)] == ["martin"]


def test_beside_what_names_her_an_address_that_a_browser_alone_told_names_nobody(world: TestClient, house: House) -> None:
    tells_in_a_browser(house, "karim", email=THIEF["email"])
    number = identity("controller_customer_id", "martin")
    for named in ([identity("email", THIEF["email"]), number], [number, identity("email", THIEF["email"])]):
        assert world.post("/v1/requests", json={**ASKS, "subject_request_id": str(uuid4()), "subject_identities": named}, headers=BEARER).status_code == 201
    assert [case.key for case in due_cases(house)] == ["martin", "martin"]
    nobody = [identity("email", THIEF["email"]), {**number, "identity_value": "nobody"}]
    assert world.post("/v1/requests", json={**ASKS, "subject_identities": nobody}, headers=BEARER).status_code == 400


def test_whoever_tells_her_address_in_his_browser_takes_it_from_nobody(world: TestClient, house: House) -> None:
    tells_in_a_browser(house, "karim", email="jeanne@example.org")
    assert world.post("/v1/requests", json=ASKS, headers=BEARER).status_code == 201
    assert [case.key for case in due_cases(house)] == ["martin"]


def test_a_brand_lays_its_own_certificate_and_only_one_of_its_key(house: House) -> None:
    data = house.settings.data
    now = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
    made = Signer(data, "privacy.example.org", now)
    assert (data / KEY_FILE).stat().st_mode & 0o077 == 0
    assert Signer(data, "privacy.example.org", now).certificate == made.certificate
    (data / KEY_FILE).unlink()
    other = (data / CERTIFICATE_FILE).read_bytes()
    Signer(data, "privacy.example.org", now)
    (data / CERTIFICATE_FILE).write_bytes(other)
    with pytest.raises(SettingsError, match="must be the certificate"):
        Signer(data, "privacy.example.org", now)
    (data / KEY_FILE).write_text("nonsense")
    with pytest.raises(SettingsError, match="is not a key"):
        Signer(data, "privacy.example.org", now)
