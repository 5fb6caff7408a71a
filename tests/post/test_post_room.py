"""The post room: what leaves, what is tried again, what has failed, and what nobody can know; no letter is lost, and none holds an address."""

from __future__ import annotations

import smtplib
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from habitue.app import House, open_house
from habitue.app.door import Asking, ask_to_join, asked_at_door, request_fresh_link
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import PASSWORD, Line, Relay, deliver, relay_of
from habitue.channels.email.mail import Mail
from habitue.channels.letters import FORGOTTEN_SECONDS, Outcome, State, claim, letters
from habitue.store import load_settings
from habitue.words.clock import StoppedClock
from habitue.words.errors import SettingsError
from tests.post.conftest import OpenPost, post_room, send_all
from tests.post.peer import Peer, links_in, listening_peer

MINUTE = 60


def asks(house: House, address: str = "jeanne@example.org", network: str = "203.0.113.7", language: str = "en") -> None:
    """Somebody fills in the form."""
    allowed = {each.purpose: each.hash for each in asked_at_door(house.notices, language)}
    ask_to_join(house, Asking(address, allowed, "form", network, language))


def after(house: House, seconds: int) -> PostRoom:
    """The post room some time later."""
    return PostRoom(replace(house, clock=StoppedClock(house.clock.instant() + seconds)), relay_of(house.settings))


def states(house: House) -> list[State]:
    return [each.state for each in letters(house.truth, 100)]


def attempts(house: House) -> list[tuple[str, str]]:
    return [(outcome, answer) for outcome, answer in house.truth.run("SELECT outcome, answer FROM letter_attempt ORDER BY letter_id, attempt")]


