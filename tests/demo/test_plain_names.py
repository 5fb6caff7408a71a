"""What a shopkeeper calls things: by hand for nine purchases in ten, in both languages, in words that stand in a sentence."""

import re

import pytest

from habitue.workshop.grocer import grocer
from habitue.workshop.plain_names import plain_names, tidy

ARTICLE = re.compile(r"^(the|a|an|some|le|la|les|l'|l’|un|une|des|du)\b|^l['’]", re.IGNORECASE)


def test_names_given_by_hand_cover_nine_purchase_lines_in_ten() -> None:
    by_hand = plain_names().types
    lines = grocer().ask("select type_key, count(*) from lines group by type_key")
    covered = sum(count for key, count in lines if key in by_hand)
    assert covered / sum(count for _, count in lines) >= 0.90


def test_every_category_and_department_that_is_sold_has_a_name_by_hand() -> None:
    names = plain_names()
    sold = grocer().ask("select distinct department, product_category from products where department is not null")
    assert {department for department, _ in sold} <= names.departments.keys()
    assert {category for _, category in sold if category} <= names.categories.keys()


def test_a_name_by_hand_is_of_a_thing_that_the_catalogue_has() -> None:
    known = {key for (key,) in grocer().ask(
        "select distinct case when product_category is null then product_type else product_category || '/' || product_type end from products"
    )}  # fmt: skip
    assert set(plain_names().types) <= known


@pytest.mark.parametrize("level", ["departments", "categories", "types"])
def test_names_stand_in_a_sentence_in_both_languages(level: str) -> None:
    for key, spoken in getattr(plain_names(), level).items():
        assert set(spoken) == {"en", "fr"}, key
        for name in spoken.values():
            assert name == name.strip() != "", key
            assert not ARTICLE.search(name), f"{key}: {name} begins with an article"
            assert not name.isupper(), f"{key}: {name} is the till's label"
            assert len(name) <= 50, key
            assert not re.search(r"[.!?;:_&]|\s\s", name), f"{key}: {name} does not stand in a sentence"


def test_the_milk_is_called_milk() -> None:
    assert plain_names().of_type("FLUID MILK PRODUCTS", "FLUID MILK WHITE ONLY") == {"en": "milk", "fr": "lait"}


def test_a_type_without_a_name_is_tidied_and_takes_its_category_in_french() -> None:
    assert plain_names().of_type("PET CARE SUPPLIES", "DOG & CAT TOYS") == {"en": "pet supplies (dog cat toys)", "fr": "accessoires pour animaux"}
    assert plain_names().of_type("TURKEY", "") == {"en": "turkey", "fr": "dinde"}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("FRZN BRD SHRIMP", "frozen breaded shrimp"),
        ("CHEESE: NATURAL BULK", "natural bulk cheese"),
        ("INSTANT COFFEE FLAVORED W/SWEE", "instant coffee flavored"),  # the till cut the label at 30 letters
        ("TEA (CANNED/BOTTLED) W/SWEETEN", "tea with sweeten"),
        ("", ""),
    ],
)
def test_labels_of_the_till_are_tidied(label: str, said: str) -> None:
    assert tidy(label) == said
