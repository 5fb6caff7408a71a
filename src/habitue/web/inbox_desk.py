"""Where the console reaches the inbox: conversations read, and what is done in them by `habitue.app`, in the name of who is at the desk."""

from __future__ import annotations

from typing import Protocol

from habitue import app
from habitue.app.inbox import among_us, answering, asking_model, attaching, saved_answers, strangers
from habitue.app.inbox.answer_times import Times, answer_times
from habitue.app.inbox.attached import TakenOut, take_out
from habitue.app.inbox.finding_talks import Found, find_talks
from habitue.app.inbox.noting import Stands, note_words
from habitue.app.inbox.pleased import Pleased, pleased
from habitue.app.inbox.strangers import Stranger
from habitue.app.inbox.talking import Conversation, conversation, open_conversations, whose_open
from habitue.app.looking import LookBook, looked_at_keys
from habitue.words.asking import ASKING
from habitue.words.vocabulary import Channel


class InboxDesk(Protocol):
    """What the pages of the inbox may ask; unknown conversations and what cannot be kept raise errors of the family."""

    def waiting(self, language: str, of: str | None = None) -> list[Conversation]: ...

    def hands(self) -> list[str]: ...

    def times(self, since: int | None, *, by_month: bool) -> tuple[Times, list[Times]]: ...

    def pleased(self, since: int | None) -> Pleased: ...

    def one(self, number: int, language: str) -> Conversation: ...

    def file(self, number: int) -> TakenOut: ...

    def strangers(self, language: str) -> list[Stranger]: ...

    def answered_strangers(self, language: str) -> list[Stranger]: ...

    def stranger(self, number: int, language: str) -> Stranger: ...

    def answer_stranger(self, number: int, words: str, seen: int) -> None: ...

    def done_stranger(self, number: int, seen: int) -> None: ...

    def attach(self, number: int, key: str, seen: int, only: int) -> int: ...

    def drop_stranger(self, number: int, seen: int) -> None: ...

    def answer(self, number: int, words: str, seen: int, *, asks_leave: bool) -> None: ...

    def close(self, number: int) -> None: ...

    def keep(self, message: int, proposal: int) -> None: ...

    def let_go(self, message: int, proposal: int) -> None: ...

    def suggest(self, message: int) -> int: ...

    def note(self, key: str, way: Channel, words: str, stands: Stands, talk: int, once: str) -> int: ...

    def take(self, number: int, had: str) -> None: ...

    def give(self, number: int, person: str, had: str) -> None: ...

    def add_note(self, number: int, words: str) -> int: ...

    def drop_note(self, number: int, note: int) -> None: ...

    def take_stranger(self, number: int, had: str) -> None: ...

    def give_stranger(self, number: int, person: str, had: str) -> None: ...

    def add_stranger_note(self, number: int, words: str) -> int: ...

    def drop_stranger_note(self, number: int, note: int) -> None: ...

    def find(self, text: str) -> list[Found]: ...

    def saved(self) -> list[str]: ...

    def fill_in(self, number: int, name: str) -> str: ...

    def fill_in_stranger(self, number: int, name: str) -> str: ...


