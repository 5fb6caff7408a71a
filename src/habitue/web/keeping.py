"""What the pages of keeping and forgetting ask of a house: its rules, who is next, what is held of one, and letting go."""

from __future__ import annotations

from habitue.app import House
from habitue.app.erasure.forgetting import Certificate, Held, forget, held_of
from habitue.app.names import people
from habitue.app.retaining import Keeping, choice_of, keepings, let_go, let_run, who_goes


class Keeper:
    """The rules of one house."""

    def __init__(self, house: House) -> None:
        self._house = house

    def rules(self, language: str) -> list[Keeping]:
        """What is kept for how long, and what goes when."""
        return keepings(self._house, language)

    def who_goes(self, how_many: int) -> list[tuple[str, str, int]]:
        """The customers who are forgotten next: key, name, and the instant from which each is due."""
        due = who_goes(self._house, how_many)
        named = people(self._house, [customer for customer, _ in due])
        return [(*named[customer], at) for customer, at in due]

    def is_running(self) -> bool:
        """Whether what is due goes by itself once a day."""
        return choice_of(self._house.settings.data).is_running

    def held(self, key: str) -> Held:
        """What is held of a customer, and would be erased."""
        return held_of(self._house, key)

    def forget(self, key: str) -> Certificate:
        """Erases a customer for good."""
        return forget(self._house, key)

    def say(self, word: str) -> int:
        """Lets go what is due (`now`), or keeps whether the daily round does (`every-day`, `by-hand`); gives how many went."""
        if word == "now":
            return sum(let_go(self._house).values())
        let_run(self._house.settings.data, word == "every-day")
        return 0
