"""What an audit is given and what it answers: columns in, verdicts and figures out. No file and no engine.

Units: instants are UTC seconds, days local day numbers (words.clock), money cents or thousandths of a cent, quantities thousandths.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from habitue.words.reasons import Reason

TEXT, NUMBER = "text", "number"
Columns = dict[str, str]

RAW: dict[str, Columns] = {
    "send": {
        **dict.fromkeys(("line", "instant", "day", "hour", "channel", "kind", "level"), NUMBER),
        **dict.fromkeys(("customer", "campaign", "message", "thing", "subject", "text", "sender", "first_name"), TEXT),
        **dict.fromkeys(("answered_at", "answered_day", "is_answered", "bounced_at", "cost_millicents"), NUMBER),
    },
    "line": {
        **dict.fromkeys(("line", "instant", "day", "hour", "quantity_milli", "amount_cents", "place"), NUMBER),
        **dict.fromkeys(("order_key", "customer", "product", "name", "type", "category", "department"), TEXT),
    },
    "catalogue": dict.fromkeys(("product", "name", "type", "category", "department", "part_of", "campaign"), TEXT),
    "preference": {**dict.fromkeys(("line", "instant", "day", "level", "feeling"), NUMBER), **dict.fromkeys(("customer", "thing"), TEXT)},
    "message": {**dict.fromkeys(("line", "instant", "day", "kind", "state", "is_ours"), NUMBER), **dict.fromkeys(("customer", "thread"), TEXT)},
    "consent": {**dict.fromkeys(("line", "instant", "purpose", "channel", "is_granted"), NUMBER), "customer": TEXT},
    "stock": {**dict.fromkeys(("line", "instant", "level", "units"), NUMBER), "thing": TEXT},
}
"""By kind of file: the columns that an audit takes. An hour of -1 is not known; a kind, level, purpose or channel of 0 is not told; the rest may be null
but line, customer, instant, day, product, thing and units."""

FAULTS = (
    *(Reason.ALREADY_BOUGHT, Reason.NOT_DUE, Reason.NO_AFFINITY, Reason.DISLIKED, Reason.OUT_OF_STOCK, Reason.PRESSED_TOO_OFTEN, Reason.SAID_ALREADY),
    *(Reason.IGNORED_LATELY, Reason.WAITING_FOR_OUR_ANSWER, Reason.COMPLAINT_OPEN, Reason.NO_CONSENT, Reason.UNREACHABLE, Reason.QUIET_HOURS),
    *(Reason.ASKED_MORE_THAN_GIVEN, Reason.CANNOT_BE_ANSWERED, Reason.FIRST_NAME_ALONE),
)
"""The wrongs that an audit looks for, in the order of its report. A verdict holds one bit for each: 1 << reason."""


def faults_of(bits: int) -> list[Reason]:
    """The wrongs whose bits are set, in the order of the report."""
    return [reason for reason in FAULTS if bits >> reason & 1]


@dataclass(frozen=True)
class Limits:
    """What an audit holds sends to; the defaults are those of a new book.

    Units: `costs_millicents` is what one word costs by channel number, where the file does not say.
    """

    week_cap: int
    month_cap: int
    quiet_from_hour: int
    quiet_until_hour: int
    attention_millicents: int
    costs_millicents: dict[int, int] = field(default_factory=dict)
