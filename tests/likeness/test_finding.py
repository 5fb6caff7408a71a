"""Likeness among a made crowd: it finds who comes twice, takes no family for one person, and whatever is thrown at it, it ends and says the same."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from habitue.app.likeness import Agreement, Alike, Somebody, alike
from habitue.app.likeness.levels import FIELDS
from habitue.app.likeness.weighing import chances, telling
from habitue.words.errors import BadInput, Busy, StoreError
from habitue.workshop.people import Made, made_people

CROWD, FIRST = 1_200, 10_000
JEANNE = Somebody(FIRST, "Mme", "Jeanne", "Kerbiriou", "3 rue Haute", "69001", "Lyon")
ONE_PERSON = {
    "in capitals and without accents": (replace(JEANNE, given_name="Zélie"), replace(JEANNE, given_name="ZELIE", family_name="KERBIRIOU")),
    "with a street cut short": (replace(JEANNE, street="3 avenue de la Haute Lande"), replace(JEANNE, street="3, av. Haute Lande")),
    "in an English street": (replace(JEANNE, street="12 Mill Street"), replace(JEANNE, street="12 Mill St")),
    "with a letter wrong": (JEANNE, replace(JEANNE, family_name="Kerbirioux", street="3 rue Hautte")),
    "with her names exchanged": (JEANNE, replace(JEANNE, given_name="Kerbiriou", family_name="Jeanne")),
    "with both names in one": (JEANNE, replace(JEANNE, given_name="", family_name="Jeanne Kerbiriou")),
    "with a compound name run together": (replace(JEANNE, given_name="Jean-Pierre", title=""), replace(JEANNE, given_name="Jeanpierre", title="")),
    "with a particle left out": (replace(JEANNE, family_name="de Kerbiriou"), JEANNE),
    "with a postcode turned round": (JEANNE, replace(JEANNE, postcode="69010", street="3 r. Haute")),
    "without the number of the house": (JEANNE, replace(JEANNE, street="rue Haute")),
    "under her husband's name at her own address": (replace(JEANNE, family_name="Roche"), replace(JEANNE, family_name="Kerbiriou-Roche")),
    "elsewhere, with her birthday and her telephone": (
        replace(JEANNE, birthday_mmdd=521, phone="+33 6 10 00 00 01"),
        replace(JEANNE, street="8 rue Basse", postcode="44000", city="Nantes", birthday_mmdd=521, phone="06 10 00 00 01"),
    ),
}
ONE_HOME = {
    "husband and wife": (JEANNE, replace(JEANNE, title="M", given_name="Yves")),
    "husband and wife behind one e-mail": (replace(JEANNE, email="k@example.org"), replace(JEANNE, given_name="Yves", email="k@example.org")),
    "father and son with one letter": (replace(JEANNE, given_name="Paul"), replace(JEANNE, given_name="Pierre")),
    "somebody of whom only the letter is known": (replace(JEANNE, given_name="Pierre", title=""), replace(JEANNE, given_name="P.", title="")),
    "twins": (replace(JEANNE, given_name="Marine"), replace(JEANNE, given_name="Marion")),
    "brother and sister": (replace(JEANNE, given_name="Louis"), replace(JEANNE, given_name="Louise")),
    "mother and somebody without a given name": (JEANNE, replace(JEANNE, title="", given_name="")),
}
STRANGERS = {
    "one rare name in two towns": (JEANNE, replace(JEANNE, street="8 rue Basse", postcode="44000", city="Nantes")),
    "neighbours": (JEANNE, replace(JEANNE, given_name="Anne", family_name="Petit")),
    "one name without any address": (Somebody(0, "", "Jeanne", "Kerbiriou"), Somebody(0, "", "Jeanne", "Kerbiriou")),
    "one address without any name": (replace(JEANNE, given_name="", family_name=""), replace(JEANNE, given_name="", family_name="")),
}


def asked_in_a_crowd(crowd: list[Made], folder: Path, stories: dict[str, tuple[Somebody, Somebody]]) -> dict[str, Alike | None]:
    """What likeness says of each story's two, each in a town and of a name of their own among a crowd with families."""
    people, numbers = [made.somebody for made in crowd], {}
    for place, (name, two) in enumerate(stories.items()):
        numbers[name] = (FIRST + 2 * place, FIRST + 2 * place + 1)
        people += [elsewhere(replace(who, number=number), place) for who, number in zip(two, numbers[name], strict=True)]
    found = {(pair.one, pair.other): pair for pair in alike(people, folder)}
    return {name: found.get(two) for name, two in numbers.items()}


def elsewhere(who: Somebody, place: int) -> Somebody:
    """The same story in another town, so that stories do not meet."""
    ending = "bcdfghjklmnpqrstvwxz"[place]
    family = who.family_name.replace("erbi", f"er{ending}u").replace("ERBI", f"ER{ending.upper()}U")
    return replace(who, family_name=family, postcode=who.postcode and f"{int(who.postcode) + 11 * place}", city=who.city and f"{who.city}-{ending * 3}")


@pytest.fixture(scope="module")
def crowd() -> list[Made]:
    """A made crowd: families, couples, twins and movers, of whom one in ten comes twice."""
    return list(made_people(CROWD))


@pytest.fixture(scope="module")
def said(crowd: list[Made], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Alike | None]:
    """What likeness says of each story."""
    found: dict[str, Alike | None] = {}
    for stories in (ONE_PERSON, ONE_HOME, STRANGERS):
        found |= asked_in_a_crowd(crowd, tmp_path_factory.mktemp("likeness"), stories)
    return found


@pytest.mark.parametrize("story", ONE_PERSON)
def test_it_proposes_whoever_comes_again(story: str, said: dict[str, Alike | None]) -> None:
    pair = said[story]
    assert pair
    assert pair.reason == "likeness"


