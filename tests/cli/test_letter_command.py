"""`habitue book letter`: a letter as one customer would get it, and as the hardest readers would, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from habitue.store import Settings, save_settings
from tests.cast import Shop, thanks, veal
from tests.cli.conftest import Run

STARTERS = Path(str(files("habitue.content") / "first_book" / "letters"))


@pytest.fixture
def habitue(shop: Shop, run_command: Callable[[Settings], Run]) -> Run:
    """Runs one command on a shop whose veal and thanks leave as letters, and whose coffee leaves as none."""
    letters = shop.settings.book_folder / "letters"
    letters.mkdir(parents=True, exist_ok=True)
    for file in STARTERS.glob("*.md"):
        (letters / file.name).write_bytes(file.read_bytes())
    settings = shop.book(veal(letter='"set-aside"'), thanks(letter='"thanks"'), veal(key='"mute"')).settings
    save_settings(settings)
    return run_command(settings)


def test_she_sees_her_name_her_thing_why_and_the_ways_out(habitue: Run, tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    code, out, _ = habitue("book", "letter", "veal-aside", "--for", "martin", "--out", str(page))
    assert code == 0
    for said in (
        "It is in: veal",
        "Hello Jeanne,",
        "Why this letter? Because you have bought veal with us",
        "You can answer this letter",
        "/her/example>",
        "/out/example>",
    ):
        assert said in out
    assert "Hello Jeanne," in page.read_text(encoding="utf-8")
    assert habitue("book", "letter", "veal-aside", "--for", "martin", "--out", str(page))[0] != 0


def test_in_french_it_speaks_french(habitue: Run) -> None:
    _, out, _ = habitue("book", "letter", "thanks", "--for", "martin", "--language", "fr")
    assert "Merci, Jeanne" in out
    assert "Votre premier panier chez nous remonte à juin 2017" in out
    assert "Pourquoi cette lettre\u202f?" in out


def test_a_newcomer_whom_it_does_not_concern_sees_an_example(habitue: Run) -> None:
    code, out, _ = habitue("book", "letter", "veal-aside", "--for", "nina")
    assert code == 0
    assert "It is in: ground coffee" in out


def test_the_hardest_are_the_longest_names_no_name_and_no_habits(habitue: Run) -> None:
    code, out, _ = habitue("book", "letter", "thanks", "--hardest")
    assert code == 0
    longest, nameless, newcomer = (
        out.split("Somebody whose name nobody knows")[0],
        *out.split("Somebody whose name nobody knows")[1].split("Somebody who has never"),
    )
    assert "Hello Jeanne," in longest
    assert "Hello," in nameless
    assert "Your first basket" in nameless
    assert "Your first basket" not in newcomer


def test_who_looked_is_written_down(habitue: Run) -> None:
    habitue("book", "letter", "thanks", "--for", "martin")
    assert "what we would say to her" in habitue("looks", "martin")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("veal-aside", "--for", "nobody"), "There is no customer “nobody”"),
        (("nothing", "--for", "martin"), "There is no action “nothing”"),
        (("mute", "--for", "martin"), "names no letter"),
        (("thanks",), "--for CUSTOMER, or --hardest"),
        (("thanks", "--for", "martin", "--language", "de"), "is not spoken here"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(habitue: Run, words: tuple[str, ...], said: str) -> None:
    code, _, err = habitue("book", "letter", *words)
    assert code != 0
    assert said in err


def test_a_letter_with_a_mistake_is_named_with_its_line(habitue: Run, shop: Shop) -> None:
    file = shop.settings.book_folder / "letters" / "thanks.en.md"
    file.write_text('+++\nsubject = "x"\n+++\nHello {{ nmae }}\n', encoding="utf-8")
    code, out, err = habitue("book", "check")
    assert code != 0
    assert "letters/thanks.en.md:4: mistake: Nothing fills {{ nmae }}" in out
    assert "The letters have 1 mistake; what is wrong does not leave until it is mended." in err
    assert "letters/thanks.en.md:4: Nothing fills" in habitue("book", "letter", "thanks", "--for", "martin")[2]


def test_what_she_does_not_want_stands_in_no_letter(habitue: Run) -> None:
    assert habitue("note", "martin", "--dislikes", "type:MEAT/VEAL", "--she-said")[0] == 0
    code, out, _ = habitue("book", "letter", "veal-aside", "--for", "martin")
    assert code == 0
    assert "veal" not in out
    assert "It is in: ground coffee" in out
