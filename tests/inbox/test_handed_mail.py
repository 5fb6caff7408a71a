"""A mail server hands over mail by LMTP: it hears yes once a mail stands in the truth, later where it cannot, and no only to what nobody can ever read."""

from __future__ import annotations

import builtins
import gc
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from errno import EISCONN
from pathlib import Path
from typing import Any

import pytest

from habitue.app import House
from habitue.app.inbox import handed_mail
from habitue.app.inbox.handed_mail import COPY, LATER, NEEDED, NEVER, TAKEN, HandedMail
from habitue.app.inbox.lmtp_door import MOST_TAKEN
from habitue.app.inbox.receiving import Received, receive
from habitue.app.inbox.strangers import strangers
from habitue.app.inbox.talking import open_conversations
from habitue.app.post.gate import keep_closed_until, open_gate
from habitue.channels.email.tokens import address_back
from habitue.channels.letters import owe
from habitue.identity.records import who_is
from habitue.store import load_settings
from habitue.words.errors import Busy, SettingsError, StoreError
from tests.cast import Shop, shop
from tests.inbox.conftest import HandingOver
from tests.inbox.test_fetching import BROKEN, asked, mail, said, soon
from tests.post.postfix import free_port

__all__ = ["shop"]
JEANNE, OURS = "jeanne@example.org", "answers@example.org"
KILLED = """
import os, signal, sys
from pathlib import Path
from habitue.app.inbox import handed_mail
from habitue.store import load_settings
whole = handed_mail.receive
def killed(*told):
    whole(*told)
    os.kill(os.getpid(), signal.SIGKILL)
handed_mail.receive = killed
with handed_mail.HandedMail(load_settings(Path(sys.argv[1]))):
    signal.pause()
"""


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.told(sender="shop@example.org", lmtp=f"127.0.0.1:{free_port()}").open() as opened:
        yield opened


def line_to(place: str) -> smtplib.LMTP:
    """A mail server's line to a place, as soon as somebody listens there."""
    until = time.monotonic() + 20
    while True:
        try:
            return smtplib.LMTP(*([place] if place[0] == "/" else ["127.0.0.1", int(place.rpartition(":")[2])]), local_hostname="post.example.org")
        except (ConnectionRefusedError, FileNotFoundError):
            assert time.monotonic() < until
            time.sleep(0.02)


def handed(house: House, raw: bytes, *to: str, sender: str = JEANNE) -> dict[str, str]:
    """What a mail server hears to a mail, by recipient; it hangs up at once."""
    with line_to(house.settings.lmtp) as line:
        line.ehlo_or_helo_if_needed()
        line.mail(sender)
        for each in to or (OURS,):
            assert line.rcpt(each)[0] == 250
        line.putcmd("data")
        assert line.getreply()[0] == 354
        line.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        return {each: " ".join((str(code), said.decode())) for each in to or (OURS,) for code, said in [line.getreply()]}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_each_recipient_hears_yes_once_it_is_taken_in_and_who_was_killed_before_is_handed_it_again(house: House) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(house.settings.data)], env={**os.environ, "HABITUE_TODAY": house.settings.today}) as killed:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            handed(house, mail(1, "Avez-vous du lapin ?"), OURS, "shop@example.org")
        assert killed.wait(20) == -signal.SIGKILL
    assert asked(house) == ["Bonjour\nAvez-vous du lapin ?"]
    with HandedMail(house.settings):
        assert handed(house, mail(1, "Avez-vous du lapin ?"), OURS, "shop@example.org") == {OURS: TAKEN, "shop@example.org": TAKEN}
        letter = _letter_to_karim(house)
        assert handed(house, mail(2, "Et du canard ?"), OURS, letter) == {OURS: TAKEN, letter: TAKEN}, "whoever sends it: it came to a letter of his"
    assert asked(house) == ["Bonjour\nAvez-vous du lapin ?"]
    assert {each.customer for each in open_conversations(house)} >= {"martin", "karim"}


def _letter_to_karim(house: House) -> str:
    """The address by which he answers a letter of ours."""
    with house.truth.transaction():
        number = owe(house.truth, "page", "fr", who_is(house.truth, "customer", ["karim"])["karim"].profile_id, house.clock.instant())
    return address_back(house.key, "answers", number, "example.org")


