"""The page on importing: its examples run, and it names every kind and field that there is."""

from __future__ import annotations

import re
from pathlib import Path

from habitue.app.imports.kinds import KINDS
from habitue.app.imports.mapping import Forms, Mapping
from habitue.words.vocabulary import Place
from tests.in_side.shop_files import Bringing

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
TICKETS = next(text for language, text in BLOCKS if not language)
MAPPINGS = [text for language, text in BLOCKS if language == "toml"]


def test_the_till_s_file_comes_in_through_the_mapping_that_the_page_shows(shop: Bringing) -> None:
    report = shop.bring("", TICKETS, MAPPINGS[0])
    assert (report.accepted, report.rejected) == (2, ())
    assert shop.ask("SELECT hour, place, quantity_milli, amount_cents FROM orders") == [(18, Place.SHOP, 3000, 1360)]


def test_the_consents_come_in_through_the_mapping_that_the_page_shows(shop: Bringing) -> None:
    shop.bring("customers", "customer\nC-17\n")
    report = shop.bring("", "card_holder,signed\nC-17,2017-03-04\n", MAPPINGS[1])
    assert (report.accepted, report.rejected) == (1, ())
    assert "blue folder" in shop.one("SELECT body FROM event WHERE name = 'Consent Given'")


def test_every_kind_and_every_field_of_it_is_on_the_page() -> None:
    table = {line.split("|")[1].strip(" `"): line for line in PAGE.splitlines() if line.startswith("| `")}
    for kind, fields in KINDS.items():
        words = set(re.findall(r"\w+", table[kind].split("|", 2)[2]))
        assert {field.name for field in fields} <= words, kind
        bold = set(re.findall(r"\*\*(\w+)\*\*", table[kind]))
        assert {field.name for field in fields if field.is_needed} <= bold, kind


def test_every_word_of_a_mapping_is_on_the_page() -> None:
    for word in (*Mapping.__struct_fields__, *Forms.__struct_fields__):
        assert re.search(rf"\b{word}\b", PAGE), word
