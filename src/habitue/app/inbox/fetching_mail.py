"""Mail that comes in by itself: what lies in the brand's mailbox is taken in, oldest first, and moved aside; what a person must read stays there, flagged.

A mail is moved only once it was taken in, and taking it in twice changes nothing: whatever breaks in between, none is lost and none counts twice.
It is believed of no head that the server wrote it: the address of ours that a mail came to proves itself by our key.

The mailbox is looked at twice a minute. Python's `imaplib` knows no IDLE before 3.14, and one of our own would save nobody a minute: a person answers.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from habitue.app.house import House, open_house
from habitue.app.inbox.mailbox import Mailbox, MailboxAway, MailboxRefuses, account_of, opened_mailbox
from habitue.app.inbox.receiving import Received, receive
from habitue.app.post.gate import AGAIN, is_the_house
from habitue.app.post.letter_writing import OURS
from habitue.app.post.relaying import TALK_SECONDS
from habitue.dialogue.mail import MOST_BYTES
from habitue.store import Settings
from habitue.words.errors import BadInput, HabitueError

LOOK_AGAIN_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 900.0
MOST_TRIES = 5
TOO_LARGE = f"It is larger than {MOST_BYTES // 1_000_000} MB."
TRIED = f"It was tried {MOST_TRIES} times, and each time something broke; the log says what."
COPY = f"No mail is fetched by itself: this is a copy of a house, or what a backup brought back, and would take the mail of the house that works. {AGAIN}."
log = logging.getLogger("habitue.inbox")


@dataclass(frozen=True)
class Fetched:
    """What became of one mail: what was received, or why it stays in the mailbox, flagged, for a person to read."""

    received: Received | None = None
    stays: str = ""


def fetch_mail(house: House, mailbox: Mailbox, tries: Counter[str]) -> Iterator[Fetched]:
    """Takes in what waits in a mailbox, mail by mail; `tries` counts how often each was begun and not ended, from round to round.

    A mail that breaks something holds up no other, and is left to a person after five rounds.

    Raises: MailboxAway, and what the house or its machine says of itself; what was not moved is fetched again.
    """
    refused: MailboxRefuses | None = None
    for number in mailbox.waiting():
        tries[number] += 1
        try:
            fetched = _fetch(house, mailbox, number) if tries[number] <= MOST_TRIES else Fetched(stays=TRIED)
        except MailboxAway:
            raise
        except OURS:
            tries[number] -= 1
            raise
        except Exception as wrong:  # noqa: BLE001 - what one mail brings to light holds up no other
            log.error("a mail waits in the mailbox: %s", type(wrong).__name__)
            continue
        try:
            if fetched and fetched.stays:
                mailbox.leave_to_person(number)
            elif fetched:
                mailbox.file_away(number)
            del tries[number]
        except MailboxRefuses as no:
            refused = no  # it lies where it lay, and is tried again; what lies behind it is read all the same
        if fetched:
            yield fetched
    if refused:
        raise refused


def _fetch(house: House, mailbox: Mailbox, number: str) -> Fetched | None:
    """Takes one mail in; none where somebody else moved it meanwhile."""
    size = mailbox.size(number)
    if size is None:
        return None
    if size > MOST_BYTES:
        return Fetched(stays=TOO_LARGE)
    try:
        return Fetched(receive(house, mailbox.raw(number)))
    except BadInput as wrong:
        return Fetched(stays=str(wrong))


class MailWorker:
    """A thread that fetches mail for as long as the house is served; where no mailbox is named it does nothing.

    Where the mailbox is away it says so once, and tries again after half a minute, a minute, two, until a quarter of an hour.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="mailbox", daemon=True)
        self._tries: Counter[str] = Counter()
        self._said, self._pause_seconds = "", LOOK_AGAIN_SECONDS

    def __enter__(self) -> MailWorker:
        if self.settings.mailbox:
            self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(TALK_SECONDS)

    def _work(self) -> None:
        while not self._ended.is_set():
            try:
                self._look_and_wait()
            except Exception as wrong:  # noqa: BLE001 - the mailbox may be away, or somebody else hold the house: both are opened again
                self._say(f"no mail comes in: {wrong if isinstance(wrong, HabitueError) else type(wrong).__name__}")
                self._ended.wait(self._pause_seconds)
                self._pause_seconds = min(2 * self._pause_seconds, LONGEST_PAUSE_SECONDS)

    def _look_and_wait(self) -> None:
        """Looks at the mailbox again and again over one line. Raises: whatever broke."""
        if not is_the_house(self.settings):
            self._say(COPY)
            self._ended.wait(LOOK_AGAIN_SECONDS)
            return
        account = account_of(self.settings)
        with open_house(self.settings) as house, opened_mailbox(account) as mailbox:
            while not self._ended.is_set() and is_the_house(self.settings):
                for fetched in fetch_mail(house, mailbox, self._tries):
                    if fetched.stays:
                        log.warning("a mail waits in the mailbox for a person, flagged: %s", fetched.stays)
                    if self._ended.is_set():
                        return
                self._said, self._pause_seconds = "", LOOK_AGAIN_SECONDS
                self._ended.wait(LOOK_AGAIN_SECONDS)

    def _say(self, sentence: str) -> None:
        """Once, however often it is tried."""
        if sentence != self._said:
            log.error("%s", sentence)
        self._said = sentence
