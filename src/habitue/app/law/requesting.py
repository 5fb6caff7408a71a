"""What she asks of us by law: opened by whichever door it came, made sure that it is she, answered in time, with a log of who did what.

Source: Regulation (EU) 2016/679, articles 12, 15 to 17, 20 and 21.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from habitue.app.her.data import her_data
from habitue.app.house import House
from habitue.app.law.request_words import left_words, next_words, step_words
from habitue.app.leaving import Said, say_leave
from habitue.app.names import addresses_in, called_alone, customer_of, holders_of, people, told_alone, who_is_called
from habitue.consent.law.calendar import is_holiday
from habitue.consent.law.model import ENDS, HANDED_OVER, MAILED, Asked, Case, Did, Door, Known, State, Step
from habitue.consent.law.records import add_case, add_step, cases, cases_of, closed_cases, empty_steps, name_case, open_cases
from habitue.consent.law.rules import NO_REASON, due_day, longer_day, what_stops
from habitue.identity.records import whose
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import BadInput, Refused, Unknown
from habitue.words.vocabulary import Collected, Purpose

URGENT_DAYS = 7
"""From how many days before its last a case is shown in red."""
LONGEST_WORDS = 2_000
LONGEST_NAME = 320
"""Of what somebody is sought by: an e-mail address has no more signs."""
CLOSED_SHOWN = 50
COLLECTED = {Door.COUNTER: Collected.COUNTER, Door.TELEPHONE: Collected.CALL, Door.MAIL: Collected.LETTER, Door.EMAIL: Collected.REPLY}
OBJECTED = (Purpose.PROFILING, Purpose.AUDIENCES, Purpose.MEASUREMENT)
"""What an objection stops besides our writing: it covers the profiling that serves it. Source: article 21(2) and (3)."""
NOT_YET = "A request cannot have come on a day that has not come yet."
NOT_ERASED = "She is still here. Erase her first, from her card or with `habitue forget`; what is left of this case is then nobody's, and can be closed."
MOST_HEARD, MOST_BESIDE = 30, 10
"""Steps of a case up to which what a mail says of it is noted, and whatever else she writes; a mark stands for what came after."""
UNREAD = "[…]"
"""Stands for what of a mail was not read, or not noted."""
SAY_BY_WHAT = "Say by what she is to be looked for: a number, an e-mail address or a telephone number."
NOBODY = "Nobody here is known under that; there is nothing to hand over, to write down or to erase."


@dataclass(frozen=True)
class Opening:
    """A request as it came. Units: `received_day` is the local day on which she asked, none for today.

    `noted` is the sentence of a mail that asks it; not `is_sure` where that may say something else.
    """

    asked: Asked
    door: Door
    words: str = ""
    received_day: int | None = None
    known: Known | None = None
    source: str = ""
    outside_id: str = ""
    noted: str = ""
    is_sure: bool = True


@dataclass(frozen=True)
class StepLine:
    """One line of the log, as people read it. Units: `at` in UTC seconds."""

    at: int
    did: str
    who: str
    sentence: str
    words: str


@dataclass(frozen=True)
class CaseLine:
    """One case as people read it; `key` and `name` are empty where it is nobody's whom we know (any more), `is_doubtful` where she may ask something else."""

    number: int
    key: str
    name: str
    asked: str
    article: int
    door: str
    state: State
    received_on: date
    due_on: date
    days_left: int
    left: str
    to_do: str
    is_urgent: bool
    is_over: bool
    needs_check: bool
    may_be_longer: bool
    is_handed: bool
    steps: tuple[StepLine, ...]
    may_be_sought: bool = False
    is_looked_for: bool = True
    is_doubtful: bool = False


def open_case(house: House, customer_key: str, opening: Opening, who: str) -> int:
    """Opens a case, with what names her or (empty) for somebody whom we do not know; gives its number. An address that nobody has is kept as sought.

    Raises: Unknown where nobody has that number; Several where an address names several; BadInput where the day has not come yet.
    """
    key, day = told_alone(house, customer_key.strip()), house.today if opening.received_day is None else opening.received_day
    if day > house.today:
        raise BadInput(NOT_YET)
    is_in_vain = len(addresses_in(key)) == 1 and not holders_of(house, key).who
    if key and not is_in_vain:
        customer_of(house, key)
    with house.truth.transaction():
        profile = who_is_called(house, key).profile_id if key and not is_in_vain else 0
        return keep_case(house, profile, opening, who, key if is_in_vain else "")


