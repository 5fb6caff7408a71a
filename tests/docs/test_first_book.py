"""The book that a new shop is given: in order as it stands, and so is what its comments propose."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from habitue.content import check_book, read_book

FIRST_BOOK = Path(str(files("habitue.content") / "first_book"))


def test_it_says_something_of_every_basis_that_needs_no_names_of_things() -> None:
    assert {action.basis.name.lower() for action in read_book(FIRST_BOOK).actions} == {"customer", "habit", "near", "returned"}


def test_it_is_in_order_for_a_shop_without_any_catalogue() -> None:
    assert check_book(FIRST_BOOK, lambda _level: ()) == []


def test_it_gives_before_it_asks() -> None:
    actions = read_book(FIRST_BOOK).actions
    assert sum(action.asks.value == "nothing" for action in actions) > len(actions) / 2


def test_the_action_in_its_comments_is_one_too(tmp_path: Path) -> None:
    lines = (FIRST_BOOK / "things.toml").read_text(encoding="utf-8").splitlines()
    proposed = lines[lines.index("# [[action]]") :]
    (tmp_path / "things.toml").write_text("\n".join(line.removeprefix("# ") for line in proposed), encoding="utf-8")
    (tmp_path / "shop.toml").write_text((FIRST_BOOK / "shop.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert check_book(tmp_path) == []
    assert [action.key for action in read_book(tmp_path).actions] == ["sauce-for-the-pasta"]
