"""Where the console reaches the requests of the law: each question and each order answered by `habitue.app`, in the name of who is at the desk."""

from __future__ import annotations

from typing import Protocol

from habitue import app
from habitue.app.law import requesting
from habitue.app.law.requesting import CaseLine, Opening
from habitue.app.looking import LookBook, looked_at_keys
from habitue.consent.law.model import Did, Known
from habitue.words.asking import ASKING


class CaseDesk(Protocol):
    """What the pages of requests may ask; unknown cases and what the law does not allow raise errors of the family."""

    def due(self, language: str) -> list[CaseLine]: ...

    def past(self, language: str) -> list[CaseLine]: ...

    def hers(self, key: str, language: str) -> list[CaseLine]: ...

    def one(self, number: int, language: str) -> CaseLine: ...

    def open(self, key: str, opening: Opening) -> int: ...

    def seek(self, number: int, called: str) -> bool: ...

    def identify(self, number: int, known: Known, words: str) -> None: ...

    def make_longer(self, number: int, words: str) -> None: ...

    def finish(self, number: int, words: str) -> None: ...

    def write(self, number: int, did: Did, words: str) -> None: ...

    def data(self, number: int, language: str) -> bytes: ...


class HouseCases:
    """The requests of an open house."""

    def __init__(self, house: app.House, looks: LookBook | None = None) -> None:
        self._house = house
        self._looks = looks

    def _seen(self, found: list[CaseLine], what: str) -> list[CaseLine]:
        """Whoever asks sees these: it is written down."""
        looked_at_keys(self._house, what, [case.key for case in found if case.key], self._looks)
        return found

    def due(self, language: str) -> list[CaseLine]:
        """What waits for us, what is due next first."""
        return self._seen(requesting.due_cases(self._house, language), "list")

    def past(self, language: str) -> list[CaseLine]:
        """The last of those that are over."""
        return self._seen(requesting.past_cases(self._house, language), "list")

    def hers(self, key: str, language: str) -> list[CaseLine]:
        """What one customer asked."""
        found = requesting.her_cases(self._house, key, language)
        looked_at_keys(self._house, "asks", [key], self._looks)
        return found

    def one(self, number: int, language: str) -> CaseLine:
        """One case with its log."""
        return self._seen([requesting.case_line(self._house, number, language)], "asks")[0]

    def open(self, key: str, opening: Opening) -> int:
        """Opens a case; gives its number."""
        return requesting.open_case(self._house, key, opening, ASKING.get().who)

    def seek(self, number: int, called: str) -> bool:
        return requesting.seek(self._house, number, called, ASKING.get().who)

    def identify(self, number: int, known: Known, words: str) -> None:
        requesting.identify(self._house, number, known, ASKING.get().who, words)

    def make_longer(self, number: int, words: str) -> None:
        requesting.make_longer(self._house, number, ASKING.get().who, words)

    def finish(self, number: int, words: str) -> None:
        requesting.finish(self._house, number, ASKING.get().who, words)

    def write(self, number: int, did: Did, words: str) -> None:
        requesting.act(self._house, number, did, ASKING.get().who, words)

    def data(self, number: int, language: str) -> bytes:
        """Her data as a zip, taken out."""
        body = requesting.hand_over(self._house, number, ASKING.get().who, language)
        self._seen([requesting.case_line(self._house, number, language)], "data")
        return body
