"""`habitue book check`: every mistake and every doubt, with file, line and a sentence."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from habitue.content import Finding, check_book, read_book
from habitue.words.vocabulary import Level
from tests.content.writing import TO_HER, action_text, write_book

SHOP = "[attention]\nbase_cents = 6\nfloor_use_permille = 200\n"
OFFER = {"kind": '"offer"', "purpose": '"offers"', "gives": '"money"', "when": "{ until = 2017-12-24 }"}
KNOWN = {Level.PRODUCT: ["1001"], Level.TYPE: ["COFFEE/GROUND COFFEE"], Level.CATEGORY: ["COFFEE"], Level.DEPARTMENT: ["GROCERY"]}


def warnings_of(tmp_path: Path, **changes: str | None) -> list[Finding]:
    found = check_book(write_book(tmp_path, action_text(**changes), shop=SHOP))
    assert not [str(finding) for finding in found if finding.is_mistake]
    return found


@pytest.mark.parametrize("changes", [{}, OFFER, {**TO_HER, "relation_cents": "40"}, {"whom": '"false"', **TO_HER, "relation_cents": "0"}])
def test_a_sound_book_leaves_nothing_to_say(tmp_path: Path, changes: dict[str, str | None]) -> None:
    assert warnings_of(tmp_path, **changes) == []


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [
        ({"title": '{ en = "Coffee" }'}, "title", "no French text"),
        ({"say": f'{{ en = "{"x" * 161}", fr = "x" }}'}, "say", "161 characters"),
        ({"say": '{ en = "Our new Campaign", fr = "x" }'}, "say", "says “Campaign”"),
        ({"say": '{ en = "x", fr = "pour nos utilisateurs" }'}, "say", "says “utilisateurs”"),
        ({**OFFER, "asks": '"nothing"'}, "asks", "offer that asks nothing"),
        ({**OFFER, "when": None}, "", "without a last day"),
        ({**OFFER, "purpose": '"advice"'}, "purpose", "did not allow offers"),
        ({**OFFER, "gives": '"nothing"'}, "gives", "counts as taking"),
        ({"kind": '"question"', "asks": '"nothing"'}, "asks", "asks for an answer"),
        ({"use": "199"}, "use", "below 200 nothing is said"),
        ({**TO_HER, "relation_cents": "20", "channels": '["shop"]'}, "relation_cents", "can never win: use × relation is 6 cents"),
        ({"when": "{ hour = 7 }", "channels": '["email", "sms"]'}, "when", "at 7 the shop is quiet"),
        ({"when": "{ weekdays = [7], from = 2017-11-06, until = 2017-11-08 }"}, "when", "none of its weekdays"),
        ({"whom": '"because_times > 1"'}, "whom", 'always 0 without basis = "because"'),
        ({**TO_HER, "relation_cents": "30", "whom": '"item_times = 0"'}, "whom", 'always 0 with basis = "customer"'),
        ({"whom": '"weekday = 8"'}, "whom", "can never be true"),
    ],
)
def test_it_doubts_what_is_rarely_meant(tmp_path: Path, changes: dict[str, str | None], key: str, sentence: str) -> None:
    (finding,) = warnings_of(tmp_path, **changes)
    assert sentence in finding.what
    lines = (tmp_path / "book.toml").read_text(encoding="utf-8").splitlines()
    assert lines[finding.line - 1].startswith(f"{key} = " if key else "[[action]]")


@pytest.mark.parametrize(
    "changes", [{"when": "{ hour = 7 }", "channels": '["post", "email"]'}, {"say": '{ en = "Country bread", fr = "Le pain de campagne" }'}]
)
def test_it_does_not_doubt_what_only_looks_odd(tmp_path: Path, changes: dict[str, str | None]) -> None:
    assert warnings_of(tmp_path, **changes) == []


def test_things_that_the_catalogue_does_not_know_are_mistakes_with_the_nearest_name(tmp_path: Path) -> None:
    about = '{ products = ["1001"], types = ["COFFEE/GROUND COFFEE",\n  "COFFEE/GROUND COFEE"], departments = ["GROCERIES"] }'
    write_book(tmp_path, action_text(about=about), shop="[margins]\nGROCERY = 240\nGROCERIE = 1\n")
    found = check_book(tmp_path, lambda level: KNOWN[level])
    assert [str(finding) for finding in found] == [
        "book.toml:10: mistake: The catalogue has no department “GROCERIES”. Did you mean “GROCERY”?",
        "book.toml:10: mistake: The catalogue has no type “COFFEE/GROUND COFEE”. Did you mean “COFFEE/GROUND COFFEE”?",
        "shop.toml:3: mistake: The catalogue has no department “GROCERIE”. Did you mean “GROCERY”?",
    ]


def test_things_of_because_are_looked_up_too(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(basis='"because"', because='{ categories = ["TEA"], within_days = 3 }'), shop=SHOP)
    (finding,) = check_book(tmp_path, lambda level: KNOWN[level])
    assert finding.what == "The catalogue has no category “TEA”."
    assert (tmp_path / "book.toml").read_text(encoding="utf-8").splitlines()[finding.line - 1].startswith("because = ")


def test_mistakes_come_with_the_warnings(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(kind='"gift"'), action_text(key='"other"', title='{ en = "x" }'))
    assert [finding.is_mistake for finding in check_book(tmp_path)] == [True, False, False]


def test_an_empty_folder_and_no_folder_are_told_apart(tmp_path: Path) -> None:
    assert [str(finding) for finding in check_book(tmp_path)] == [
        "shop.toml: warning: The book has no action yet: nobody will ever hear a word.",
        "shop.toml: warning: There is no shop.toml: margins, costs, caps and quiet hours are the house's defaults.",
    ]
    assert [finding.is_mistake for finding in check_book(tmp_path / "nowhere")] == [True]


def test_the_first_book_that_a_shop_is_given_leaves_nothing_to_say() -> None:
    folder = Path(str(files("habitue.content") / "first_book"))
    assert check_book(folder) == []
    assert len(read_book(folder).actions) == 10
