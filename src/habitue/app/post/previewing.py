"""A letter as one customer would get it, and as the hardest readers would; nothing leaves, and every link is an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from habitue.app.her.page import why_written
from habitue.app.house import House
from habitue.app.names import customer_of, not_known_yet, person_of
from habitue.app.post.letter_values import month_text, tongue_of, values_of
from habitue.app.remembering import heard
from habitue.content.letters import letter_of
from habitue.content.model import Action, Basis
from habitue.content.rendering import Frame, Rendered, render
from habitue.decide.model import When
from habitue.store import sql_text
from habitue.words.errors import BadInput, Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Purpose

Row = dict[str, Any]
EXAMPLE_HOUSE = "https://regulars.example.org"
EXAMPLE_THING = {"en": "ground coffee", "fr": "café moulu"}
EXAMPLE_CAUSE = {"en": "rye bread", "fr": "pain de seigle"}
EXAMPLE_WHY = {"en": "Because you come often.", "fr": "Parce que vous venez souvent."}
HARDEST = {
    "longest": {"en": "The longest names that are known here", "fr": "Les noms les plus longs que l’on connaisse ici"},
    "nameless": {"en": "Somebody whose name nobody knows", "fr": "Quelqu’un dont personne ne connaît le nom"},
    "newcomer": {"en": "Somebody who has never bought anything", "fr": "Quelqu’un qui n’a encore rien acheté"},
}


def preview(house: House, action_key: str, customer_key: str, language: str = "", images: str | None = None) -> Rendered:
    """The letter of an action as it would be written to her today, about the thing that it would come to; else about one of hers, or about an example.

    `images` is where its images are fetched from; the house's own address where it is none.
    Raises: Unknown where there is no such customer or action; BadInput where the action has no letter; BookError where the letter is broken.
    """
    action = action_called(house, action_key)
    customer, when = customer_of(house, customer_key), heard(house, None)
    if not house.alone.read("customer_now", customer, when):
        raise Unknown(not_known_yet(customer_key, when.today))
    tongue = language or tongue_of(house, person_of(house, customer).language)
    row = _row(house, action, customer, when)
    values = values_of(house, customer, row, when, tongue)
    for name, example in (("thing", EXAMPLE_THING), ("because", EXAMPLE_CAUSE)):
        if not values[name] and name in _needed(action):
            values[name] = example[tongue]
    return _rendered(house, action, values, why_written(house, customer, row, tongue), tongue, images)


def hardest(house: House, action_key: str, language: str, images: str | None = None) -> list[tuple[str, Rendered]]:
    """The same letter for the readers who are hardest to write to, each with a title: the longest names, no name, nothing known but the way.

    Raises: as `preview`.
    """
    action = action_called(house, action_key)
    name, thing = (str(found or "") for found in house.truth.run(sql_text("app", "longest_names"), (language,))[0])
    needed = {"thing": EXAMPLE_THING[language], "because": EXAMPLE_CAUSE[language]}
    known = {key: value for key, value in needed.items() if key in _needed(action)}
    since = month_text(house.today, language)
    cases = {
        "longest": {"name": name, "since": since, **known, **({"thing": thing or known["thing"]} if "thing" in known else {})},
        "nameless": {"since": since, **known},
        "newcomer": {"name": name, **known},
    }
    return [(HARDEST[case][language], _rendered(house, action, values, EXAMPLE_WHY[language], language, images)) for case, values in cases.items()]


def action_called(house: House, action_key: str) -> Action:
    """The action of that name, which has a letter. Raises: Unknown where there is none; BadInput where it names no letter."""
    action = next((each for each in house.book.actions if each.key == action_key), None)
    if action is None:
        raise Unknown(f"There is no action “{action_key}” in the book.")
    if not action.letter:
        raise BadInput(f'The action “{action_key}” names no letter; add letter = "…" to it.')
    return action


def _needed(action: Action) -> frozenset[str]:
    """What a letter of this action always knows."""
    return frozenset(({"thing"} if action.basis != Basis.CUSTOMER else set()) | ({"because"} if action.basis in (Basis.BECAUSE, Basis.NEAR) else set()))


def _row(house: House, action: Action, customer: int, when: When) -> Row:
    """What judgement comes to for her and this action, but nothing that she does not want; else nothing."""
    number = next(number for number, key in house.action_of.items() if key == action.key)
    _, verdicts = house.alone.judge(customer, when, is_again=True)
    found = next((row for row in verdicts if row["action_id"] == number and row["reason"] != Reason.DISLIKED), None)
    item, because = (found["item_id"], found["because_item_id"]) if found else (0, 0)
    return {"action_id": number, "item_id": item, "because_item_id": because, "day": when.today}


def _rendered(house: House, action: Action, values: Mapping[str, str], why: str, language: str, images: str | None) -> Rendered:
    address = house.settings.address.rstrip("/") or EXAMPLE_HOUSE
    way_out = "" if action.purpose == Purpose.SERVICE else f"{address}/out/example"
    frame = Frame(house.settings.brand, why, f"{address}/her/example", way_out, address if images is None else images)
    return render(letter_of(house.settings.book_folder, action.letter, language), values, frame)