def test_a_letter_leaves_once_and_the_book_says_so(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    assert states(house) == [State.WAITING]
    assert send_all(house) == 1
    assert send_all(house) == 0
    assert (peer.to, states(house), attempts(house)) == (["jeanne@example.org"], [State.SENT], [("sent", "250 2.0.0 queued as ABC123")])


def test_a_server_that_says_not_now_is_asked_again_later(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    peer.on_rcpt = "451 4.7.1 Greylisted <jeanne@example.org>"
    post_room(house).send_some()
    assert (states(house), attempts(house)) == ([State.WAITING], [("waiting", "451 4.7.1")])
    peer.on_rcpt = "250 OK"
    assert after(house, MINUTE - 1).send_some() == 0
    assert after(house, MINUTE).send_some() == 1
    assert (len(peer.raw), states(house)) == (1, [State.SENT])


@pytest.mark.parametrize("step", ["on_rcpt", "on_data"])
def test_a_no_for_good_ends_the_letter(open_post: OpenPost, peer: Peer, step: str) -> None:
    house = open_post(peer.port)
    asks(house)
    setattr(peer, step, "550 5.1.1 jeanne@example.org is nobody here")
    post_room(house).send_some()
    assert (states(house), attempts(house)) == ([State.FAILED], [("failed", "550 5.1.1")])
    assert after(house, 40 * 3_600).send_some() == 0


def test_a_server_that_has_the_letter_and_breaks_off_leaves_a_doubt_and_the_letter_goes_again_under_its_name(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    peer.breaks_off = True
    post_room(house).send_some()
    assert (states(house), len(peer.raw)) == ([State.IN_DOUBT], 1)
    peer.breaks_off = False
    after(house, MINUTE).send_some()
    assert states(house) == [State.SENT]
    one, other = peer.letters
    assert one["Message-ID"] == other["Message-ID"]
    assert [outcome for outcome, _ in attempts(house)] == ["in_doubt", "sent"]


def test_a_letter_in_the_hands_of_a_process_that_died_is_in_doubt_and_goes_again(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    with house.truth.transaction():
        assert claim(house.truth, letters(house.truth, 1)[0].letter_id, house.clock.instant())
    assert after(house, 9 * MINUTE).send_some() == 0  # whoever has it may still be talking
    assert after(house, 10 * MINUTE).send_some() == 1
    assert (states(house), [outcome for outcome, _ in attempts(house)]) == ([State.SENT], ["in_doubt", "sent"])


def test_who_stopped_for_so_long_that_another_sent_it_brings_it_back_by_no_late_no(open_post: OpenPost, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    house, tell = open_post(peer.port), Line._tell
    asks(house)

    def stops(self: Line, server: smtplib.SMTP, mail: Mail) -> Outcome:
        monkeypatch.setattr(Line, "_tell", tell)
        assert after(house, FORGOTTEN_SECONDS + 1).send_some() == 1
        peer.on_data = "451 4.3.0 later"
        return tell(self, server, mail)

    monkeypatch.setattr(Line, "_tell", stops)
    post_room(house).send_some()
    assert (states(house), len(peer.raw)) == ([State.SENT], 2)
    assert after(house, 86_400).send_some() == 0


def test_a_server_that_is_away_for_days_makes_a_letter_fail_and_nothing_is_sent_too_late(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    peer.on_rcpt = "451 4.3.0 later"
    tried = sum(after(house, hours * 3_600).send_some() for hours in range(60))
    assert states(house) == [State.FAILED]
    assert 5 <= tried <= 9
    assert not house.truth.run("SELECT * FROM door_request") + house.truth.run("SELECT * FROM door_link")


def test_four_at_once_send_each_letter_once(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    for number in range(20):
        asks(house, f"someone{number}@example.org", f"203.0.113.{number}")

    def work() -> None:
        with open_house(house.settings) as mine:
            room = PostRoom(mine, relay_of(house.settings))
            while room.send_some():
                pass

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(peer.to) == sorted(f"someone{number}@example.org" for number in range(20))
    assert set(states(house)) == {State.SENT}


def test_no_letter_and_no_attempt_holds_an_address(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    peer.on_data = "250 2.0.0 Ok: <jeanne@example.org> queued as Q1 for jeanne"
    request_fresh_link(house, "jeanne@example.org", "203.0.113.9", "fr")
    send_all(house)
    assert states(house) == [State.SENT]
    held = "".join(str(house.truth.run(f"SELECT * FROM {table}")) for table in ("letter", "letter_attempt", "door_request", "door_link", "knock"))
    assert "jeanne" not in held


def test_the_wrong_password_is_ours_to_mend_and_costs_no_letter(open_post: OpenPost, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening_peer(user="shop") as peer:
        house = open_post(peer.port, relay=f"smtp://shop@127.0.0.1:{peer.port}")
        asks(house)
        monkeypatch.setenv(PASSWORD, "wrong")
        post_room(house).send_some()
        assert states(house) == [State.WAITING]
        assert PASSWORD in attempts(house)[0][1]
        monkeypatch.setenv(PASSWORD, "right")
        after(house, MINUTE).send_some()
        assert states(house) == [State.SENT]


MAIL = Mail("shop@example.org", "jeanne@example.org", "<1@example.org>", b"Subject: x\r\n\r\n.a dot begins this line\r\n")


def certificate(folder: Path, more: str = "") -> Path:
    """A key and a certificate for this machine's loopback, in one file; `more` are further names, as `,DNS:example.org`."""
    made = folder / "made.pem"
    told = ["-subj", "/CN=localhost", "-addext", f"subjectAltName=DNS:localhost,IP:127.0.0.1{more}", "-days", "2", "-keyout", made, "-out", folder / "cert.pem"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *told], check=True, capture_output=True)
    made.write_text(made.read_text() + (folder / "cert.pem").read_text())
    return made


def test_nothing_is_told_to_a_far_server_but_through_tls_with_a_certificate_that_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening_peer() as plain:
        assert deliver(MAIL, Relay("127.0.0.1", plain.port)).answer == "The mail server offers no way to speak to it safely, or none to log in."
        assert plain.raw == []
    with listening_peer(certificate(tmp_path)) as peer:
        relay = Relay("127.0.0.1", peer.port)
        assert deliver(MAIL, relay) == Outcome(State.WAITING, "The mail server's certificate does not hold.")
        assert peer.raw == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert deliver(MAIL, relay).state == State.SENT
        assert peer.raw[0].endswith(b"\r\n.a dot begins this line\r\n")


def test_a_server_that_is_not_there_is_tried_again(open_post: OpenPost) -> None:
    house = open_post(1)
    asks(house)
    post_room(house).send_some()
    assert (states(house), attempts(house)) == ([State.WAITING], [("waiting", "The mail server cannot be reached (ConnectionRefusedError).")])


def test_a_link_leads_to_the_house_s_own_address(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    send_all(house)
    [link] = links_in(peer.letters[0])
    assert link.startswith("/yes/")
    assert len(link) == len("/yes/") + 22


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("sender", "no-reply@example.org", "tells her not to answer"),
        ("sender", "Ne.Pas.Répondre@example.org", "tells her not to answer"),
        ("sender", "shop", "is not an e-mail address"),
        ("sender", "a@b.org\r\nBcc: x@y.org", "is not an e-mail address"),
        ("relay", "smtp://shop:secret@mail.example.org", "holds a password"),
        ("relay", "mail.example.org", "is not a mail server"),
        ("relay", "smtp://host:port", "is not a mail server"),
        ("address", "regulars.example.org", "not one that customers can reach"),
        ("address", f"https://{'x' * 250}.org", "not one that customers can reach"),
        ("address", "https://x.org/path?q", "not one that customers can reach"),
        ("letters_a_minute", "-1", "use 0 for no limit"),
        ("warm_up_letters", "0", "use 1 or more"),
        ("warm_up_from", "soon", "soon"),
        ("proxies", "127.0.0.1, *", "“\\*” is no address and no network"),
    ],
)
def test_a_wrong_setting_of_the_post_stops_with_a_sentence(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as wrong:
        load_settings(tmp_path, {f"HABITUE_{name.upper()}": value})
    assert "secret" not in str(wrong.value)
