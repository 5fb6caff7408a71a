"""From a file of customers to pairs that a person looks at: nobody is joined, and who was refused is not proposed again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app.imports.importing import import_file
from habitue.app.likeness.proposing import everybody_of, propose_alike
from habitue.cli import main
from habitue.identity.model import Who
from habitue.identity.proposals import answer
from habitue.identity.waiting import open_pairs
from habitue.store import Settings, Truth, open_truth, save_settings
from habitue.workshop.people import made_people

COLUMNS = ("customer", "title", "given_name", "family_name", "street", "postcode", "city", "email", "birthday")
TWICE = (
    ("a1", "Mme", "Jeanne", "Kerbiriou", "3 rue Haute", "69001", "Lyon", "", "05-21"),
    ("a2", "", "JEANNE", "Kerbirioux", "3, r. Haute", "69001", "LYON", "", "05-21"),
    ("b1", "M", "Yves", "Kerbiriou", "3 rue Haute", "69001", "Lyon", "", ""),
)
CROWD = 300


@pytest.fixture
def shop(settings: Settings, tmp_path: Path) -> Settings:
    """A shop on either database: a woman who is in its files twice, her husband, and a crowd of three hundred."""
    return filled(settings, tmp_path)


def filled(settings: Settings, tmp_path: Path) -> Settings:
    """That shop, from a file of customers."""
    save_settings(settings)
    file = tmp_path / "customers.csv"
    crowd = [
        (f"c{who.number}", who.title, who.given_name, who.family_name, who.street, who.postcode, who.city, who.email, "")
        for made in made_people(CROWD)
        if (who := made.somebody)
    ]
    lines = [COLUMNS, *TWICE, *crowd]
    file.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines), encoding="utf-8")
    with closing(open_truth(settings)) as truth:
        import_file(truth, settings, file, kind="customers")
    return settings


def waiting(truth: Truth, reason: str = "likeness") -> dict[str, str]:
    """The pairs that wait for a person for a reason, by both customers' keys, with the evidence."""
    key = {number: name for name, number in truth.run("SELECT value, profile_id FROM identifier WHERE kind = 'customer'")}
    found = [(pair, each) for pair in open_pairs(truth) for each in pair.proposals if each.reason == reason]
    return {f"{key[pair.one_id]} {key[pair.other_id]}": each.evidence for pair, each in found}


def test_who_is_in_the_files_twice_is_proposed_once_nobody_is_joined_and_a_no_is_heard(shop: Settings) -> None:
    with closing(open_truth(shop)) as truth:
        before = truth.run("SELECT profile_id, customer_id FROM profile ORDER BY profile_id")
        first = propose_alike(truth, shop)
        assert first.pairs + first.homes == first.new
        assert first.pairs > 1
        assert waiting(truth)["a1 a2"] == "given_name:same family_name:near street:same town:same birthday:same"
        assert not {"a1 b1", "a2 b1"} & set(waiting(truth)), "her husband is not she"
        assert waiting(truth, "home")["a1 b1"] == "title:other given_name:other family_name:same street:same town:same"
        of_a_home = [pair.is_of_a_home for pair in open_pairs(truth)]
        assert of_a_home == sorted(of_a_home), "who perhaps only live together come last"
        assert sum(of_a_home) == first.homes
        number = dict(truth.run("SELECT value, profile_id FROM identifier WHERE kind = 'customer'"))
        with truth.transaction():
            answer(truth, *(Who(number[key], number[key]) for key in ("a1", "a2")), "apart", 1)
        again = propose_alike(truth, shop)
        assert (again.pairs, again.new) == (first.pairs, 0)
        assert len(waiting(truth)) == first.pairs - 1
        assert "a1 a2" not in waiting(truth)
        assert truth.run("SELECT profile_id, customer_id FROM profile ORDER BY profile_id") == before
    assert not list(shop.data.glob("likeness*")), "what lay on disk in passing is gone"


def test_everybody_is_read_with_what_likeness_needs(shop: Settings) -> None:
    with closing(open_truth(shop)) as truth:
        people = list(everybody_of(truth))
    assert len(people) == len({who.number for who in people}) > CROWD
    jeanne = next(who for who in people if who.family_name == "Kerbiriou" and who.given_name == "Jeanne")
    assert (jeanne.title, jeanne.street, jeanne.postcode, jeanne.city, jeanne.birthday_mmdd) == ("Mme", "3 rue Haute", "69001", "Lyon", 521)


def test_the_command_says_how_many(
    settings_for: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = filled(settings_for(), tmp_path)

    def said(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["habitue", "alike", *words, "--data", str(shop.data)])
        with pytest.raises(SystemExit) as end:
            main()
        assert not end.value.code
        return capsys.readouterr().out

    counts = json.loads(said("--json"))
    assert counts["pairs"] + counts["homes"] == counts["new"]
    assert counts["pairs"] > 0 < counts["homes"]
    first, second = said().splitlines()
    assert first == f"{counts['pairs']} pairs of customers are likely one person each; {counts['homes']} more are one person or live together."
    assert second.startswith("0 of them are new.")
