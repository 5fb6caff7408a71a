"""A relay tells what came back: believed by its key or by Amazon's signature, and for a letter that it names by the mark which nobody else can make.

The shapes in `returns/` are written by hand after each relay's public pages; MARK stands for the letter's.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from starlette.testclient import TestClient

from habitue.app import House, decide_for, plan_day
from habitue.app.erasure.forgetting import forget
from habitue.app.her.saying import allow
from habitue.app.post.relay_returns import take_returns
from habitue.channels.email.mail import Mail
from habitue.channels.email.tokens import address_back
from habitue.channels.relays import PROVIDERS, marked
from habitue.channels.returns import Return
from habitue.events.arrivals import WriteKey, add_write_key
from habitue.web.site import create_site
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import shop
from tests.inbox.test_answers import house, letter, peer
from tests.inbox.test_coming_back import leave, number_of, to_jeanne
from tests.post.peer import Peer
from tests.post.test_touches import send

__all__ = ["house", "letter", "peer", "shop"]
SHAPES = Path(__file__).parent / "returns"
GONE, FOR_NOW, REFUSED, COMPLAINT, LEFT = Return
MEANS: dict[str, list[Return | None]] = {
    "brevo": [GONE, FOR_NOW, GONE, FOR_NOW, COMPLAINT, LEFT, None, None],
    "mailjet": [GONE, FOR_NOW, REFUSED, FOR_NOW, COMPLAINT, LEFT, None, None],
    "postmark": [GONE, FOR_NOW, GONE, REFUSED, COMPLAINT, LEFT, None, None, None],
    "ses": [GONE, FOR_NOW, FOR_NOW, COMPLAINT, LEFT, None, None, None],
}
CERTIFICATE = "SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
AT_AMAZON = f"https://sns.eu-west-3.amazonaws.com/{CERTIFICATE}"


def shapes(name: str, mark: str = "MARK") -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((SHAPES / f"{name}.json").read_text(encoding="utf-8").replace("MARK", mark))
    return told


def mark_of(house: House, letter: EmailMessage, key: bytes = b"") -> str:
    return address_back(key or house.key, "bounces", number_of(letter), "example.org").partition("@")[0]


def returns(house: House) -> list[str]:
    return [what for (what,) in house.truth.run("SELECT what FROM letter_return ORDER BY what")]


@pytest.fixture
def outside(house: House) -> Iterator[TestClient]:
    with house.truth.transaction():
        for key, is_server in (("wk_server", True), ("wk_browser", False)):
            add_write_key(house.truth, WriteKey(key, key, "", is_server))
    with TestClient(create_site(house), base_url="https://regulars.example.org") as made:
        yield made


def tell(outside: TestClient, relay: str, told: object, key: str = "wk_server") -> tuple[int, dict[str, Any]]:
    raw = told if isinstance(told, bytes) else json.dumps(told).encode()
    answer = outside.post(f"/api/returns/{relay}", content=raw, auth=(key, "") if key else None)
    return answer.status_code, answer.json()


@pytest.mark.parametrize("name", MEANS)
def test_each_shape_says_what_its_relay_means(name: str) -> None:
    said = [PROVIDERS[name].reports(entry) for entry in shapes(name)]
    assert [each[0].what if each else None for each in said] == MEANS[name]
    assert {each[0].mark for each in said if each} == {"MARK"}
    assert {each[0].recipient for each in said if each} <= {"jeanne@example.org", ""}


def test_a_relay_with_our_key_ends_an_address_and_hears_a_complaint_once(house: House, letter: EmailMessage, outside: TestClient) -> None:
    told = shapes("brevo", mark_of(house, letter))
    gone, complaint = told[0], told[MEANS["brevo"].index(COMPLAINT)]
    for key in ("", "wk_browser", "x"):
        assert tell(outside, "brevo", gone, key)[0] == 401
    assert to_jeanne(house) == "jeanne@example.org"
    assert tell(outside, "brevo", gone) == (200, {"heeded": 1, "left": 0, "unproven": 0, "unread": 0})
    assert to_jeanne(house) == ""
    assert decide_for(house, "martin").reason == Reason.UNREACHABLE
    assert all(leave(house).values())
    assert tell(outside, "brevo", complaint)[1]["heeded"] == 1
    assert not any(leave(house).values())
    assert tell(outside, "brevo", [gone, complaint])[1]["heeded"] == 2, "the relay repeats itself"
    assert returns(house) == ["complaint", "gone"]


def test_a_report_that_names_no_letter_of_ours_is_not_believed_whoever_has_the_key(
    house: House, letter: EmailMessage, outside: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for mark in (mark_of(house, letter, b"another"), "", "bounces+1-aaaaaaaaaaaaaaaa", "touch.1", "bounces+" + "9" * 40 + "-" + "a" * 16):
        assert tell(outside, "brevo", shapes("brevo", mark))[1] == {"heeded": 0, "left": 2, "unproven": 6, "unread": 0}
    assert returns(house) == []
    other = [each | {"email": "karim@example.org"} for each in shapes("mailjet", mark_of(house, letter))[:1]]
    assert tell(outside, "mailjet", other)[1]["heeded"] == 1
    assert house.truth.run("SELECT COUNT(*) FROM identifier WHERE value = 'karim@example.org' AND dead_at <> 0") == [(0,)]
    noise: list[object] = [None, 7, "x", [], {}, {"event": 3}, {"event": "hard_bounce", "X-Mailin-custom": {"a": 1}}, {"event": "bounce", "email": "a\0b@x"}]
    assert tell(outside, "brevo", [*noise * 125, shapes("brevo", mark_of(house, letter))[0]])[1] == {"heeded": 1, "left": 375, "unproven": 125, "unread": 500}
    assert "brevo told: 1 reports heeded, 375 events that are none, 125 that name no letter of ours, 500 that cannot be read" in caplog.text
    assert to_jeanne(house) == "", "one bad entry of a thousand loses no other"


def test_what_is_no_event_another_relay_a_look_and_a_flood_are_refused(outside: TestClient) -> None:
    for raw in (b"", b"{", b"\xff", b"7", b'"x"', b"[" * 100_000, b'{"a": ' * 5_000):
        for name, key in (("brevo", "wk_server"), ("ses", "")):
            status, said = tell(outside, name, raw, key)
            assert (status, "no JSON" in said["error"]) == (400, True)
    assert tell(outside, "nobody", {})[0] == 404
    assert outside.get("/api/returns/brevo").status_code == 405
    assert (tell(outside, "brevo", b" " * 10_000_001)[0], tell(outside, "ses", b" " * 1_000_001)[0]) == (400, 400)
    locked = outside.post("/api/returns/brevo", content=b"{}")
    assert (locked.status_code, locked.headers["www-authenticate"]) == (401, 'Basic realm="habitue"')
    assert outside.post("/api/returns/brevo", content=b"{}", headers={"authorization": "Bearer wk_server"}).status_code == 200


def test_who_left_at_the_relay_and_came_back_is_not_taken_out_by_the_same_report(house: House, letter: EmailMessage) -> None:
    raw = json.dumps(shapes("mailjet", mark_of(house, letter))[5]).encode()
    take_returns(house, "mailjet", raw)
    assert not any(leave(house).values())
    allow(house, "martin", is_yes=True, purpose=Purpose.ADVICE, channel=Channel.EMAIL)
    before = leave(house)
    assert any(before.values())
    take_returns(house, "mailjet", raw)
    assert leave(house) == before


def test_who_was_forgotten_still_says_no_by_a_complaint(house: House, letter: EmailMessage) -> None:
    told = shapes("postmark", mark_of(house, letter))
    forget(house, "martin")
    assert take_returns(house, "postmark", json.dumps(told[4]).encode()).heeded == 0
    assert house.truth.run("SELECT COUNT(*) FROM suppression")[0][0] > 0
    assert returns(house) == []


def test_a_letter_says_its_mark_to_the_relay_that_gives_it_back_and_to_no_other(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROVIDERS, "brevo", replace(PROVIDERS["brevo"], hosts=("127.0.0.1",)))
    plan_day(house)
    send(house)
    came = next(each for each in peer.letters if each["To"] == "jeanne@example.org")
    assert came["X-Mailin-custom"] == mark_of(house, came)
    take_returns(house, "brevo", json.dumps(shapes("brevo", str(came["X-Mailin-custom"]))[0]).encode())
    assert to_jeanne(house) == ""


def test_by_which_server_a_mark_is_said() -> None:
    mail = Mail("bounces+12-aaaaaaaaaaaaaaaa@example.org", "a@example.org", "<1@example.org>", b"From: b\r\n\r\nx")
    for host, head in (
        ("smtp-relay.brevo.com", b"X-Mailin-custom"),
        ("in-v3.mailjet.com.", b"X-MJ-CustomID"),
        ("SMTP.postmarkapp.com", b"X-PM-Metadata-letter"),
    ):
        assert marked(mail, host).raw == head + b": bounces+12-aaaaaaaaaaaaaaaa\r\nFrom: b\r\n\r\nx"
    for host in ("email-smtp.eu-west-3.amazonaws.com", "localhost", "brevo.com.example.org", "notbrevo.com", ""):
        assert marked(mail, host) == mail
    assert marked(replace(mail, sender="shop@example.org"), "brevo.com").raw == mail.raw


class Amazon:
    """Signs as Amazon SNS does; its certificate lies where the house looks for it."""

    def __init__(self, house: House) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name, since = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")]), datetime(2017, 1, 1, tzinfo=UTC)
        made = x509.CertificateBuilder(name, name, self.key.public_key(), x509.random_serial_number(), since, since + timedelta(days=365))
        folder = house.settings.data / "sns"
        folder.mkdir()
        (folder / CERTIFICATE).write_bytes(made.sign(self.key, SHA256()).public_bytes(Encoding.PEM))

    def signs(self, kind: str, message: object, version: str = "1", **more: str) -> dict[str, str]:
        told = {
            "Type": kind,
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": "arn:aws:sns:eu-west-3:123456789012:returns",
            "Message": message if isinstance(message, str) else json.dumps(message),
            "Timestamp": "2017-11-02T10:00:00.000Z",
            **more,
        }
        names = sorted(told)
        raw = "".join(f"{name}\n{told[name]}\n" for name in names).encode()
        signature = self.key.sign(raw, PKCS1v15(), SHA256() if version == "2" else SHA1())
        return told | {"SignatureVersion": version, "Signature": base64.b64encode(signature).decode(), "SigningCertURL": AT_AMAZON}


def test_what_amazon_signed_is_heeded_without_a_key_and_nothing_else(
    house: House, letter: EmailMessage, outside: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    amazon, told = Amazon(house), shapes("ses", mark_of(house, letter))
    right = amazon.signs("Notification", told[0])
    wrong: list[dict[str, object]] = [
        right | {"Message": json.dumps(told[3])},
        right | {"Subject": "one more"},
        right | {"SignatureVersion": "2"},
        right | {"Signature": "AAAA"},
        right | {"Signature": 7},
        right | {"Type": "Other"},
        right | {"Type": ["Notification"]},
        right | {"SigningCertURL": f"https://sns.eu-west-3.amazonaws.com.example.org/{CERTIFICATE}"},
        right | {"SigningCertURL": f"https://example.org@sns.eu-west-3.amazonaws.com/{CERTIFICATE}"},
        right | {"SigningCertURL": f"http://sns.eu-west-3.amazonaws.com/{CERTIFICATE}"},
        right | {"SigningCertURL": "https://sns.eu-west-3.amazonaws.com/../SimpleNotificationService-0123456789abcdef.pem"},
        right | {"SigningCertURL": f"https://s3.eu-west-3.amazonaws.com/{CERTIFICATE}"},
        told[0],
    ]
    for each in wrong:
        assert tell(outside, "ses", each, "")[0] == 403, each
    assert to_jeanne(house) == "jeanne@example.org"
    confirm = "https://sns.eu-west-3.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-3:123456789012:returns&Token=2336412f37"
    for address, is_said in ((confirm, True), ("https://169.254.169.254/?Action=ConfirmSubscription&Token=1", False)):
        caplog.clear()
        assert tell(outside, "ses", amazon.signs("SubscriptionConfirmation", "Confirm.", SubscribeURL=address, Token="2336412f37"), "")[0] == 200
        assert (address in caplog.text) is is_said
    assert tell(outside, "ses", amazon.signs("Notification", "Successfully validated the topic."), "") == (
        200,
        {"heeded": 0, "left": 0, "unproven": 0, "unread": 0},
    )
    assert tell(outside, "ses", right, "")[1]["heeded"] == 1
    assert to_jeanne(house) == ""
    assert tell(outside, "ses", amazon.signs("Notification", told[3], "2", Subject="Amazon SES"), "")[1]["heeded"] == 1
    assert not any(leave(house).values())
