"""A word that names things of the catalogue binds for every thing of that name, and is taken back whole: on her page, at the counter and for programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from habitue.app import House, decide_for, statements_of
from habitue.app.her.saying import link_for
from habitue.web import create_site
from habitue.words.reasons import Reason
from tests.cast import Shop, veal
from tests.web.test_pages import words_of

HEAD = "level,item,name_en,name_fr\n"
CLASS_AND_TYPE = HEAD + "category,MEAT,milk,lait\ntype,MEAT/VEAL,milk,lait\n"
UNRELATED = HEAD + "type,MEAT/VEAL,milk,lait\ntype,HERBS/SAGE,milk,lait\n"
NAMED_APART = HEAD + "type,MEAT/VEAL,milk,lait\ntype,HERBS/SAGE,milk,sauge\n"
NOTED = {"feeling": "dislikes", "subject": "thing", "told": "she_said", "strength": "plain"}
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def names() -> str:
    return CLASS_AND_TYPE


@pytest.fixture
def house(shop: Shop, names: str) -> Iterator[House]:
    """The shop in which things share a name."""
    shop.bring("products", names)
    with shop.book(veal()).open() as opened:
        yield opened


@pytest.fixture
def hers(house: House) -> str:
    return link_for(house, "martin")


@pytest.fixture
def at(house: House) -> Iterator[TestClient]:
    with TestClient(create_site(house), base_url="http://localhost", headers=HERE) as made:
        yield made


def heeded(house: House, at: TestClient, hers: str) -> bool:
    """Whether every door heeds her no, all of them alike."""
    page, card = words_of(at.get(f"{hers}?lang=en").text), words_of(at.get("/customers/martin?lang=en").text)
    is_left = not at.get("/api/customers/martin/decision").json()["is_touch"]
    assert (decide_for(house, "martin").reason == Reason.DISLIKED) == is_left
    assert ("Today we leave you in peace, because you do not want this: milk." in page) == is_left
    assert ("Milk 20 times" not in page) == is_left
    assert ("No milk: she told us" in card) == is_left
    return is_left


@pytest.mark.parametrize("names", [CLASS_AND_TYPE, UNRELATED, NAMED_APART], ids=["a class and its type", "two apart", "two apart in English"])
@pytest.mark.parametrize(("about", "language"), [("milk", "en"), ("Milk ", "en"), ("lait", "fr"), ("LAIT", "fr")])
def test_her_no_to_a_name_binds_at_once_and_is_forgotten_whole(house: House, at: TestClient, hers: str, about: str, language: str) -> None:
    assert not heeded(house, at, hers)
    answer = at.post(f"{hers}/taste?lang={language}", data={"feeling": "dislikes", "about": about})
    told = words_of(at.get(answer.headers["location"].partition("#")[0]).text if answer.status_code == 303 else answer.text)
    assert ("It counts from now on." if language == "en" else "compte dès maintenant") in told
    assert heeded(house, at, hers)
    assert words_of(at.get(f"{hers}?lang=en").text).count("You do not want: milk.") == 3, "one line, and its two buttons"
    at.post(f"{hers}/forget", data={"number": str(statements_of(house, "martin")[0].number)})
    assert not heeded(house, at, hers)
    assert statements_of(house, "martin") == []


@pytest.mark.parametrize("names", [CLASS_AND_TYPE, UNRELATED], ids=["a class and its type", "two apart"])
def test_what_is_wrong_is_put_right_for_all_of_that_name(house: House, at: TestClient, hers: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "milk", "quote": "jamais de lait"})
    number = str(statements_of(house, "martin")[0].number)
    at.post(f"{hers}/wrong", data={"number": number, "feeling": "likes", "about": "milk"})
    assert not heeded(house, at, hers)
    assert [one.sentence[:16] for one in statements_of(house, "martin") if one.counts] == ["She likes: milk."]
    at.post(f"{hers}/wrong", data={"number": str(statements_of(house, "martin")[0].number), "feeling": "dislikes", "about": "milk"})
    assert heeded(house, at, hers)


@pytest.mark.parametrize("names", [UNRELATED])
def test_what_is_forgotten_leaves_none_of_her_words_in_any_of_its_events(house: House, at: TestClient, hers: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "milk", "quote": "mon secret"})
    assert len(house.truth.run("SELECT seq FROM event WHERE body LIKE '%mon secret%'")) == 2
    at.post(f"{hers}/forget", data={"number": str(statements_of(house, "martin")[0].number)})
    assert house.truth.run("SELECT seq FROM event WHERE body LIKE '%mon secret%'") == []


def known(at: TestClient, hers: str, language: str) -> str:
    """What her page says that is known of her."""
    return at.get(f"{hers}?lang={language}").text.partition('<section id="known"')[2].partition('<div id="tastes"')[0]


@pytest.mark.parametrize("names", [NAMED_APART])
@pytest.mark.parametrize("pressed", ["forget", "wrong"])
def test_one_word_of_hers_is_one_line_under_her_own_word(house: House, at: TestClient, hers: str, pressed: str) -> None:
    """In French the two are called apart: she sees one line all the same, and one press takes back all that it says."""
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": " Milk.", "quote": "jamais"})
    assert len(house.truth.run("SELECT seq FROM event WHERE name = 'Preference Stated'")) == 2
    for language, sentence in (("fr", "Vous n’en voulez pas\u202f: Milk (lait, sauge)."), ("en", "You do not want: milk.")):
        page = known(at, hers, language)
        assert page.count('<p class="her-word">') == 1
        assert sentence in words_of(page)
    assert 'value="Milk"' in known(at, hers, "fr"), "what she corrects is her own word"
    (said,) = statements_of(house, "martin", None, "fr")
    assert (said.sentence[:38], said.quote) == ("Elle n’en veut pas : Milk (lait, sauge", "jamais")
    assert heeded(house, at, hers)
    at.post(f"{hers}/{pressed}", data={"number": str(said.number)})
    assert "n’en voulez pas" not in known(at, hers, "fr")
    assert not heeded(house, at, hers)


@pytest.mark.parametrize("names", [NAMED_APART])
def test_a_word_of_which_a_part_is_said_anew_stands_with_the_rest(house: House, at: TestClient, hers: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "milk"})
    at.post(f"{hers}/taste", data={"feeling": "likes", "about": "sauge"})
    lines = [one.sentence.partition(". ")[0] for one in statements_of(house, "martin", None, "fr") if one.counts]
    assert lines == ["Elle aime : sauge", "Elle n’en veut pas : lait"]


def test_a_newer_no_to_the_name_comes_before_an_older_yes_to_a_part_of_it(house: House, at: TestClient, hers: str) -> None:
    """A word on the type comes before one on its class; both are called so, and the newer word is meant of both."""
    at.post(f"{hers}/taste", data={"feeling": "likes", "about": "type:MEAT/VEAL"})
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "milk"})
    assert heeded(house, at, hers)


@pytest.mark.parametrize("names", [CLASS_AND_TYPE, UNRELATED], ids=["a class and its type", "two apart"])
def test_at_the_counter_a_name_means_the_same_and_is_withdrawn_whole(house: House, at: TestClient, hers: str) -> None:
    assert at.post("/customers/martin/said", data={**NOTED, "about": "milk"}, follow_redirects=False).status_code == 303
    assert heeded(house, at, hers)
    (shown,) = statements_of(house, "martin")
    at.post(f"/customers/martin/said/{shown.number}/withdraw")
    assert not heeded(house, at, hers)


@pytest.mark.parametrize("names", [HEAD + "type,MEAT/VEAL,Épaule d'œuf,Épaule d'œuf\n"])
@pytest.mark.parametrize("about", ["épaule d’oeuf", "ÉPAULE D’ŒUF", "Épaule  d'œuf", "Épaule d’œuf."])
def test_however_it_is_written(house: House, at: TestClient, hers: str, about: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": about})
    assert decide_for(house, "martin").reason == Reason.DISLIKED


@pytest.mark.parametrize("names", [HEAD + "type,MEAT/VEAL,Oat milk,Crème aigre\n"])
@pytest.mark.parametrize("about", ["Oat milk.", "oat milks", " oat  milk !", "creme aigre", "Crèmes aigres…", "«CREME AIGRE»"])
def test_written_in_haste_it_is_known_all_the_same(house: House, at: TestClient, hers: str, about: str) -> None:
    answer = at.post(f"{hers}/taste?lang=en", data={"feeling": "dislikes", "about": about})
    page = words_of(at.get(answer.headers["location"].partition("#")[0]).text if answer.status_code == 303 else answer.text)
    assert "Noted. It counts from now on." in page
    assert "You do not want: Oat milk." in page
    assert decide_for(house, "martin").reason == Reason.DISLIKED


@pytest.mark.parametrize("names", [HEAD + "type,MEAT/VEAL,milk,lait\ntype,HERBS/SAGE,milks,laits\n"])
def test_as_it_is_written_comes_before_in_haste(house: House, at: TestClient, hers: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "milks"})
    assert [one.about_key for one in statements_of(house, "martin")] == ["type:HERBS/SAGE"]


@pytest.mark.parametrize("names", [HEAD + "type,MEAT/VEAL,Pasta,Pâtes\ntype,HERBS/SAGE,Bas,CREME GLACEE\n"])
@pytest.mark.parametrize(
    ("about", "key"), [("pates", "MEAT/VEAL"), ("pâtés", ""), ("pâté", ""), ("bass", ""), ("crèmes glacées", "HERBS/SAGE"), ("crème glacée", "HERBS/SAGE")]
)
def test_an_accent_that_she_wrote_is_one_unless_the_till_writes_none(house: House, at: TestClient, hers: str, about: str, key: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": about})
    (one,) = statements_of(house, "martin")
    assert one.about_key == (f"type:{key}" if key else about)


def test_what_names_nothing_is_what_things_are_like(house: House, at: TestClient, hers: str) -> None:
    at.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "milky"})
    assert [one.subject for one in statements_of(house, "martin")] == ["attribute"]
