"""Of a man we say he, and write what the brand and he himself wrote as they wrote it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from habitue.app import House, card_of, decide_for, note, statements_of
from habitue.app.law.requesting import Opening, open_case
from habitue.app.leaving import leaves_of
from habitue.app.stating import Note
from habitue.consent.law.model import Asked, Door
from habitue.decide.pronouns import as_he
from habitue.web import create_site
from habitue.words.vocabulary import Subject
from tests.cast import Shop, veal
from tests.consent.test_notices import rewrite
from tests.web.test_pages import words_of

MILK = veal(title='{ en = "Her milk, put aside", fr = "Elle & Vire, mis de côté" }', say='{ en = "She & Co for {name}.", fr = "Elle & Vire pour {name}." }')


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("She & Co for Karim.", "He takes it about every seven days, and it has been seven days.")),
        ("fr", ("Elle & Vire pour Karim.", "Il en prend tous les sept jours environ\u202f; cela fait sept jours.")),
    ],
)
def test_a_word_of_the_brand_s_for_a_man_stays_as_the_brand_wrote_it(shop: Shop, language: str, said: tuple[str, str]) -> None:
    with shop.book(MILK).open() as house:
        assert decide_for(house, "karim", language=language).sentences[:2] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "What would be worth most to him: her milk, put aside."), ("fr", "Ce qui vaudrait le plus pour lui\u202f: elle & Vire, mis de côté.")],
)
def test_what_would_be_worth_most_to_a_man_is_called_as_the_brand_calls_it(shop: Shop, language: str, said: str) -> None:
    shop.buys("karim", "veal", "2017-11-01")
    with shop.book(MILK).open() as house:
        assert decide_for(house, "karim", language=language).sentences[-1] == said


@pytest.mark.parametrize("subject", ["beurre elle & vire", "hers shampoo, she and her"])
def test_his_own_word_is_shown_as_he_said_it(house: House, subject: str) -> None:
    note(house, "karim", Note(Subject.ATTRIBUTE, subject, -1))
    for language, ours in (("en", "He does not want: "), ("fr", "Il n’en veut pas : ")):
        assert f"{ours}{subject}" in statements_of(house, "karim", language=language)[0].sentence
        card = card_of(house, "karim", language=language)
        assert any(subject in sentence for sentence in card.never)
        assert [fact.text[1:] for fact in card.facts if fact.heading in ("Avoids", "Évite")] == [subject[1:]]


def test_the_card_of_a_man_says_his_year(house: House) -> None:
    assert "His year with us" in [fact.heading for fact in card_of(house, "karim").facts]
    assert "Her year with us" in [fact.heading for fact in card_of(house, "martin").facts]


def test_the_pages_about_a_man_say_he(house: House) -> None:
    note(house, "karim", Note(Subject.THING, "veal", -1))
    number = open_case(house, "karim", Opening(Asked.ERASURE, Door.COUNTER), "Ann")
    pages = TestClient(create_site(house), base_url="http://localhost")
    case, leave, why = (words_of(pages.get(f"{path}?lang=fr").text) for path in (f"/cases/{number}", "/customers/karim/leave", "/customers/karim/why"))
    assert "Il demande à être effacé." in case
    assert "Là où il n’a pas dit oui, c’est non" in leave
    assert "Il n’aime pas cela" in why


def test_what_the_brand_calls_a_leave_stays_as_the_brand_calls_it_to_a_man(shop: Shop) -> None:
    rewrite(shop, "offers", ('title = "offers"', 'title = "what she & co sell"'))
    with shop.open() as house:
        assert "What she & co sell, by e-mail" in [line.leave for line in leaves_of(house, "karim")]


def test_that_he_came_by_is_said_of_a_man() -> None:
    assert as_he("Elle a appelé, ou est passée, à ce sujet", "fr") == "Il a appelé, ou est passé, à ce sujet"