def keep_case(house: House, profile_id: int, opening: Opening, who: str, sought: str = "") -> int:
    """Writes a case down, nobody's where `profile_id` is 0; `sought` is by what she was looked for in vain. Gives its number. Inside a transaction."""
    day, now = house.today if opening.received_day is None else opening.received_day, house.clock.instant()
    due = due_day(day, lambda on: is_holiday(house.settings.country, on))
    told = [(Did.OPENED, 0, opening.words.strip()[:LONGEST_WORDS])]
    told += [(Did.NOTED if opening.is_sure else Did.DOUBTED, 0, shortened(opening.noted))] if opening.noted else []
    told += [(Did.IDENTIFIED, int(opening.known), "")] if opening.known else []
    told += [(Did.SOUGHT, 0, sought[:LONGEST_NAME])] if sought else []
    steps = [Step(n, now, did, who, known, words, due if did == Did.OPENED else 0) for n, (did, known, words) in enumerate(told, start=1)]
    return add_case(house.truth, Case(0, profile_id, opening.asked, opening.door, day, opening.source, opening.outside_id, tuple(steps)))


def identify(house: House, number: int, known: Known, who: str, words: str = "") -> None:
    """Writes down how it was made sure that it is she. Raises: as `act`."""
    act(house, number, Did.IDENTIFIED, who, words, int(known))


def seek(house: House, number: int, called: str, who: str) -> bool:
    """Looks for whoever asks by what she told: a number, an e-mail address, a telephone number. Found, the case is hers, and it is still to be made sure of.

    Raises: as `act`; Several where that names several; BadInput where it is a name, or several addresses at once.
    """
    called = told_alone(house, called.strip()[:LONGEST_NAME])
    if not called:
        raise BadInput(SAY_BY_WHAT)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        try:
            profile = who_is_called(house, called).profile_id
        except Unknown:
            found = addresses_in(called)
            if len(found) > 1 or (not found and ("@" in called or not any(sign.isdigit() for sign in called))):
                raise BadInput(SAY_BY_WHAT) from None  # a name: it is looked for on the console, and many have the same; or several addresses at once
            _act(house, number, Did.SOUGHT, who, called)
            return False
        _act(house, number, Did.FOUND, who, called)
        name_case(house.truth, number, profile)
    return True


def make_longer(house: House, number: int, who: str, words: str) -> None:
    """Takes two months more, for a reason that she is told. Raises: as `act`."""
    case = case_of(house, number)
    act(house, number, Did.EXTENDED, who, words, 0, longer_day(case.received_day, lambda on: is_holiday(house.settings.country, on)))


def hand_over(house: House, number: int, who: str, language: str = "en") -> bytes:
    """Her data as a zip, and a line in the log that it was taken out.

    Raises: Unknown where nobody has that number, or nobody is known under it; Refused where it is not sure that it is she, or the case is over.
    """
    case = case_of(house, number)
    _may(house, case, Did.HANDED)
    body = her_data(house, _key(house, case), language)
    act(house, number, Did.HANDED, who)
    return body


def finish(house: House, number: int, who: str, words: str = "") -> None:
    """Does what she asks, where a machine can, and closes the case: an objection is written down as her no; what else, its words say.

    Raises: as `act`; BadInput where a rectification does not say what was put right; Refused where she who is to be erased is still here.
    """
    case = case_of(house, number)
    _may(house, case, Did.DONE, words)
    if case.asked == Asked.RECTIFICATION and not words.strip():
        raise BadInput(NO_REASON)
    if case.asked == Asked.ERASURE and case.profile_id:
        raise Refused(NOT_ERASED)
    if case.asked == Asked.OBJECTION and case.profile_id:
        key, collected = _key(house, case), COLLECTED.get(case.door, Collected.HER_PAGE)
        for purposes in ((), OBJECTED):
            say_leave(house, key, Said(False, purposes, (), collected, f"request {number}"))
    act(house, number, Did.DONE, who, words)


