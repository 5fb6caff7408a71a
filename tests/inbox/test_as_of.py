"""The inbox knows what was said by the moment at which the house's clock stands, and nothing later."""

from __future__ import annotations

import pytest

from habitue.app.her.awaiting import waits_of
from habitue.app.inbox.answer_times import answer_times
from habitue.app.inbox.talking import conversation, open_conversations
from habitue.words.clock import parse_day
from habitue.words.errors import Unknown
from tests.cast import Shop, shop

__all__ = ["shop"]
LATER = "customer,thread,kind,state,at\npaul,p1,complaint,closed,2017-11-20\nkarim,k1,question,opened,2017-11-25\n"


def test_what_is_said_later_neither_settles_nor_opens_a_conversation_of_today(shop: Shop) -> None:
    shop.bring("conversations", LATER)
    with shop.open() as house:
        (waiting,) = open_conversations(house)
        assert (waiting.customer, waiting.is_complaint, waiting.is_open) == ("paul", True, True)
        assert [(wait.is_complaint, wait.day) for wait in waits_of(house, "paul")] == [(True, parse_day("2017-10-30"))]
        assert waits_of(house, "karim") == []
        total, _ = answer_times(house, parse_day("2017-10-01"))
        assert (total.matters, total.waiting, total.open) == (1, 1, 1)
    with shop.open("2017-11-26") as house:
        (waiting,) = open_conversations(house)
        assert waiting.customer == "karim"
        assert answer_times(house, parse_day("2017-10-01"))[0].settled_median_seconds is not None
    with shop.open() as house, pytest.raises(Unknown, match="no conversation"):
        conversation(house, waiting.number)