class HouseInbox:
    """The inbox of an open house."""

    def __init__(self, house: app.House, looks: LookBook | None = None) -> None:
        self._house = house
        self._looks = looks

    def waiting(self, language: str, of: str | None = None) -> list[Conversation]:
        """Who waits for us, what is due next first; of one person of the shop, or (empty) of nobody's."""
        found = open_conversations(self._house, language, of)
        looked_at_keys(self._house, "inbox", [talk.customer for talk in found], self._looks)
        return found

    def hands(self) -> list[str]:
        """Of each open conversation, in whose hands it is."""
        return [person for _, person in whose_open(self._house)]

    def times(self, since: int | None, *, by_month: bool) -> tuple[Times, list[Times]]:
        """How long customers waited: all together, then by week or month."""
        return answer_times(self._house, since, by_month=by_month)

    def pleased(self, since: int | None) -> Pleased:
        """What those said who were asked whether we had answered well."""
        return pleased(self._house, since)

    def one(self, number: int, language: str) -> Conversation:
        """The whole conversation that a message stands in."""
        found = conversation(self._house, number, language)
        looked_at_keys(self._house, "inbox", [found.customer], self._looks)
        return found

    def file(self, number: int) -> TakenOut:
        """A file that came along with what somebody wrote."""
        return take_out(self._house, number, self._looks)

    def strangers(self, language: str) -> list[Stranger]:
        """Those whom nobody here knows and who wait for us, what is due next first."""
        return strangers.strangers(self._house, language)

    def answered_strangers(self, language: str) -> list[Stranger]:
        """Those of them who have our answer, the newest first."""
        return strangers.answered_strangers(self._house, language)

    def stranger(self, number: int, language: str) -> Stranger:
        """The conversation in which something of that number was said."""
        return strangers.stranger(self._house, number, language)

    def answer_stranger(self, number: int, words: str, seen: int) -> None:
        """Answers by e-mail, and in the chat; `seen` is the last number that whoever answers has read."""
        strangers.answer_stranger(self._house, number, words, ASKING.get().who, seen)

    def done_stranger(self, number: int, seen: int) -> None:
        strangers.done_stranger(self._house, number, ASKING.get().who, seen)

    def attach(self, number: int, key: str, seen: int, only: int) -> int:
        """It is hers, or that `only` message: gives the number of her message; who said so sees her name."""
        kept = attaching.attach(self._house, number, key, ASKING.get().who, seen, only)
        looked_at_keys(self._house, "inbox", [key], self._looks)
        return kept

    def drop_stranger(self, number: int, seen: int) -> None:
        strangers.drop(self._house, number, ASKING.get().who, seen)

    def answer(self, number: int, words: str, seen: int, *, asks_leave: bool) -> None:
        """Answers by e-mail; `seen` is the last message that whoever answers has read."""
        answering.answer(self._house, number, words, ASKING.get().who, seen, asks_leave=asks_leave)

    def close(self, number: int) -> None:
        answering.close(self._house, number)

    def keep(self, message: int, proposal: int) -> None:
        answering.keep(self._house, message, proposal, ASKING.get().who)

    def let_go(self, message: int, proposal: int) -> None:
        answering.let_go(self._house, message, proposal, ASKING.get().who)

    def suggest(self, message: int) -> int:
        """Asks the model what else she says; gives how many suggestions are new."""
        return asking_model.suggest(self._house, message, ASKING.get().who)

    def note(self, key: str, way: Channel, words: str, stands: Stands, talk: int, once: str) -> int:
        """Writes down what she said elsewhere; gives the number of her message."""
        return note_words(self._house, key, way, words, ASKING.get().who, stands, talk=talk, once=once).number

    def take(self, number: int, had: str) -> None:
        """Whoever is at the desk takes it; `had` is in whose hands the page showed it."""
        among_us.take(self._house, number, ASKING.get().who, had)

    def give(self, number: int, person: str, had: str) -> None:
        among_us.give(self._house, number, person, ASKING.get().who, had)

    def add_note(self, number: int, words: str) -> int:
        return among_us.note(self._house, number, words, ASKING.get().who)

    def drop_note(self, number: int, note: int) -> None:
        among_us.drop_note(self._house, number, note)

    def take_stranger(self, number: int, had: str) -> None:
        among_us.take_stranger(self._house, number, ASKING.get().who, had)

    def give_stranger(self, number: int, person: str, had: str) -> None:
        among_us.give_stranger(self._house, number, person, had)

    def add_stranger_note(self, number: int, words: str) -> int:
        return among_us.note_stranger(self._house, number, words, ASKING.get().who)

    def drop_stranger_note(self, number: int, note: int) -> None:
        among_us.drop_stranger_note(self._house, number, note)

    def find(self, text: str) -> list[Found]:
        """The conversations in which these words stand, the newest first; who sees them is written down."""
        found = find_talks(self._house, text)
        looked_at_keys(self._house, "inbox", [each.customer for each in found if not each.is_stranger], self._looks)
        return found

    def saved(self) -> list[str]:
        """What the saved answers of the book are called."""
        return saved_answers.saved_answers(self._house)

    def fill_in(self, number: int, name: str) -> str:
        return saved_answers.fill_in(self._house, number, name)

    def fill_in_stranger(self, number: int, name: str) -> str:
        return saved_answers.fill_in_stranger(self._house, number, name)
