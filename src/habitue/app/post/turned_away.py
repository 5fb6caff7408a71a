"""Readers of whom the mail server says at once that there is no such address. One is believed as a report of failure is, once the same server has taken
a letter for some other reader: a server that turns everybody away is at fault itself, so that nothing more leaves until a person has looked.
"""

from __future__ import annotations

import logging

from habitue.app.house import House
from habitue.app.post.coming_back import heed_return
from habitue.app.post.relaying import NoSuchReader
from habitue.channels.email.address import checked_address
from habitue.channels.letters import TO_STAFF, Letter, Outcome, State
from habitue.channels.returns import Report, Return
from habitue.store import sql_text

MOST_IN_A_ROW = 5
"""So many different addresses, one after the other, are the server's fault sooner than theirs."""
BELIEVED_SECONDS = 86_400
"""Longer ago she may have shown since that her address lives."""
BY = "said to us at once"
log = logging.getLogger("habitue.post")


class TurnedAway:
    """Those whom the server has turned away since it took a letter last. Forgotten when the process ends: then nothing follows for their addresses."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._row: dict[str, tuple[int, str, int]] = {}

    def heard(self, letter: Letter, to: str, outcome: Outcome) -> None:
        """Takes in what was answered to a letter; whoever has not proved her address yet counts for nothing. Not inside a transaction."""
        if isinstance(outcome, NoSuchReader) and letter.profile_id:
            self._row[to] = (letter.letter_id, outcome.status, self.house.clock.instant())
            if len(self._row) >= MOST_IN_A_ROW:
                self._hold()
        elif outcome.state == State.SENT and letter.kind not in TO_STAFF:
            row, self._row = self._row, {}
            for address, (number, status, at) in row.items():
                if self.house.clock.instant() - at <= BELIEVED_SECONDS:
                    log.warning("letter %s: the mail server says that there is no such address (%s); nothing more is written there", number, status)
                    heed_return(self.house, number, Report(Return.GONE, recipient=checked_address(address), status=status), BY)

    def _hold(self) -> None:
        """None of them is believed; no word of our own accord leaves until a person lets it."""
        with self.house.truth.transaction():
            self.house.truth.next_seq(0)  # waits for whoever is writing
            self.house.truth.run(sql_text("app", "stop_post"), ("touch", self.house.clock.instant()))
        self._row = {}
        log.error("the mail server says of %s readers in a row that there is no such address: no word leaves until `habitue post --go-on`", MOST_IN_A_ROW)
