"""A word as an e-mail: one press to leave it under the signature, an address to answer to, another for reports of failure, and nothing that we did not set."""

from __future__ import annotations

from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.app.post.relaying import Line, Relay, deliver, relay_of
from habitue.channels.email.signing import signed
from habitue.channels.email.signing_keys import make_keys
from habitue.channels.email.tokens import CameBack, Door, address_back, came_back
from habitue.channels.email.touch_mail import Envelope, touch_mail
from habitue.channels.letters import State
from habitue.consent.one_click import PRESSED, way_out_address
from habitue.content.letters import letter_of
from habitue.content.rendering import Rendered, render
from habitue.identity.her_links import make_link
from habitue.identity.records import who_is
from habitue.store.house_key import house_key
from habitue.words.errors import BadInput, Refused
from habitue.words.vocabulary import Channel, Purpose
from tests.content.test_letters import FIRST_BOOK, FRAMES, STARTERS, VALUES
from tests.post.conftest import OpenPost
from tests.post.opendkim import verdicts
from tests.post.peer import text_of
from tests.post.postfix import Postfix
from tests.post.test_door import ledger_of, visitor

KEY = bytes(range(32))
DOMAIN = "example.org"
LONG = "letters.the-cheese-and-wine-shop-of-a-very-small-village-by-the-sea.example.org"


WORDS = Rendered("Les paupiettes sont prêtes", "<p>Bonjour, elles vous attendent.</p>", "Bonjour, elles vous attendent.\n", "fr")
ENVELOPE = Envelope(
    brand="Chez Élise",
    sender="shop@example.org",
    to="jeanne@example.org",
    number="touch.7.5f3a",
    at=1_509_602_400,
    way_out=way_out_address("https://regulars.example.org", "A" * 22, Purpose.OFFERS, Channel.EMAIL),
    reply_to=address_back(KEY, "answers", 7, DOMAIN),
    bounce_to=address_back(KEY, "bounces", 7, DOMAIN),
    feedback="paupiettes:offer:mail:habitue",
)


def test_a_word_arrives_signed_can_be_answered_and_left_by_one_press(open_post: OpenPost, mail_server: Postfix, tmp_path: Path) -> None:
    mail_server.empty()
    house = open_post(mail_server.port)
    keys, profile = make_keys(house.settings.data, house.settings.sender), who_is(house.truth, "customer", ["karim"])["karim"]
    way_out = way_out_address(
        "https://regulars.example.org", make_link(house.truth, profile.profile_id, "out", house.clock.instant()), Purpose.OFFERS, Channel.EMAIL
    )
    mail = touch_mail(WORDS, replace(ENVELOPE, way_out=way_out))
    assert deliver(replace(mail, raw=signed(mail.raw, keys)), relay_of(house.settings)).state == State.SENT
    [letter], [raw] = mail_server.letters(1), mail_server.raw(1)
    assert verdicts(raw, keys.records, tmp_path) == {"habitue": "pass", "habitue-ed25519": "pass"}
    assert (letter["Subject"], letter["From"], letter["Auto-Submitted"]) == (WORDS.subject, "Chez Élise <shop@example.org>", "auto-generated")
    assert (letter["Message-ID"], letter["Feedback-ID"]) == ("<touch.7.5f3a@example.org>", "paupiettes:offer:mail:habitue")
    assert came_back(KEY, letter["Reply-To"], DOMAIN) == CameBack("answers", 7)
    assert came_back(KEY, letter["Return-Path"].strip("<>"), DOMAIN) == CameBack("bounces", 7)
    assert (text_of(letter), text_of(letter, "html").strip()) == (WORDS.text, WORDS.html)
    pressed, mailto = (each.strip("<>") for each in letter["List-Unsubscribe"].split(", "))
    assert (pressed, mailto) == (way_out, f"mailto:{ENVELOPE.reply_to}?subject=stop")
    assert letter["List-Unsubscribe-Post"] == PRESSED
    answer = visitor(house).post(pressed.removeprefix("https://regulars.example.org"), content=PRESSED)
    assert answer.status_code == 200
    assert not ledger_of(house, profile.customer_id)[-1].is_yes


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_letter_that_a_shop_begins_with_arrives_as_it_was_written(mail_server: Postfix, tmp_path: Path, language: str) -> None:
    mail_server.empty()
    keys = make_keys(tmp_path, ENVELOPE.sender)
    written = [render(letter_of(FIRST_BOOK, name, language), VALUES[language], FRAMES[language]) for name in STARTERS]
    with closing(Line(Relay("127.0.0.1", mail_server.port, must_secure=False))) as line:
        for at, each in enumerate(written):
            mail = touch_mail(each, replace(ENVELOPE, number=f"touch.{at}"))
            assert line.deliver(replace(mail, raw=signed(mail.raw, keys))).state == State.SENT
    arrived = {str(letter["Message-ID"]): letter for letter in mail_server.letters(len(written))}
    for at, each in enumerate(written):
        letter = arrived[f"<touch.{at}@example.org>"]
        assert (letter["Subject"], letter["Content-Language"]) == (each.subject, language)
        assert (text_of(letter), text_of(letter, "html")) == (each.text, f"{each.html}\n")
    held = [verdicts(raw, keys.records, tmp_path) for raw in mail_server.raw(len(written))]
    assert held == [{"habitue": "pass", "habitue-ed25519": "pass"}] * len(written)


