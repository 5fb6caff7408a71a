"""Why something was not said (or was): the reasons, with the integer that the ledger keeps for each.

A reason is named for the wrong that it prevents. The order of the list is the order in which judgement asks,
so the first wins where two would apply; numbers rise with it, but where a reason came later. Sentences for people are made elsewhere, from reason and evidence.
"""

from __future__ import annotations

from enum import IntEnum


class Reason(IntEnum):
    """The verdict on one action for one customer; `SAID` is the only one that lets it leave."""

    SAID = 0
    # about her, whatever the action
    PAUSED = 1
    COMPLAINT_OPEN = 2
    WAITING_FOR_OUR_ANSWER = 3
    PRESSED_TOO_OFTEN = 4
    # about the action
    EXPIRED = 10
    OUT_OF_SEQUENCE = 11
    NO_CONSENT = 12
    UNREACHABLE = 13
    LAPSED = 23
    QUIET_HOURS = 14
    SAID_ALREADY = 15
    IGNORED_LATELY = 16
    ASKED_MORE_THAN_GIVEN = 17
    OVER_BUDGET = 18
    CANNOT_BE_ANSWERED = 19
    FIRST_NAME_ALONE = 20
    UNWELCOME_WAY = 21
    UNWELCOME_HOUR = 22
    NO_PROFILING = 24
    # about the thing
    DISLIKED = 30
    OUT_OF_STOCK = 31
    ALREADY_BOUGHT = 32
    NOT_DUE = 33
    NO_AFFINITY = 34
    # nothing stops it, and still
    NOT_WORTH_HER_ATTENTION = 50
    ANOTHER_IS_WORTH_MORE = 51
    HELD_OUT = 52
    # the action never concerned her
    NOT_CONCERNED = 60
    # what stopped it that day she had forgotten since
    FORGOTTEN = 61


ABOUT_HER = (Reason.PAUSED, Reason.COMPLAINT_OPEN, Reason.WAITING_FOR_OUR_ANSWER, Reason.PRESSED_TOO_OFTEN)
NOT_OURS_TO_DECIDE = (Reason.NO_CONSENT, Reason.UNREACHABLE, Reason.LAPSED)
