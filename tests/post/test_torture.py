"""Senders are killed at any instant, and the mail server loses its answers: nothing arrives twice, nothing is lost, and every doubt is listed."""

from __future__ import annotations

import builtins
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from habitue.words.errors import BadInput
from habitue.workshop import lossy_mail
from habitue.workshop.lossy_mail import forgetful_server
from habitue.workshop.torture import torture
from habitue.workshop.torture_house import made_house

KILLS, SENDS, LOST_ANSWERS = 3, 40, 5
STARTER = """
import sys
from pathlib import Path
from habitue.workshop.torture_senders import senders_of
sender = senders_of(Path(sys.argv[1]))()
sys.stdin.read()
"""


def test_nothing_arrives_twice_and_every_doubt_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lossy_mail, "LOST_ANSWERS", LOST_ANSWERS)
    (told,) = torture(KILLS, SENDS, 2, is_on_postgres=False, with_postfix=False, tell=str)
    assert told.kills
    assert (told.duplicated, told.lost, told.unresolved) == (0, 0, 0)
    assert told.of_which_arrived
    assert told.arrived - told.of_which_arrived + told.in_doubt == SENDS


def test_it_says_what_to_install_where_the_server_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *more: Any, **told: Any) -> Any:
        if name.startswith("aiosmtpd"):
            raise ImportError(name)
        return whole(name, *more, **told)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput, match=r"install habitue\[torture\]"), forgetful_server():
        pytest.fail("there is none")


def test_a_sender_does_not_outlive_whoever_started_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        made_house(tmp_path / "house", 1, silent.getsockname()[1])
        with subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path / "house")], stdin=subprocess.PIPE) as starter, silent.accept()[0] as sender:
            starter.kill()
            sender.settimeout(10)
            assert sender.recv(1) == b"", "it hangs up, though it was promised a greeting"
