"""Her page: the small shop of the cast, served at a counter; Mme Martin's link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.her.saying import link_for
from habitue.web import create_site
from tests.cast import Shop, shop, veal

__all__ = ["shop"]


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    """The shop with its veal put aside for whoever buys it, open on Thursday 2 November 2017."""
    with shop.book(veal()).open() as opened:
        yield opened


@pytest.fixture
def browser_of_hers(house: House) -> Iterator[TestClient]:
    """Whoever asks this asks as a stranger does: no cookie, no header of ours."""
    with TestClient(create_site(house), base_url="http://localhost", follow_redirects=True) as made:
        yield made


@pytest.fixture
def hers(house: House) -> str:
    """The path of Mme Martin's page, by a fresh link."""
    return link_for(house, "martin")
