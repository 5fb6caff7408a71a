"""Saved answers of the book, filled in for the customer of a conversation; a person reads them before they leave."""

from __future__ import annotations

from habitue.app.house import House
from habitue.app.inbox.strangers import talk_of
from habitue.app.inbox.talking import conversation
from habitue.app.names import customer_of, person_of
from habitue.app.post.letter_values import tongue_of, values_of
from habitue.app.remembering import heard
from habitue.content.letters import VALUES
from habitue.content.saved_answers import answer_names, saved_answer
from habitue.events.lookup import look_up

NO_THING = {"item_id": 0, "because_item_id": 0}


def saved_answers(house: House) -> list[str]:
    """What the saved answers of the house's book are called."""
    return answer_names(house.settings.book_folder)


def fill_in(house: House, number: int, name: str) -> str:
    """A saved answer for the customer of a conversation, in the language in which she is written to. `thing` and `because` are empty: none is talked of.

    Raises: Unknown where there is no such conversation; BookError where there is no such answer, or something in it is empty for her.
    """
    customer = customer_of(house, conversation(house, number, is_read=False).customer)
    language = tongue_of(house, person_of(house, customer).language)
    values = values_of(house, customer, NO_THING, heard(house, None), language)
    return saved_answer(house.settings.book_folder, name, language, {**values, "brand": house.settings.brand, "order": _last_order(house, customer)})


def fill_in_stranger(house: House, number: int, name: str) -> str:
    """The same for somebody whom nobody here knows: in the language of what was written, with the name that was typed, and nothing else.

    Raises: Unknown where nothing of that number is kept; BookError as `fill_in`.
    """
    strays = talk_of(house, number).strays
    called, language = (next((told for each in reversed(strays) if (told := getattr(each, field))), "") for field in ("name", "language"))
    known = {**dict.fromkeys(VALUES, ""), "name": called, "brand": house.settings.brand}
    return saved_answer(house.settings.book_folder, name, tongue_of(house, language), known)


def _last_order(house: House, customer: int) -> str:
    """The number of her last order that has one."""
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    orders = [(day, str(order)) for day, order, *_ in look_up(house.truth, "app", "her_order_lines", profiles) if order]
    return max(orders, default=(0, ""))[1]
