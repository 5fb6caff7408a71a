"""Every story here runs commands, most of them in the same small shop."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from habitue.cli import main
from habitue.store import Settings
from tests.cast import shop

__all__ = ["shop"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[Settings], Run]:
    """Makes a runner of commands on a house: it gives the exit code, what was printed, and what was complained of."""

    def on(settings: Settings) -> Run:
        def run(*words: str) -> tuple[int, str, str]:
            monkeypatch.setattr(sys, "argv", ["habitue", *words, "--data", str(settings.data)])
            code = _code_of(main)
            printed = capsys.readouterr()
            return code, printed.out, printed.err

        return run

    return on


def _code_of(command: Callable[[], None]) -> int:
    try:
        command()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
