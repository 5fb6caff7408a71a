"""She wants nothing reckoned from her purchases: no word rests on them, her card shows none, and what needs none may still be said."""

from __future__ import annotations

import pytest

from habitue.app import card_of
from habitue.app.leaving import Said, say_leave
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Purpose
from tests.cast import Shop, thanks, veal, verdicts_of

NO = "customer,purpose,channel,granted,at\nmartin,profiling,shop,no,2017-10-20\n"
BOOK = (
    veal(),
    veal(key='"veal-ready"', kind='"service"', purpose='"service"'),
    thanks(whom='"baskets_91 > 0"'),
    thanks(key='"birthday"', whom='"months_as_customer >= 1"', repeat_days="300"),
    veal(key='"coffee-offer"', kind='"offer"', purpose='"offers"', about='{ types = ["HOT/COFFEE"] }', gives='"money"'),
)


def test_no_word_rests_on_what_is_reckoned_alone_and_among_everyone(shop: Shop) -> None:
    shop.book(*BOOK)
    before = verdicts_of(shop.decides("martin"))
    assert Reason.NO_PROFILING not in before.values()
    assert before["coffee-offer"] == Reason.NO_AFFINITY
    shop.bring("consents", NO)
    after = verdicts_of(shop.decides("martin"))
    reckoned = {key for key, reason in after.items() if reason == Reason.NO_PROFILING}
    assert reckoned == {"veal-aside", "thanks", "coffee-offer"}
    assert {key: before[key] for key in before if key not in reckoned}.keys() == {"veal-ready", "birthday"}
    assert after["birthday"] in (Reason.SAID, Reason.ANOTHER_IS_WORTH_MORE)
    assert verdicts_of(shop.decides("karim"))["veal-aside"] != Reason.NO_PROFILING


def test_a_yes_after_that_gives_it_back(shop: Shop) -> None:
    shop.book(*BOOK).bring("consents", NO)
    with shop.open("2017-10-28") as house:
        say_leave(house, "martin", Said(True, (Purpose.PROFILING,)))
    assert verdicts_of(shop.decides("martin"))["veal-aside"] != Reason.NO_PROFILING


@pytest.mark.parametrize(("language", "said"), [("en", "Not reckoned"), ("fr", "On ne le déduit pas")])
def test_her_card_shows_no_habit_from_the_moment_she_says_so(shop: Shop, language: str, said: str) -> None:
    with shop.book(*BOOK).open() as house:
        shown = {fact.heading: fact.text for fact in card_of(house, "martin", language=language).facts}
        assert said not in shown.values()
        say_leave(house, "martin", Said(False, (Purpose.PROFILING,)))
        card = card_of(house, "martin", language=language)
    facts = [fact.text for fact in card.facts]
    assert (facts[0], facts[3]) == (said, said)
    assert not any("eal" in text + proof or "eau" in text + proof for text, proof in ((fact.text, fact.proof) for fact in card.facts[:4]))
