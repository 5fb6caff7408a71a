"""What an audit found, as plain values: the report, the JSON and the console read these and nothing else. No file and no engine.

Units: shares from 0 to 1, days local day numbers, money in cents, months as year × 12 + month − 1, weeks as the day number of their Monday.
"""

from __future__ import annotations

import msgspec


class Interval(msgspec.Struct, frozen=True):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class FileRead(msgspec.Struct, frozen=True):
    """One file: what it was taken for, by which layout, how many of its rows were read and how many set aside (line and reason of the first)."""

    kind: str
    name: str
    layout: str
    rows: int
    set_aside: int
    reasons: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()


class FaultFigure(msgspec.Struct, frozen=True):
    """One wrong: how many sends have it, and for how many it could be looked for."""

    fault: str
    sends: int
    looked_for: int


class GroupFigure(msgspec.Struct, frozen=True):
    """A campaign or a month: its sends, those that could be judged, those at fault, those answered; and how many by wrong."""

    name: str
    sends: int
    judged: int
    at_fault: int
    answered: int
    first_day: int
    last_day: int
    faults: dict[str, int]


class CustomerFigure(msgspec.Struct, frozen=True):
    """One of those who were hurt most."""

    customer: str
    sends: int
    at_fault: int
    faults: dict[str, int]


class PressureFigure(msgspec.Struct, frozen=True):
    """Sends by how many words of ours she had heard in the four weeks before (the last step: so many or more)."""

    words_28: int
    sends: int
    at_fault: int
    answered: int


class WeekFigure(msgspec.Struct, frozen=True):
    """One week: messages, people written to, the words that they had heard in the four weeks before (mean), messages over the limit."""

    week: int
    messages: int
    customers: int
    words_28: float
    over: int


class StripDay(msgspec.Struct, frozen=True):
    """One day of one customer: what she bought (baskets), what we said (messages), how much of it was wrong, and its first wrong."""

    day: int
    baskets: int
    messages: int
    at_fault: int
    fault: str = ""


class Strip(msgspec.Struct, frozen=True):
    """One customer's year."""

    customer: str
    first_day: int
    last_day: int
    days: tuple[StripDay, ...]


class FindingRow(msgspec.Struct, frozen=True):
    """One send with its evidence: its line in the file of sends, to whom, when (hour −1: not known), of which campaign, about what, and why it was wrong."""

    line: int
    customer: str
    day: int
    hour: int
    campaign: str
    thing: str
    faults: tuple[str, ...]
    evidence: tuple[str, ...]
    score: float


class Silence(msgspec.Struct, frozen=True):
    """Had the messages of which everything was wrong not been sent: what that saves, and which answers might not have come.

    Units: cents; `answers_spared` came to those messages, and `lost_share` is their part of all answers; `answers_at_fault` came to sends at fault,
    and `answer_rate_*` are answers a send.
    """

    saved_cents: int
    spent_cents: int
    is_cost_told: bool
    answers: int
    answers_at_fault: int
    answers_spared: int
    lost_share: Interval
    answer_rate_at_fault: Interval
    answer_rate_fine: Interval


class Band(msgspec.Struct, frozen=True):
    """Later sends whose score lay from `low` to below `high`: how many, the mean score, the share that was answered."""

    low: float
    high: float
    sends: int
    foreseen: float
    seen: float


class Keeping(msgspec.Struct, frozen=True):
    """Keeping the best `percent` of the later sends keeps this share of their answers."""

    percent: int
    kept: Interval


class ScoreFigure(msgspec.Struct, frozen=True):
    """How well the score foretold answers on later sends that it had not seen; `is_learned` false: too few answers, the score is the usual one."""

    is_learned: bool
    learned_until_day: int
    learned_from: int
    tested_on: int
    answers: int
    auc: Interval
    bands: tuple[Band, ...]
    curve: tuple[Keeping, ...]
    points: tuple[tuple[str, float], ...] = ()


class Figures(msgspec.Struct, frozen=True):
    """The whole audit."""

    title: str
    currency: str
    zone: str
    files: tuple[FileRead, ...]
    first_day: int
    last_day: int
    sends: int
    same_rows: int
    messages: int
    customers: int
    customers_who_bought: int
    judged: int
    at_fault: int
    unjudged: dict[str, int]
    faults: tuple[FaultFigure, ...]
    campaigns: tuple[GroupFigure, ...]
    months: tuple[GroupFigure, ...]
    hurt: tuple[CustomerFigure, ...]
    pressure: tuple[PressureFigure, ...]
    weeks: tuple[WeekFigure, ...]
    strip: Strip | None
    silence: Silence
    score: ScoreFigure | None
    told: dict[str, bool]
    rows_by_fault: dict[str, tuple[FindingRow, ...]]
    rows_by_campaign: dict[str, tuple[FindingRow, ...]]
    limits: dict[str, int]
    notes: tuple[str, ...] = ()
