"""A desk for every test of the in side: an empty house on either database."""

from __future__ import annotations

from pathlib import Path

import pytest

from habitue.store import Settings, Truth
from tests.in_side.shop_files import Bringing


@pytest.fixture
def shop(truth: Truth, settings: Settings, tmp_path: Path) -> Bringing:
    return Bringing(truth, settings, tmp_path)
