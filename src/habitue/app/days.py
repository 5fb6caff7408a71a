"""A day as people read it: how many get a word, how many are left in peace, who they are, and why."""

from __future__ import annotations

from typing import Any

import numpy as np

from habitue.app.house import House
from habitue.app.judging import JudgedDay, judged_day
from habitue.app.model import DayPlan, PersonLine, TouchLine
from habitue.app.names import HOW, NUMBER, address_kind, customer_of, everybody_with, kind_word, people, thing_name, voice_of
from habitue.app.planning import folded, forgotten, is_planned, planned_day, write_plan
from habitue.content import Action, parse_whom
from habitue.content.audience import columns_in
from habitue.decide.pronouns import Voice
from habitue.decide.sentences import reason_sentence, reason_title, why_sentence
from habitue.store import sql_text
from habitue.store.projection import Progress, silent
from habitue.words.clock import date_of
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Kind

NEW_HERE = {
    "en": "Here since today only; the card comes tomorrow.",
    "fr": "N’est là que depuis aujourd’hui ; la fiche vient demain.",
}
NOTHING_CONCERNS = {"en": "Nothing we could say today concerns her.", "fr": "Rien de ce que nous pourrions dire aujourd’hui ne la concerne."}


def plan_day(house: House, on: int | None = None, progress: Progress = silent) -> DayPlan:
    """The plan of a day: written and kept where it is the day on which the clock stands, a rehearsal that writes nothing where it is another.

    Raises: Unknown for a day before the first customer, or after the day on which the clock stands.
    """
    day = the_day(house, on, progress)
    is_rehearsal = not is_planned(house, day.when.today)
    counted = {} if is_rehearsal else folded(house, day.when.today)
    reasons = counted or {reason: count for reason, count in day.reasons.items() if reason != Reason.SAID}
    said = day.rows["reason"] == Reason.SAID
    gone = {} if is_rehearsal else forgotten(house, day.when.today)
    for (reason, _kind), count in gone.items():
        if reason != Reason.SAID:
            reasons[reason] = reasons.get(reason, 0) + count
    said_to_gone = {kind: count for (reason, kind), count in gone.items() if reason == Reason.SAID}
    touches, silences = int(np.sum(said)) + sum(said_to_gone.values()), sum(reasons.values())
    kinds = {kind_word(kind): int(np.sum(said & (day.rows["kind"] == kind))) + said_to_gone.get(kind, 0) for kind in Kind}
    ordered = dict(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
    return DayPlan(date_of(day.when.today), "06:00", touches + silences, touches, silences, ordered, {k: n for k, n in kinds.items() if n}, is_rehearsal)


def the_day(house: House, on: int | None = None, progress: Progress = silent) -> JudgedDay:
    """The day as it was planned, is planned now, or would be planned."""
    day = house.today if on is None else on
    if is_planned(house, day):
        return planned_day(house, day, progress)
    if day == house.today:
        return write_plan(house, progress)
    return judged_day(house, day, progress)


def touches_of(house: House, on: int, language: str, limit: int = 50, offset: int = 0, kind: str | None = None) -> list[TouchLine]:
    """The words of a day, those worth most first."""
    day = the_day(house, on)
    chosen = day.rows["reason"] == Reason.SAID
    if kind:
        chosen &= day.rows["kind"] == next((int(k) for k in Kind if kind_word(k) == kind), 0)
    lines = np.flatnonzero(chosen)
    lines = lines[np.lexsort((day.rows["customer_id"][lines], -day.rows["value_millicents"][lines]))][offset : offset + limit]
    who = people(house, [int(day.rows["customer_id"][i]) for i in lines])
    return [_touch_line(house, day, int(i), who, language) for i in lines]


def people_by_reason(house: House, on: int, reason: Reason, language: str, limit: int = 50, offset: int = 0) -> list[PersonLine]:
    """Those who are left in peace for one reason (or, for `SAID`, those who get a word), each with the sentence that explains it."""
    day = the_day(house, on)
    lines = np.flatnonzero(day.rows["reason"] == reason)[offset : offset + limit]
    return person_lines(house, day, [int(i) for i in lines], language)


def search_people(house: House, text: str, on: int, language: str, limit: int = 30) -> list[PersonLine]:
    """Customers whose name or number holds a text, or whose e-mail address or telephone number it is; today also who has come since the morning.

    Costs: an address is looked up in an index; a part of a name reads every name.
    """
    if address_kind(text) or text.strip().startswith(NUMBER):
        customers = everybody_with(house, text)
    else:
        sought = text.strip().lower().replace("%", "").replace("_", "")
        rows = house.truth.run(sql_text("app", "search_people"), (f"%{sought}%", text.strip(), house.when(on).as_of, limit))
        customers = [int(row[0]) for row in rows]
    day = the_day(house, on)
    place = {int(customer): i for i, customer in enumerate(day.rows["customer_id"])}
    found = person_lines(house, day, [place[customer] for customer in customers if customer in place], language)
    new = [customer for customer in customers if customer not in place and on == house.today]
    return [*found, *(PersonLine(customer, *who, NEW_HERE[language], is_new=True) for customer, who in people(house, new).items())][:limit]


def person_lines(house: House, day: JudgedDay, lines: list[int], language: str) -> list[PersonLine]:
    """One line a customer: who, and why she is left in peace or not."""
    who = people(house, [int(day.rows["customer_id"][i]) for i in lines])
    out = []
    for i in lines:
        customer = int(day.rows["customer_id"][i])
        out.append(PersonLine(customer, *who[customer], day_sentence(house, day, i, language)))
    return out


def day_sentence(house: House, day: JudgedDay, i: int, language: str, with_title: bool = True) -> str:
    """Why one customer gets this word, or is left in peace, in one sentence; `with_title` says first which word."""
    row = {name: int(column[i]) for name, column in day.rows.items()}
    reason, voice = Reason(row["reason"]), voice_of(house, row["customer_id"], language)
    evidence = _evidence(house, day, row["customer_id"], row["action_id"])
    thing = thing_name(house, row["item_id"], language)
    if reason in (Reason.SAID, Reason.HELD_OUT):
        action = house.action(row["action_id"])
        if action and reason == Reason.SAID:
            title = house.title(row["action_id"], language) if with_title else ""
            why = why_of(house, action, evidence, row, language, day.when.today, voice)
            return f"{title}. {why}" if title else why
    if reason == Reason.NOT_WORTH_HER_ATTENTION and not row["action_id"]:
        return voice(NOTHING_CONCERNS[language])
    sentence = reason_sentence(reason, evidence, thing, language, day.when.today, voice)
    title = house.title(row["action_id"], language)
    about_action = reason >= Reason.EXPIRED and reason != Reason.HELD_OUT and title
    return f"{title}. {sentence}" if about_action else sentence


def why_of(house: House, action: Action, evidence: dict[str, Any], row: dict[str, int], language: str, today: int, voice: Voice) -> str:
    """Why this word is worth saying to her."""
    thing, because = thing_name(house, row["item_id"], language), thing_name(house, row["because_item_id"], language)
    return why_sentence(evidence, frozenset(columns_in(parse_whom(action.whom))), thing, because, language, today, voice)


def _evidence(house: House, day: JudgedDay, customer: int, action_id: int) -> dict[str, Any]:
    _, verdicts = house.alone.judge(customer, day.when)
    found = next((verdict for verdict in verdicts if verdict["action_id"] == action_id), None)
    return found or house.alone.read("her", customer, day.when)[0] | {"basis": 1, "own_gap_days": 0, "item_times": 0, "item_due_permille": 0, "kind": 0}


def _touch_line(house: House, day: JudgedDay, i: int, who: dict[int, tuple[str, str]], language: str) -> TouchLine:
    row = {name: int(column[i]) for name, column in day.rows.items()}
    customer = row["customer_id"]
    action = house.action(row["action_id"])
    key, name = who[customer]
    why = day_sentence(house, day, i, language, with_title=False)
    title = house.title(row["action_id"], language)
    say = say_of(house, action, row, name, language) if action else title
    how = HOW[Channel(row["channel"])][language]
    return TouchLine(customer, key, name, action.key if action else "", title, how, say, why, round(row["value_millicents"] / 1000))


def say_of(house: House, action: Action, row: dict[str, Any], name: str, language: str) -> str:
    """What is said or done, as the book words it."""
    thing, because = thing_name(house, row["item_id"], language), thing_name(house, row["because_item_id"], language)
    text = action.say.get(language) or action.say["en"]
    return text.replace("{thing}", thing).replace("{because}", because).replace("{name}", name if name.startswith("N°") else name.split(" ")[0])


__all__ = ["customer_of", "day_sentence", "people_by_reason", "plan_day", "reason_title", "search_people", "the_day", "touches_of"]