@pytest.mark.parametrize("story", ONE_HOME)
def test_it_asks_whether_they_are_one_person_or_live_together(story: str, said: dict[str, Alike | None]) -> None:
    pair = said[story]
    assert pair
    assert (pair.reason, pair.permille >= 990) == ("home", True)


@pytest.mark.parametrize("story", STRANGERS)
def test_it_does_not_propose(story: str, said: dict[str, Alike | None]) -> None:
    assert said[story] is None


def test_it_says_what_speaks_for_it_and_what_against(said: dict[str, Alike | None]) -> None:
    pair = said["elsewhere, with her birthday and her telephone"]
    assert pair
    assert 990 <= pair.permille < 1000
    assert dict(pair.evidence) == {
        "title": "same", "given_name": "same", "family_name": "same", "street": "other", "town": "other",
        "email": "unknown", "phone": "same", "birthday": "same",
    }  # fmt: skip


@pytest.mark.equality
def test_in_a_crowd_hardly_anybody_is_taken_for_another_and_no_order_changes_it(crowd: list[Made], tmp_path: Path) -> None:
    people = [made.somebody for made in crowd]
    found = alike(people, tmp_path)
    random.Random(1).shuffle(people)
    assert alike(people, tmp_path) == found
    by = {made.somebody.number: made for made in crowd}
    as_one = [pair for pair in found if pair.reason == "likeness"]
    right = [pair for pair in as_one if by[pair.one].person == by[pair.other].person]
    homes = [pair for pair in found if pair.reason == "home"]
    twice = [one for one, other in itertools.pairwise(crowd) if (one.person, one.home) == (other.person, other.home)]
    assert len(right) > 0.95 * len(twice) > 60
    assert len(as_one) - len(right) <= 2
    assert len(homes) > 100
    assert sum(by[pair.one].household != by[pair.other].household for pair in homes) <= 2
    assert not list(tmp_path.iterdir()), "what lay on disk in passing is gone"


def test_nobody_and_one_alone_are_like_nobody(tmp_path: Path) -> None:
    assert alike([], tmp_path) == []
    assert alike([JEANNE], tmp_path) == []


def test_what_a_killed_run_left_is_swept_and_two_runs_do_not_meet(tmp_path: Path) -> None:
    left = tmp_path / "likeness" / "spill" / "names"
    left.parent.mkdir(parents=True)
    left.write_text("Kerbiriou", encoding="utf-8")

    def people() -> Iterator[Somebody]:
        assert not left.exists()
        with pytest.raises(Busy, match="already"):
            alike([], tmp_path)
        yield JEANNE

    assert alike(people(), tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_a_name_alone_is_no_reason_however_rare_nor_is_an_address() -> None:
    def chances_of(**agrees: Agreement) -> tuple[float, float]:
        row = {name: next((n for n, level in enumerate(telling(name)) if level.agreement == agrees.get(name, "other")), -1) for name in FIELDS}
        is_one, is_either = chances(pa.table({"weight": [90.0]} | {name: [level] for name, level in row.items()}), 1_000)
        return float(is_one[0]), float(is_either[0])

    assert chances_of(given_name="same", family_name="same") == (0, 0)
    assert chances_of(street="same", town="same") == (0, 0)
    assert min(chances_of(given_name="same", family_name="same", birthday="same")) > 0.99
    is_one, is_either = chances_of(family_name="near", street="same")
    assert is_one == 0, "two given names are two people, or are asked about"
    assert is_either > 0.99


@pytest.mark.parametrize("memory_mb", [4, 20])
def test_too_little_memory_is_a_sentence(memory_mb: int, crowd: list[Made], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="raise memory_mb"):
        alike([made.somebody for made in crowd], tmp_path, memory_mb)


def test_two_under_one_number_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="a number for each"):
        alike([JEANNE, replace(JEANNE, city="Nantes")], tmp_path)


@pytest.mark.parametrize(
    "nonsense",
    [
        Somebody(0),
        Somebody(0, given_name="\0", family_name="\0\ud800", street="\0", postcode="\0", city="\0", email="\0", phone="\0"),
        Somebody(0, given_name="👵🏽", family_name="🥩", street="🏠 3", postcode="🥩", city="🌍", email="🥩", phone="☎"),
        Somebody(0, given_name="x" * 10_000, family_name="-" * 10_000, street="1 " * 10_000, postcode="9" * 10_000, city="’" * 10_000, phone="0" * 10_000),
        Somebody(0, given_name="'; DROP TABLE person; --", family_name="%s {0} \\", street="1, ,;;\n\n", postcode="' '", birthday_mmdd=-1),
        Somebody(0, given_name="Client", family_name="Comptoir"),
    ],
    ids=["empty", "nul", "emoji", "endless", "code", "the till's nobody"],
)
def test_nonsense_a_thousand_times_is_nobody(nonsense: Somebody, tmp_path: Path) -> None:
    assert alike([replace(nonsense, number=number) for number in range(1_000)], tmp_path) == []


def test_ten_thousand_behind_one_door_are_not_all_compared(crowd: list[Made], tmp_path: Path) -> None:
    hall = [
        replace(made.somebody, number=number, street="1 rue des Étudiants", postcode="69007", city="Lyon")
        for number, made in enumerate(made_people(10_000, seed=2))
        if made.kind == "alone"
    ]
    by = dict(enumerate(made_people(10_000, seed=2)))
    found = alike(hall, tmp_path)
    assert len(hall) > 3_000
    assert sum(by[pair.one].person != by[pair.other].person for pair in found if pair.reason == "likeness") <= 2
