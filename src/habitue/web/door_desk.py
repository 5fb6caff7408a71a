"""Where the pages that strangers see reach the house: the door, and nothing behind it."""

from __future__ import annotations

from habitue.app import House
from habitue.app.door import Asking, Request, ask_to_join, asked_at_door, confirm, deny, request_fresh_link, request_of
from habitue.app.inbox.asked import asked_of, say
from habitue.app.inbox.chatting import Line, answered_by, chat_in, lines_after
from habitue.app.inbox.writing_in import Writing, write_in
from habitue.app.knocking import release, stopped_kinds
from habitue.channels.letters import Letter, letters
from habitue.consent.model import Notice
from habitue.consent.notices import every_notice
from habitue.dialogue.satisfaction import Asked, Verdict
from habitue.words.vocabulary import Purpose


class Door:
    """What somebody may ask who has proved nothing yet."""

    def __init__(self, house: House) -> None:
        self._house = house

    def asks(self, language: str) -> list[Notice]:
        """What she is asked to allow."""
        return asked_at_door(self._house.notices, language)

    def is_known_text(self, purpose: Purpose, hashed: str) -> bool:
        """Whether she can have been shown a text of that hash for a purpose: today's, or one that stands in a page of the brand since longer."""
        text = every_notice(self._house.truth).get(hashed)
        return text is not None and text.purpose == purpose

    def ask_to_join(self, asking: Asking) -> None:
        ask_to_join(self._house, asking)

    def write(self, writing: Writing) -> None:
        write_in(self._house, writing)

    def chat(self, writing: Writing, secret: str) -> str:
        """Takes in a message of a chat; gives its secret."""
        return chat_in(self._house, writing, secret)

    def chat_lines(self, secret: str, place: str) -> list[Line]:
        """What was said in a chat behind a place."""
        return lines_after(self._house, secret, place)

    def answered_by(self) -> int:
        """Until when whoever writes now is answered. Units: UTC seconds."""
        return answered_by(self._house)

    def asked(self, mark: str) -> Asked:
        """What the link of a letter asks that asks whether we answered well; looking changes nothing."""
        return asked_of(self._house, mark)

    def say_of_us(self, mark: str, verdict: Verdict, words: str) -> Verdict:
        """Keeps what she says of it; gives what she said first."""
        return say(self._house, mark, verdict, words)

    def ask_for_link(self, address: str, network: str, language: str) -> None:
        request_fresh_link(self._house, address, network, language)

    def letters(self, limit: int) -> list[Letter]:
        """The newest letters, without any address."""
        return letters(self._house.truth, limit)

    def is_stopped(self) -> bool:
        """Whether no letter of some kind leaves until a person has looked."""
        return bool(stopped_kinds(self._house.truth))

    def go_on(self) -> None:
        """A person has looked."""
        with self._house.truth.transaction():
            release(self._house.truth, self._house.clock.instant())

    def request(self, secret: str) -> Request | None:
        """What a link of a letter is about; looking changes nothing."""
        return request_of(self._house.truth, secret, self._house.clock.instant())

    def shown(self, request: Request) -> list[Notice]:
        """The words that stood beside what she ticked, in the language in which she read them; her yes is kept with these."""
        texts = every_notice(self._house.truth)
        return [texts[hashed] for hashed in request.allowed.values()]

    def confirm(self, secret: str) -> Request | None:
        return confirm(self._house, secret)

    def deny(self, secret: str) -> Request | None:
        return deny(self._house, secret)
