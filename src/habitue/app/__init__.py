"""Who listens to what, the day's plan, and the answers that the front doors show."""

from habitue.app.card import card_of
from habitue.app.days import people_by_reason, plan_day, search_people, touches_of
from habitue.app.deciding import decide_for
from habitue.app.house import House, open_house
from habitue.app.remembering import correct, note, statements_of, withdraw
from habitue.decide.sentences import reason_title

__all__ = [
    "House",
    "card_of",
    "correct",
    "decide_for",
    "note",
    "open_house",
    "people_by_reason",
    "plan_day",
    "reason_title",
    "search_people",
    "statements_of",
    "touches_of",
    "withdraw",
]