@pytest.mark.parametrize("head", [b"List-Unsubscribe", b"List-Unsubscribe-Post", b"Feedback-ID", b"Reply-To", b"Auto-Submitted"])
def test_what_a_machine_reads_of_it_is_under_the_signature(tmp_path: Path, head: bytes) -> None:
    keys = make_keys(tmp_path, ENVELOPE.sender)
    raw = touch_mail(WORDS, ENVELOPE).raw
    signatures = signed(raw, keys).removesuffix(raw)
    changed = raw.replace(head + b": ", head + b": x", 1)
    assert verdicts(signatures + raw, keys.records, tmp_path) == {"habitue": "pass", "habitue-ed25519": "pass"}
    assert verdicts(signatures + changed, keys.records, tmp_path) == {"habitue": "fail", "habitue-ed25519": "fail"}


def test_long_addresses_stand_as_they_are() -> None:
    way_out = way_out_address(f"https://{LONG}", "A" * 22, Purpose.OFFERS, Channel.EMAIL)
    reply_to = address_back(KEY, "answers", 10**17, LONG)
    mail = touch_mail(WORDS, replace(ENVELOPE, sender=f"shop@{LONG}", way_out=way_out, reply_to=reply_to))
    head = mail.raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert f"List-Unsubscribe: <{way_out}>,\r\n <mailto:{reply_to}?subject=stop>\r\n" in head
    assert f"Reply-To: {reply_to}\r\n" in head
    assert max(map(len, head.split("\r\n"))) <= 998


def test_a_word_of_service_has_no_way_out_and_bears_none() -> None:
    head = touch_mail(WORDS, replace(ENVELOPE, way_out="", feedback="")).raw.partition(b"\r\n\r\n")[0]
    assert not [name for name in (b"List-Unsubscribe", b"Feedback-ID") if name in head]


def test_the_same_touch_bears_the_same_number_and_another_another() -> None:
    assert touch_mail(WORDS, ENVELOPE).message_id == touch_mail(replace(WORDS, subject="Again"), ENVELOPE).message_id
    assert touch_mail(WORDS, replace(ENVELOPE, number="touch.8.11aa")).message_id != touch_mail(WORDS, ENVELOPE).message_id


ENCODED = "=?utf-8?b?" + b64encode(b"a@b.co\r\nBcc: c@d.e\r\n\r\nhi").decode() + "?="


@pytest.mark.parametrize(
    ("change", "no"),
    [
        ({"way_out": "https://a.org/\x00"}, Refused),
        ({"feedback": "a\r\nBcc: c@d.e"}, Refused),
        ({"feedback": "a\r\n\r\nhi"}, Refused),
        ({"feedback": "été"}, Refused),
        ({"brand": ENCODED}, Refused),
        ({"number": "1\r\nBcc: c@d.e"}, Exception),
        ({"reply_to": "a@b.org\r\nBcc: c@d.e"}, BadInput),
        ({"bounce_to": "a@b.org> SIZE=1"}, BadInput),
        ({"to": f"{ENCODED}@example.org"}, BadInput),
    ],
    ids=str,
)
def test_nobody_s_text_becomes_a_head(change: dict[str, str], no: type[Exception]) -> None:
    with pytest.raises(no):
        touch_mail(WORDS, replace(ENVELOPE, **change))


@pytest.mark.parametrize("subject", ["a\r\nBcc: c@d.e", "a\u2028Bcc: c@d.e", "x" * 3_000, "é" * 500])
def test_a_subject_stays_one_head(subject: str) -> None:
    head = touch_mail(replace(WORDS, subject=subject), ENVELOPE).raw.partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc" not in head
    assert max(map(len, head.split(b"\r\n"))) <= 998


def test_only_a_server_that_knows_such_addresses_takes_such_a_letter() -> None:
    assert not touch_mail(WORDS, ENVELOPE).is_international
    assert touch_mail(WORDS, replace(ENVELOPE, sender="élise@example.org")).is_international
    assert touch_mail(WORDS, replace(ENVELOPE, to="zoé@example.org")).is_international


@pytest.mark.parametrize("door", ["answers", "bounces"])
@given(letter_id=st.integers(1, 10**18 - 1))
def test_what_comes_back_says_to_which_letter(door: Door, letter_id: int) -> None:
    made = address_back(KEY, door, letter_id, DOMAIN)
    assert came_back(KEY, f" {made.upper()}", DOMAIN) == CameBack(door, letter_id)
    assert len(made.partition("@")[0]) <= 64


@given(at=st.integers(0, 60), sign=st.characters(codec="utf-8"))
def test_an_address_that_is_changed_in_any_place_says_nothing(at: int, sign: str) -> None:
    made = address_back(KEY, "answers", 7, DOMAIN)
    changed = made[: at % len(made)] + sign + made[at % len(made) + 1 :]
    assert came_back(KEY, changed, DOMAIN) in ((CameBack("answers", 7),) if changed.lower() == made else (None,))


@pytest.mark.parametrize(
    "forged",
    [
        address_back(KEY, "answers", 7, DOMAIN).replace("+7-", "+8-"),
        address_back(KEY, "answers", 7, DOMAIN).replace("answers", "bounces"),
        address_back(KEY, "answers", 7, DOMAIN).replace("+7-", "+07-"),
        address_back(bytes(32), "answers", 7, DOMAIN),
        address_back(KEY, "answers", 7, "example.com"),
        "answers@example.org",
        "answers+7@example.org",
        "",
    ],
)
def test_a_forged_address_says_nothing(forged: str) -> None:
    assert came_back(KEY, forged, DOMAIN) is None


def test_two_houses_do_not_read_each_other_s(tmp_path: Path) -> None:
    one, other = house_key(tmp_path / "one", {}), house_key(tmp_path / "other", {})
    assert came_back(other, address_back(one, "answers", 1, DOMAIN), DOMAIN) is None
