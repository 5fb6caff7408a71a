"""Where the console reaches the letters of the book: looked through, and shown as somebody would get them; nothing is sent."""

from __future__ import annotations

from typing import Protocol

from habitue import app
from habitue.app.looking import LookBook, looked_at_keys
from habitue.app.post.book_letters import BookLetter, letter_of_action, letters_of_book, unnamed_letters
from habitue.app.post.previewing import hardest, preview
from habitue.content.letter_images import Picture, picture_at
from habitue.content.model import Finding
from habitue.content.rendering import Rendered


class LettersDesk(Protocol):
    """What the pages of letters may ask; unknown actions and customers, and letters that are broken, raise errors of the family."""

    def all(self, language: str) -> list[BookLetter]: ...

    def unnamed(self) -> list[Finding]: ...

    def one(self, action: str, language: str) -> BookLetter: ...

    def for_her(self, action: str, key: str, language: str) -> Rendered: ...

    def hardest(self, action: str, language: str) -> list[Rendered]: ...

    def image(self, address: str) -> tuple[Picture, bytes] | None: ...


class HouseLetters:
    """The letters of an open house."""

    def __init__(self, house: app.House, looks: LookBook | None = None) -> None:
        self._house = house
        self._looks = looks

    def all(self, language: str) -> list[BookLetter]:
        """Each action that leaves as a letter."""
        return letters_of_book(self._house, language)

    def unnamed(self) -> list[Finding]:
        """What is said of files that no action leaves as."""
        return unnamed_letters(self._house)

    def one(self, action: str, language: str) -> BookLetter:
        return letter_of_action(self._house, action, language)

    def for_her(self, action: str, key: str, language: str) -> Rendered:
        """As she would get it today; in her own language where none is named."""
        made = preview(self._house, action, key, language, images="")
        looked_at_keys(self._house, "why", [key], self._looks)
        return made

    def hardest(self, action: str, language: str) -> list[Rendered]:
        """For the longest names, for nobody's name, for somebody who never bought: in the order of `app.post.previewing.HARDEST`."""
        return [made for _, made in hardest(self._house, action, language, images="")]

    def image(self, address: str) -> tuple[Picture, bytes] | None:
        """The image of the book under the last part of its address, for anybody who asks."""
        return picture_at(self._house.settings.book_folder, address)
