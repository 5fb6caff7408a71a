"""What comes back of a letter that left: whether the address is at fault, and for how long letters to it have come back. No address is kept, only a keyed hash.

Source: RFC 3463 (what a status says): 1 and 2 in the middle are about the address and its mailbox, 7 about what the other side thinks of us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash

GONE_BY_STATUS = re.compile(r"5\.(?:1\.(?:0|1|2|3|4|6|9|10)|2\.1)")
"""There is no such address, domain or mailbox, or none any more; 5.1.7 and 5.1.8 speak of the sender's."""
OF_US = re.compile(r"5\.(?:7\.\d+|1\.[78])")
LATE_LETTERS, LATE_WITHIN_SECONDS, LATE_FOR_SECONDS = 5, 30 * 86_400, 7 * 86_400
"""So many letters that came back for the moment, within so long, the first and the last so far apart: the mailbox is given up."""


class Return(StrEnum):
    """What came back: the address is `gone`; the letter not taken `for_now`, as by a full mailbox, or `refused` because of us; or its reader complained,
    or has `left` by a link that the relay put into it.
    """

    GONE = "gone"
    FOR_NOW = "for_now"
    REFUSED = "refused"
    COMPLAINT = "complaint"
    LEFT = "left"


@dataclass(frozen=True)
class Report:
    """What somebody says of a letter. `mark` names it, and is not proven; each is empty where nothing tells."""

    what: Return
    mark: str = ""
    recipient: str = ""
    status: str = ""


def return_of(status: str, is_for_good: bool) -> Return:
    """What a report of failure means for the address. One that says no more than that it failed is not believed at once, but counted."""
    if is_for_good and GONE_BY_STATUS.fullmatch(status):
        return Return.GONE
    return Return.REFUSED if is_for_good and OF_US.fullmatch(status) else Return.FOR_NOW


def add_return(truth: Truth, letter_id: int, mail: str, what: Return, status: str, address_hash: bytes, now: int) -> bool:
    """Writes down what came back, by the keyed number of the mail that says so; gives whether that is new. Inside a transaction."""
    return bool(truth.run(sql_text("channels", "add_letter_return"), (letter_id, mail, now, what, status, address_hash)))


def hash_of(key: bytes, address: str) -> bytes:
    """By what letters to one address are counted; nothing where there is none."""
    return keyed_hash(key, "letter return", address.lower()) if address else b""


def is_given_up(truth: Truth, address_hash: bytes, now: int) -> bool:
    """Whether letters to an address have come back for the moment so often, and for so long, that nobody reads there."""
    ((count, first_at, last_at),) = truth.run(sql_text("channels", "late_letters"), (address_hash, now - LATE_WITHIN_SECONDS))
    return bool(address_hash) and count >= LATE_LETTERS and last_at - first_at >= LATE_FOR_SECONDS


def sent_since(truth: Truth, since: int) -> dict[int, int]:
    """How many letters a mail server took since an instant, by day of UTC. Units: UTC seconds."""
    return {int(day): int(count) for day, count in truth.run(sql_text("channels", "letters_sent_since"), (since,))}


def complained_since(truth: Truth, since: int) -> int:
    """How many letters their readers complained of to us since an instant. Units: UTC seconds."""
    return int(truth.run(sql_text("channels", "letters_complained_of"), (since,))[0][0])
