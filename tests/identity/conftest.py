"""Every story here begins in the same small shop."""

import pytest

from habitue.store import save_settings
from tests.cast import Shop, shop
from tests.command_line import Run, command_line

__all__ = ["shop"]


@pytest.fixture
def habitue(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on the shop: gives its exit code and what it said, on one line."""
    save_settings(shop.book().settings)
    return command_line(shop.settings.data, monkeypatch, capsys)
