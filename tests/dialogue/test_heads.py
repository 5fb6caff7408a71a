"""The word that says what a thing is, and what it names."""

from __future__ import annotations

import pytest

from habitue.app import statements_of
from habitue.app.her.saying import say_taste
from habitue.app.naming import things_called
from habitue.dialogue.heads import head_of
from habitue.words.vocabulary import Level
from tests.cast import Shop, shop, veal

__all__ = ["shop"]


@pytest.mark.parametrize(
    ("name", "language", "head"),
    [
        ("saumon frais", "fr", "saumon"),
        ("Saumon en conserve", "fr", "saumon"),
        ("fresh salmon", "en", "salmon"),
        ("tuna in olive oil", "en", "tuna"),
        ("pommes de terre nouvelles", "fr", ""),
        ("pain au chocolat", "fr", ""),
        ("salmon", "en", ""),
        ("birthday cards", "en", ""),
        ("produits laitiers", "fr", ""),
        ("pack for the whole family", "en", ""),
        ("oils and vinegars", "en", ""),
        ("leg of lamb", "en", ""),
        ("SEAFOOD-FRE-SALMON", "", ""),
        ("…!", "fr", ""),
        ("with love", "en", ""),
    ],
)
def test_a_name_says_by_one_word_what_the_thing_is(name: str, language: str, head: str) -> None:
    assert head_of(name, language) == head


def test_who_says_the_word_means_every_kind_of_it_but_where_something_is_called_just_so(shop: Shop) -> None:
    kinds = ("SALMON", "TINNED", "POTATO", "APPLE", "PIE")
    shop.bring("products", "product,type,category,department\n" + "".join(f"{kind},{kind},MEAT,FOOD\n" for kind in kinds))
    names = ("fresh salmon,saumon frais", "canned salmon,saumon en conserve", "potatoes,pommes de terre", "apples,pommes", "pies,pommes au four")
    rows = (f"type,MEAT/{kind},{name}\n" for kind, name in zip(kinds, names, strict=True))
    shop.bring("products", "level,item,name_en,name_fr\n" + "".join(rows))
    with shop.book(veal()).open() as house:
        both = [(Level.TYPE, "MEAT/SALMON"), (Level.TYPE, "MEAT/TINNED")]
        for word in ("saumon", "Saumons.", "salmon"):
            assert sorted(things_called(house.truth, word)) == both
        assert things_called(house.truth, "saumon frais") == both[:1]
        assert things_called(house.truth, "pommes") == [(Level.TYPE, "MEAT/APPLE")]
        assert things_called(house.truth, "coriandre") == []
        say_taste(house, "martin", "saumon", -1, "plus de saumon")
        said = [(one.about, one.feeling) for one in statements_of(house, "martin", language="fr") if one.quote == "plus de saumon"]
        assert said == [("saumon (saumon en conserve, saumon frais)", -1)]
