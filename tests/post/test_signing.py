"""Every letter bears two signatures that OpenDKIM believes, once keys were made; whoever changes or adds a head that they cover is found out."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from habitue.app.backup.backing_up import FILES
from habitue.channels.email.signing import Keys, signed
from habitue.channels.email.signing_keys import FILE, make_keys, signing_keys
from habitue.channels.letters import State
from habitue.words.errors import BadInput, Refused, SettingsError
from tests.command_line import command_line
from tests.post.conftest import OpenPost, send_all
from tests.post.opendkim import verdicts
from tests.post.peer import Peer
from tests.post.postfix import Postfix
from tests.post.test_post_room import asks, states

BOTH_HOLD = {"habitue": "pass", "habitue-ed25519": "pass"}
HEAD = (
    b'From: "Marie, chez nous" <shop@example.org>\r\nTo: jeanne@example.org\r\nSubject:  Vos   paupiettes\r\n\tde veau \r\n'
    b'Date: Thu, 02 Nov 2017 06:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n'
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return make_keys(tmp_path_factory.mktemp("keys"), "shop@example.org")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_that_a_real_mail_server_delivers_bears_two_signatures_that_hold(
    open_post: OpenPost, mail_server: Postfix, tmp_path: Path, language: str
) -> None:
    mail_server.empty()
    house = open_post(mail_server.port, brand="Épicerie « Chez Élise »")
    made = make_keys(house.settings.data, house.settings.sender)
    asks(house, language=language)
    asks(house, "élise@exämple.org", "203.0.113.8", language)
    assert send_all(house) == 2
    for raw in mail_server.raw(2):
        assert verdicts(raw, made.records, tmp_path) == BOTH_HOLD


def test_a_house_without_keys_sends_its_letters_unsigned(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    send_all(house)
    assert [letter["DKIM-Signature"] for letter in peer.letters] == [None]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\r\n",
        b"\r\n\r\n\r\n",
        b"a\r\n",
        b"a \t b\t \r\n \r\n\r\n",
        b" \r\n\t\r\na\r\n",
        "déjà\u202f: vu\r\n".encode(),
        b".\r\n..\r\n" + b"x" * 998 + b"\r\n",
    ],
)
def test_the_signatures_hold_whatever_the_letter_looks_like(keys: Keys, tmp_path: Path, body: bytes) -> None:
    assert verdicts(signed(HEAD + body, keys), keys.records, tmp_path) == BOTH_HOLD


CHANGES = {
    "another subject": (b"Subject:  Vos", b"Subject: Nos"),
    "another sender": (b"shop@example.org>", b"thief@example.org>"),
    "a second subject": (b"Subject:", b"Subject: Urgent\r\nSubject:"),
    "a second sender above ours": (b"From:", b"From: thief@example.com\r\nFrom:"),
    "a second reader": (b"Date:", b"To: karim@example.org\r\nDate:"),
    "an address to answer to": (b"Date:", b"Reply-To: thief@example.com\r\nDate:"),
    "another way of reading it": (b"MIME-Version", b"Content-Type: text/html\r\nMIME-Version"),
    "another number": (b"<1@", b"<2@"),
    "another word": (b"bought", b"stolen"),
    "one more line": (b"bought", b"bought\r\nfor you"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whoever_changes_a_signed_letter_is_found_out(keys: Keys, tmp_path: Path, change: str) -> None:
    before, after = CHANGES[change]
    letter = HEAD + b"What you bought.\r\n"
    signatures = signed(letter, keys).removesuffix(letter)
    assert before in letter
    assert verdicts(signatures + letter.replace(before, after, 1), keys.records, tmp_path) == dict.fromkeys(BOTH_HOLD, "fail")


def test_the_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = make_keys(tmp_path, "shop@letters.example.org", "mail", "EXAMPLE.org")
    assert (first.domain, first.selector, first.rsa.key_size) == ("example.org", "mail", 2048)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    assert make_keys(tmp_path, "shop@example.org").records == first.records
    for selector, domain in (("other", ""), ("", "letters.example.org")):
        with pytest.raises(Refused, match="signs with other keys already"):
            make_keys(tmp_path, "shop@letters.example.org", selector, domain)
    assert FILE in FILES, "a backup keeps them, closed as the rest, so that what the DNS says stays true"


@pytest.mark.parametrize(
    ("sender", "selector", "domain", "said"),
    [
        ("shop@example.org", "", "other.org", "says nothing about them"),
        ("shop@example.org", "", "ample.org", "says nothing about them"),
        ("shop@example.org", "my keys", "", "cannot be a name in the DNS"),
        ("shop@example.org", "a;b", "", "cannot be a name in the DNS"),
        ("", "", "", "Which domain do letters come from"),
        ("", "", "exam ple.org\r\nx", "is not an e-mail address"),
    ],
)
def test_a_name_that_cannot_sign_is_said_and_nothing_is_made(tmp_path: Path, sender: str, selector: str, domain: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        make_keys(tmp_path, sender, selector, domain)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("held", ["", "domain = 1", 'domain = "a.org"\nselector = "s"\nrsa = "x"\ned25519 = "y"\n', "\x00"])
def test_broken_keys_let_every_letter_wait_and_none_leaves_unsigned(open_post: OpenPost, peer: Peer, held: str) -> None:
    house = open_post(peer.port)
    asks(house)
    file = house.settings.data / FILE
    file.write_text(held)
    with pytest.raises(SettingsError, match="does not hold the keys that sign letters"):
        send_all(house)
    assert (peer.raw, states(house)) == ([], [State.WAITING])
    file.unlink()
    make_keys(house.settings.data, house.settings.sender)
    assert send_all(house) == 1
    assert len(peer.letters[0].get_all("DKIM-Signature")) == 2


def test_other_keys_laid_there_sign_from_the_next_letter_on(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    first, other = make_keys(here, "shop@example.org"), make_keys(there, "shop@example.org", "next")
    assert signing_keys(here) == first
    (there / FILE).replace(here / FILE)
    found = signing_keys(here)
    assert found
    assert (found.selector, found.records) == ("next", other.records)


def test_the_command_prints_what_the_dns_has_to_say(
    open_post: OpenPost, peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_post(peer.port)
    run = command_line(house.settings.data, monkeypatch, capsys)
    code, said = run("mail", "keys")
    records = dict(re.findall(r"Name (\S+) Value (v=DKIM1; k=\w+; p=\S+)", said))
    assert (code, sorted(records)) == (0, ["habitue-ed25519._domainkey.example.org", "habitue._domainkey.example.org"])
    assert run("mail", "keys") == (0, said)
    assert "PRIVATE" not in said
    asks(house)
    send_all(house)
    assert verdicts(peer.raw[0], records, tmp_path) == BOTH_HOLD
    code, said = run("mail", "keys", "--selector", "other")
    assert (code != 0, "signs with other keys already" in said) == (True, True)
