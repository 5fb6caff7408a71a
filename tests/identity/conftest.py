"""Every story here begins in the same small shop."""

import sys
from collections.abc import Callable

import pytest

from habitue.cli import main
from habitue.store import save_settings
from tests.cast import Shop, shop

__all__ = ["shop"]

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def habitue(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on the shop: gives its exit code and what it said, on one line."""
    save_settings(shop.book().settings)

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["habitue", *words, "--data", str(shop.settings.data)])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, " ".join((said.out + said.err).split())

    return run