def test_what_cannot_be_taken_in_now_waits_at_the_mail_server_and_counts_once(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong: list[Exception] = [Busy("Another writes."), StoreError("The disk is full."), ValueError("a surprise")]

    def breaking(house: House, raw: bytes, *came_to: str) -> Received:
        got = receive(house, raw, *came_to)
        if wrong:
            raise wrong.pop(0)
        return got

    monkeypatch.setattr(handed_mail, "receive", breaking)
    page = house.settings.book_folder / "shop.toml"
    right = page.read_text()
    page.write_text("caps = none")
    with HandedMail(house.settings):
        assert handed(house, mail(1, "Avez-vous du lapin ?")) == {OURS: LATER}, "its book is being corrected"
        page.write_text(right)
        assert [handed(house, mail(1, "Avez-vous du lapin ?"))[OURS] for _ in range(4)] == [LATER] * 3 + [TAKEN]
        keep_closed_until(house.settings, house.today)
        assert [handed(house, mail(2, "Et du canard ?"))[OURS] for _ in range(2)] == [LATER] * 2
        open_gate(house.settings, house.clock.instant())
        assert handed(house, mail(2, "Et du canard ?")) == {OURS: TAKEN}
        assert handed(house, BROKEN) == {OURS: NEVER}
    assert asked(house) == ["Bonjour\nAvez-vous du lapin ?", "Bonjour\nEt du canard ?"]
    assert [each.removeprefix("mail waits at the mail server: ") for each in said(caplog)][1:] == [
        "Another writes.",
        "The disk is full.",
        "ValueError",
        COPY,
        f"a mail was not taken in, and its sender told so: {NEVER}",
    ]


@pytest.mark.parametrize("engine", ["postgres"])
def test_a_real_mail_server_hands_over_what_came_and_what_waited_while_the_house_was_shut(house: House, handing_over: HandingOver) -> None:
    large = mail(2, "x" * 70 + "\r\n", "Photos") + b"0123456789abcdef" * 4 * ((MOST_TAKEN - 100_000) // 64)
    accents = "From: Zoé <zoé@exämple.test>\r\nMessage-ID: <3@c.test>\r\nSubject: été\r\n\r\n.\r\nAvez-vous des œufs ?\r\n".encode()
    with smtplib.SMTP("127.0.0.1", handing_over.server.port, local_hostname="her.example.org") as her:
        for raw in (mail(1, "Avez-vous du lapin ?"), mail(1, "Avez-vous du lapin ?"), large):
            her.sendmail(JEANNE, [OURS, "shop@example.org"], raw)
        her.sendmail("zoé@exämple.test", [OURS], accents, ["SMTPUTF8", "BODY=8BITMIME"])
        her.sendmail("", [OURS], mail(4, "Je suis absente."))
    assert soon(lambda: "Connection refused" in handing_over.log())
    with HandedMail(load_settings(house.settings.data, {"HABITUE_LMTP": f"127.0.0.1:{handing_over.near}", "HABITUE_TODAY": house.settings.today})):
        assert soon(lambda: handing_over.log().count("status=sent (250 2.0.0 It is taken in.)") == 8), handing_over.log()
    assert "status=bounced" not in handing_over.log()
    assert sorted(each[:29] for each in asked(house)) == ["Bonjour\nAvez-vous du lapin ?", "Photos\n" + "x" * 22]
    assert [(each.sender, each.words) for each in strangers(house)] == [("zoé@exämple.test", "été\n.\nAvez-vous des œufs ?")]


def test_it_listens_where_it_is_told_once_that_is_free_and_says_so_once(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(handed_mail, "LISTEN_AGAIN_SECONDS", 0.05)
    near = str(tmp_path / "lmtp")
    for place in (house.settings.lmtp, near):
        settings = load_settings(house.settings.data, {"HABITUE_LMTP": place, "HABITUE_TODAY": house.settings.today})
        with ExitStack() as first:
            first.enter_context(HandedMail(settings))
            line_to(place).close()
            with HandedMail(settings):
                assert soon(lambda: len(said(caplog)) == 1)
                assert said(caplog) == [f"no mail is taken from the mail server: nobody can listen at {place} (Address already in use)"]
                caplog.clear()
                first.close()
                line_to(place).close()
    assert said(caplog) == []
    assert Path(near).stat().st_mode & 0o777 == 0o666


@pytest.mark.parametrize("engine", ["sqlite"])
def test_who_comes_at_the_moment_it_ends_is_hung_up_on(house: House, tmp_path: Path) -> None:
    settings = load_settings(house.settings.data, {"HABITUE_LMTP": str(tmp_path / "lmtp"), "HABITUE_TODAY": house.settings.today})
    for _ in range(40):
        with socket.socket(socket.AF_UNIX) as late, suppress(ConnectionResetError):
            late.settimeout(20)
            with HandedMail(settings):
                assert soon(lambda: late.connect_ex(settings.lmtp) in {0, EISCONN})
            while late.recv(100):
                pass
    gc.collect()  # a line that was forgotten open says so here


def test_without_its_package_the_house_is_served_and_says_what_to_install(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = builtins.__import__

    def without(name: str, *more: Any, **told: Any) -> Any:
        if name == "habitue.app.inbox.lmtp_door":
            raise ImportError(name)
        return whole(name, *more, **told)

    monkeypatch.setattr(builtins, "__import__", without)
    with HandedMail(house.settings):
        assert soon(lambda: said(caplog) == [NEEDED])


@pytest.mark.parametrize(
    "told", ["0.0.0.0:2424", "192.0.2.7:2424", "mail.example.org:24", "127.0.0.1", "127.0.0.1:0", "[::]:24", "me@127.0.0.1:24", "/" + "x" * 200, "run"]
)
def test_nobody_from_elsewhere_is_listened_to(tmp_path: Path, told: str) -> None:
    with pytest.raises(SettingsError, match="on this very machine alone"):
        load_settings(tmp_path, {"HABITUE_LMTP": told})


@pytest.mark.parametrize("told", ["127.0.0.1:2424", "[::1]:2424", "localhost:24", "/run/habitue/lmtp"])
def test_this_very_machine_is(tmp_path: Path, told: str) -> None:
    assert load_settings(tmp_path, {"HABITUE_LMTP": told}).lmtp == told
