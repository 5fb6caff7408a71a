"""docs/book.md keeps its word: every key has its heading and an example that is read, and no heading is of a key that is none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from habitue.content import COLUMNS, check_book, read_book
from habitue.content.action_page import action_of
from habitue.content.book import read_folder
from habitue.content.page import Notes, Page
from habitue.content.shop_page import shop_of
from tests.content.writing import SOUND, action_text, write_book

PAGE = (Path(__file__).parents[2] / "docs" / "book.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
SHOP_KEYS = frozenset({"margins", "channel_costs_cents", "attention", "caps", "quiet"})
INNER = {
    "title": {"en", "fr"},
    "when": {"hour", "weekdays", "from", "until"},
    "about": {"products", "types", "categories", "departments", "any"},
    "because": {"within_days"},
    "after": {"action", "days"},
    "budget": {"most", "days"},
}
EXAMPLES = [(key, example) for key, text in SECTIONS.items() if key not in SHOP_KEYS for example in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)]


def _empty(heading: str) -> Page:
    return Page({}, (), Notes("nothing.toml", {}), heading)


def test_every_key_has_a_heading_and_every_heading_is_a_key() -> None:
    action, shop = _empty("An action"), _empty("The shop")
    action_of(action)
    shop_of(shop)
    assert shop.known_keys() == SHOP_KEYS
    assert set(SECTIONS) == action.known_keys() | shop.known_keys()
    assert {key for key, _ in EXAMPLES} == action.known_keys()


@pytest.mark.parametrize("key", INNER)
def test_every_key_inside_a_key_is_named_in_its_section(key: str) -> None:
    section = SECTIONS[key] + (SECTIONS["about"] if key == "because" else "")
    assert {name for name in INNER[key] if f"`{name}`" not in section and f"{name} = " not in section} == set()


@pytest.mark.parametrize(("key", "example"), EXAMPLES)
def test_each_example_is_read_without_a_doubt_about_it(tmp_path: Path, key: str, example: str) -> None:
    shown = tomllib.loads(example)
    assert key in shown
    rest = {name: None for name in SOUND if name in shown or (name == "about" and shown.get("basis") == "customer")}
    folder = write_book(tmp_path, action_text(**rest) + example, welcome=action_text(key='"welcome"'))
    (folder / "letters").mkdir()
    (folder / "letters" / "thanks.en.md").touch()
    assert read_book(folder).actions[0].key == "replenish-coffee"
    assert key in read_folder(folder).actions[0].page.known_keys()


def test_the_whole_action_of_the_page_is_sound(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml action\n(.*?)```", PAGE, re.DOTALL)
    shop = "\n".join(re.findall(r"```toml shop\n(.*?)```", PAGE, re.DOTALL))
    assert check_book(write_book(tmp_path, text, shop=shop)) == []
    assert read_book(tmp_path).shop.margins_permille == {"PRODUCE": 330, "DRUG GM": 260}


def test_every_column_stands_in_the_table_as_the_code_describes_it() -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", PAGE, re.MULTILINE)) == {name: column.en for name, column in COLUMNS.items()}
    assert all(column.fr and column.fr != column.en for column in COLUMNS.values())


def test_the_findings_that_the_page_shows_are_worded_as_they_are(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(kind='"ofer"'), action_text(key='"other"', whom='"weekday = 8"'))
    said = " ".join(str(finding) for finding in check_book(tmp_path))
    shown = re.findall(r"^coffee\.toml:\d+: (.*)$", PAGE, re.MULTILINE)
    assert shown[0] in said
    assert shown[2] in said
