"""Two who were taken for one customer: what is said on the page that the link of one opens is that one's word."""

from __future__ import annotations

from starlette.testclient import TestClient

from habitue.app import House, statements_of
from habitue.app.her.saying import link_for
from habitue.app.leaving import leaves_of
from habitue.app.merging import Pairing
from tests.her.conftest import shop

__all__ = ["shop"]


def test_what_one_says_on_the_page_goes_with_that_one_when_they_are_two_again(house: House, browser_of_hers: TestClient) -> None:
    def pair() -> Pairing:
        return Pairing(house.truth, house.settings, "martin", "paul", house.clock.instant())

    def leaves(customer: str) -> set[tuple[str, str, bool]]:
        return {(line.purpose, line.channel, line.is_granted) for line in leaves_of(house, customer)}

    his, hers_before = link_for(house, "paul"), leaves("martin")
    with house.truth.transaction():
        pair().merge()
    for what, form in (("leave", {"say": "yes advice.email"}), ("taste", {"about": "lamb", "feeling": "dislikes"}), ("object", {})):
        assert browser_of_hers.post(f"{his}/{what}", data=form).status_code == 200
    with house.truth.transaction():
        pair().unmerge()
    assert {who: [one.about for one in statements_of(house, who) if one.feeling] for who in ("martin", "paul")} == {"martin": [], "paul": ["lamb"]}
    assert leaves("martin") == hers_before
    assert {purpose: is_granted for purpose, _, is_granted in leaves("paul") if purpose in ("advice", "profiling")} == {"advice": True, "profiling": False}