def act(house: House, number: int, did: Did, who: str, words: str = "", known: int = 0, until_day: int = 0) -> None:
    """Writes what was done in a case; of two who press at once, the second is told what the first did.

    Raises: Unknown where there is no such case; Refused where the law, or the case as it stands, does not allow it.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        _act(house, number, did, who, words, known, until_day)


def _act(house: House, number: int, did: Did, who: str, words: str = "", known: int = 0, until_day: int = 0) -> None:
    case = case_of(house, number)
    _may(house, case, did, words)
    step = Step(len(case.steps) + 1, house.clock.instant(), did, who, known, words.strip()[:LONGEST_WORDS], until_day)
    add_step(house.truth, number, step)
    if did in ENDS:  # that she was looked for is proof enough, by what is not
        empty_steps(house.truth, number, [each.number for each in case.steps if each.did in (Did.SOUGHT, Did.FOUND)])
    if did in ENDS and case.source == MAILED and not case.profile_id:  # she cannot be found by it to be erased: who wrote, and what, goes with the answer
        empty_steps(house.truth, number, [each.number for each in case.steps if each.words and not each.who])


def shortened(words: str) -> str:
    """What is noted of words, however many: of a long letter its beginning and its end, where people say what they want."""
    words = words.strip()
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS // 2 - len(UNREAD)]}\n{UNREAD}\n{words[-LONGEST_WORDS // 2 + len(UNREAD) :]}"


def add_note(house: House, number: int, words: str, is_sure: bool, most: int = MOST_HEARD) -> None:
    """What whoever asked says besides, once, and no more than a person can read; inside a transaction."""
    case = case_of(house, number)
    did = Did.SAID if is_sure and case.is_doubtful else Did.NOTED
    words = shortened(words) if did == Did.SAID or len(case.steps) < most else UNREAD
    if did == Did.SAID or not any(step.words == words for step in case.steps):
        _act(house, number, did, "", words)


def case_of(house: House, number: int) -> Case:
    """The case of a number.

    Raises: Unknown where there is none.
    """
    found = cases(house.truth, [number])
    if number not in found:
        raise Unknown(f"There is no case {number} here; `habitue cases list` shows those that are.")
    return found[number]


def case_line(house: House, number: int, language: str = "en") -> CaseLine:
    """One case, with its whole log. Raises: Unknown where there is none."""
    return _lines(house, [case_of(house, number)], language)[0]


def due_cases(house: House, language: str = "en") -> list[CaseLine]:
    """Every case that waits for us, what is due next first."""
    return _lines(house, open_cases(house.truth), language)


def past_cases(house: House, language: str = "en") -> list[CaseLine]:
    """The cases opened last of those that are over."""
    return _lines(house, closed_cases(house.truth, CLOSED_SHOWN), language)


def her_cases(house: House, customer_key: str, language: str = "en") -> list[CaseLine]:
    """Every case of a customer, the newest first. Raises: Unknown where nobody has that key."""
    return _lines(house, cases_of(house.truth, [customer_of(house, customer_key)])[::-1], language)


def _may(house: House, case: Case, did: Did, words: str = "") -> None:
    if why := what_stops(case, did, house.today, words):
        raise Refused(why)


def _key(house: House, case: Case) -> str:
    """By which number she is known whose case it is. Raises: Unknown where it is nobody's."""
    found = whose(house.truth, [case.profile_id]).get(case.profile_id)
    keys = called_alone(house, [found.customer_id]) if found else {}
    if not found or found.customer_id not in keys:
        raise Unknown(NOBODY)
    return keys[found.customer_id]


def _lines(house: House, found: Sequence[Case], language: str) -> list[CaseLine]:
    customer = {profile: each.customer_id for profile, each in whose(house.truth, {case.profile_id for case in found} - {0}).items()}
    names = people(house, sorted(set(customer.values())))
    return [_line(house, case, *names.get(customer.get(case.profile_id, 0), ("", "")), language) for case in found]


def _line(house: House, case: Case, key: str, name: str, language: str) -> CaseLine:
    left = case.due_day - house.today
    zone = house.settings.zone
    steps = [
        StepLine(step.at, step.did.name.lower(), step.who, step_words(case, step, local_day_and_hour(step.at, zone)[0], language), step.words)
        for step in case.steps
    ]
    return CaseLine(
        number=case.number,
        key=key,
        name=name,
        asked=case.asked.name.lower(),
        article=int(case.asked),
        door=case.door.name.lower(),
        state=case.state,
        received_on=date_of(case.received_day),
        due_on=date_of(case.due_day),
        days_left=left,
        left=left_words(left, language),
        to_do=next_words(case, language),
        is_urgent=not case.is_over and left <= URGENT_DAYS,
        is_over=case.is_over,
        needs_check=case.needs_check and not case.is_over,
        may_be_longer=not what_stops(case, Did.EXTENDED, house.today, "-"),
        is_handed=case.asked not in HANDED_OVER or case.has(Did.HANDED),
        steps=tuple(steps),
        may_be_sought=not what_stops(case, Did.SOUGHT, house.today),
        is_looked_for=case.is_looked_for,
        is_doubtful=case.is_doubtful,
    )
