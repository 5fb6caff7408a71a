"""The demo's book: every action parses, speaks both languages, names things that the grocer sells, and nothing that is not to be brought up."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from habitue.content import Action, Book, check_book, read_book
from habitue.content.model import Basis, Mode
from habitue.words.clock import day_number
from habitue.words.vocabulary import Channel, Kind, Level
from habitue.workshop.demo_coupons import NOT_TO_BRING_UP, prepare_book
from habitue.workshop.grocer import grocer
from habitue.workshop.plain_names import plain_names

COUPON = re.compile(r"coupon-\d\d")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("book") / "book"
    prepare_book(book)
    return book


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return read_book(folder)


@pytest.fixture(scope="module")
def sold() -> dict[Level, set[str]]:
    found = grocer().ask("select distinct department, product_category, product_type from products")
    return {
        Level.DEPARTMENT: {d for d, _, _ in found if d},
        Level.CATEGORY: {c for _, c, _ in found if c},
        Level.TYPE: {f"{c}/{t}" if c else t for _, c, t in found if t},
    }


def by_hand(book: Book) -> list[Action]:
    return [action for action in book.actions if not COUPON.fullmatch(action.key)]


def test_the_check_of_the_book_has_nothing_to_say(folder: Path) -> None:
    assert [str(finding) for finding in check_book(folder)] == []


def test_there_are_at_least_forty_actions_of_every_kind_and_basis(book: Book) -> None:
    actions = by_hand(book)
    assert len(actions) >= 40
    assert {action.kind for action in actions} == set(Kind) - {Kind.OFFER}
    assert {action.basis for action in actions} == set(Basis) - {Basis.RETURNED}, "the grocer's year has no line that came back"
    assert {channel for action in actions for channel in action.channels} >= {Channel.EMAIL, Channel.SMS, Channel.POST, Channel.SHOP, Channel.PHONE}


def test_every_action_speaks_english_and_french(book: Book) -> None:
    for action in book.actions:
        for texts in (action.title, action.say):
            assert set(texts) == {"en", "fr"}, action.key
            assert texts["en"] != texts["fr"], action.key


def test_both_languages_speak_of_the_same_things(book: Book) -> None:
    for action in book.actions:
        slots = {language: Counter(re.findall(r"\{\w+\}", text)) for language, text in action.say.items()}
        assert slots["en"] == slots["fr"], action.key


def test_the_words_are_gentle(book: Book) -> None:
    cold = re.compile(r"\b(campaign|campagne|target|cible|user|utilisateur|consumer|consommateur|segment|convert|boost|deal)", re.IGNORECASE)
    for action in book.actions:
        for text in (*action.title.values(), *action.say.values()):
            assert not cold.search(text), f"{action.key}: {text}"


def test_every_thing_that_an_action_names_is_sold_here(book: Book, sold: dict[Level, set[str]]) -> None:
    for action in book.actions:
        for things in (action.about, action.because):
            assert set(things.types) <= sold[Level.TYPE], action.key
            assert set(things.categories) <= sold[Level.CATEGORY], action.key
            assert set(things.departments) <= sold[Level.DEPARTMENT], action.key


def test_a_new_thing_is_one_that_has_a_name_by_hand(book: Book) -> None:
    for action in by_hand(book):
        if action.basis == Basis.NEAR:
            assert set(action.about.types) <= plain_names().types.keys(), action.key
            assert not action.about.categories, action.key


def test_nothing_is_said_of_medicine_intimate_care_alcohol_or_tobacco(book: Book) -> None:
    unasked = {*NOT_TO_BRING_UP, "CIGARETTES", "CIGARS", "TOBACCO OTHER", "LIQUOR", "DOMESTIC WINE", "IMPORTED WINE", "MISC WINE"}
    for action in book.actions:
        assert not action.about.any, action.key
        assert not unasked & set(action.about.categories), action.key
        assert not {"DRUG GM", "SPIRITS", "GROCERY"} & set(action.about.departments), action.key
        assert not [key for key in action.about.types if key.startswith(tuple(f"{category}/" for category in unasked))], action.key


def test_setting_aside_asks_for_nothing_and_costs_no_discount(book: Book) -> None:
    aside = [action for action in book.actions if action.kind == Kind.SET_ASIDE]
    assert len(aside) >= 5
    assert {action.asks.value for action in aside} == {"nothing"}
    assert {action.gives.value for action in aside} == {"thing"}


def test_each_coupon_letter_is_one_action_on_its_own_days(book: Book) -> None:
    told = {action.key: action for action in book.actions if COUPON.fullmatch(action.key)}
    real = grocer().ask("select campaign_id, campaign_type, start_date::date, end_date::date from campaign_descriptions")
    assert len(told) == len(real) == 27
    for number, kind, first, last in real:
        action = told[f"coupon-{number:02d}"]
        assert (action.when.from_day, action.when.until_day) == (day_number(first), day_number(last))
        assert (action.mode == Mode.WAITS) == (kind == "Type A")
        assert action.kind == Kind.OFFER


def test_a_coupon_covers_the_types_of_its_letter_and_no_other(book: Book) -> None:
    action = next(action for action in book.actions if action.key == "coupon-15")
    cats = grocer().ask("select distinct product_category || '/' || product_type from coupons join products using (product_id) where campaign_id = 15")
    assert set(action.about.types) == {key for (key,) in cats}
    assert action.when.until_day == day_number(date(2018, 2, 28))


def test_a_file_that_somebody_changed_is_left_as_it_is(folder: Path, tmp_path: Path) -> None:
    prepare_book(tmp_path)
    (tmp_path / "thanks.toml").write_text("# mine now\n", encoding="utf-8")
    prepare_book(tmp_path)
    assert (tmp_path / "thanks.toml").read_text(encoding="utf-8") == "# mine now\n"
    assert (tmp_path / "coupons.toml").read_bytes() == (folder / "coupons.toml").read_bytes()
