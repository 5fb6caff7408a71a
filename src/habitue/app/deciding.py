"""One customer, one day: the decision in sentences that a shopkeeper would say, then every other action with what stopped it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from habitue.app.days import say_of, why_of
from habitue.app.house import House
from habitue.app.judging import JudgedDay, judged_day
from habitue.app.model import Decision, Verdict
from habitue.app.names import HOW, customer_of, not_known_yet, people, thing_name, voice_of
from habitue.app.planning import is_planned, written_for
from habitue.app.remembering import heard, is_veiled
from habitue.decide.model import When
from habitue.decide.phrases import VEILED
from habitue.decide.pronouns import Voice
from habitue.decide.sentences import reason_sentence, reason_title
from habitue.store.relations import relation
from habitue.words.clock import date_of
from habitue.words.errors import Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel

Row = dict[str, Any]

SILENCE = {"en": "{name} is left in peace.", "fr": "On laisse {name} en paix."}
TOUCH = {"en": "A word for {name}: {title}.", "fr": "Un mot pour {name} : {title}."}
NOTHING = {
    "en": "Of {count} things we could say, {possible} concern her today, and none is worth her attention.",
    "fr": "Sur {count} choses que nous pourrions dire, {possible} la concernent aujourd’hui, et aucune ne vaut son attention.",
}
BEST = {"en": "What would be worth most to her: {title}.", "fr": "Ce qui vaudrait le plus pour elle : {title}."}
TERM_NAMES = {
    "gain": "gain_millicents",
    "worth": "worth_millicents",
    "cost": "cost_millicents",
    "attention": "attention_millicents",
}


def decide_for(house: House, customer_key: str, on: int | None = None, language: str = "en") -> Decision:
    """The decision on one customer on one day: as the plan says where one is written, else from the truth alone, or from the day where a budget is shared out.

    Of today it heeds what she has said since: a word of hers takes back what the morning decided.

    Raises: Unknown where nobody has that key, or nobody was known on that day.
    """
    customer = customer_of(house, customer_key)
    when = house.when(on)
    if not house.alone.read("customer_now", customer, when):
        raise Unknown(not_known_yet(customer_key, when.today))
    decided, verdicts = _decided(house, customer, when)
    key, name = people(house, [customer])[customer]
    reason = Reason(decided["reason"])
    voice = voice_of(house, customer, language)
    if reason == Reason.FORGOTTEN:  # what may be said by what is known now would show what stopped it then
        verdicts = [row for row in verdicts if row["reason"] != Reason.SAID]
    others = [_verdict(house, row, decided, language, when.today, voice) for row in verdicts]
    is_hidden = is_veiled(house, customer, when)
    others = [replace(v, thing="", sentence=voice(VEILED[language])) if is_hidden and v.reason == Reason.DISLIKED else v for v in others]
    chosen = next((v for v, row in zip(others, verdicts, strict=True) if row["action_id"] == decided["action_id"]), None)
    is_touch = reason == Reason.SAID
    shown = {v.action_key for v in others}
    rest = [_absent(house, rank, language) for rank, a in enumerate(house.book.actions) if a.key not in shown]
    title = house.title(decided["action_id"], language)
    headline = (TOUCH if is_touch else SILENCE)[language].format(name=name, title=title[:1].lower() + title[1:])
    listed = sorted((v for v in others if not (is_touch and v is chosen)), key=lambda v: -v.value_cents) + rest
    sentences = _sentences(house, decided, verdicts, name, language, when.today, voice)
    sentences = (voice(VEILED[language]), *sentences[1:]) if is_hidden and reason == Reason.DISLIKED else sentences
    return Decision(customer, key, name, date_of(when.today), is_touch, reason, headline, sentences, chosen if is_touch else None, tuple(listed))


def decided_now(house: House, customer: int) -> Row | None:
    """What stands for her today at this instant, as a row of `decision`; nothing where she was not known this morning. It shares no budget out."""
    when = house.when(None)
    return _decided(house, customer, when, shares_out=False)[0] if house.alone.read("customer_now", customer, when) else None


def _decided(house: House, customer: int, when: When, shares_out: bool = True) -> tuple[Row, list[Row]]:
    """The decision and every verdict; today's as of this instant."""
    if when.today != house.today:
        return _as_the_day_says(house, *house.alone.judge(customer, when), when.today, shares_out)
    now = heard(house, when.today)
    again, verdicts = house.alone.judge(customer, now, is_again=True)
    told, listed = _as_the_day_says(house, again, verdicts, when.today, shares_out)
    reason = _spoken_against(house, now, again, verdicts, told)
    if reason is None:
        return told, listed
    if told["reason"] != Reason.SAID:
        return again, listed
    stopped = [row | {"reason": int(reason)} if row["action_id"] == told["action_id"] else row for row in listed]
    return told | {"reason": int(reason), "channel": 0}, stopped


def _spoken_against(house: House, now: When, again: Row, verdicts: list[Row], told: Row) -> Reason | None:
    """What has been said since the morning that speaks against its decision; nothing where it stands."""
    row = next((row for row in verdicts if row["action_id"] == told["action_id"]), None)
    if again["reason"] in HER_STATE and (told["reason"] != Reason.SAID or (row and row["reason"] == again["reason"])):
        return Reason(again["reason"])
    if told["reason"] != Reason.SAID:
        return None
    read = partial(house.alone.read, customer_id=told["customer_id"], when=now)
    named = {told["item_id"], told["because_item_id"]} - {0}
    if named and any(each["item_id"] in named and each["feeling"] < 0 for each in read("minded")):
        return Reason.DISLIKED
    if told["channel"] in {each["channel"] for each in read("refused_way")}:
        return Reason.UNWELCOME_WAY
    if row is None:
        return Reason.NO_AFFINITY if told["action_id"] in house.question.actions else None
    return None if row["reason"] in NOT_HERS else Reason(row["reason"])


HER_STATE = (Reason.PAUSED, Reason.COMPLAINT_OPEN, Reason.WAITING_FOR_OUR_ANSWER)
NOT_HERS = (Reason.SAID, Reason.SAID_ALREADY, Reason.OVER_BUDGET, Reason.NOT_WORTH_HER_ATTENTION, Reason.NOT_DUE, Reason.HELD_OUT)
"""What may have come about since the morning without a word of hers; it leaves the morning's word as it is."""


def _as_the_day_says(house: House, decided: Row, verdicts: list[Row], on: int, shares_out: bool) -> tuple[Row, list[Row]]:
    """What is written of her on that day, or left to her of a shared budget, in place of what is judged of her now. Writes nothing."""
    action = house.action(decided["action_id"])
    if is_planned(house, on):
        told = written_for(house, on, decided["customer_id"])
    elif shares_out and decided["reason"] == Reason.SAID and action and action.budget:
        told = _line(judged_day(house, on), decided["customer_id"])
    else:
        return decided, verdicts
    if told is None or all(told[name] == decided[name] for name in ("reason", "action_id", "item_id")):
        return decided, verdicts
    its = [row for row in verdicts if row["action_id"] == told["action_id"]] or [dict.fromkeys(relation("evidence").columns, 0)]
    row = its[0] | {name: told[name] for name in told.keys() & its[0].keys()}
    return decided | told, [row] * bool(told["action_id"]) + [other for other in verdicts if other["action_id"] != told["action_id"]]


def _line(day: JudgedDay, customer: int) -> Row | None:
    line = np.flatnonzero(day.rows["customer_id"] == customer)
    return {name: int(column[line[0]]) for name, column in day.rows.items()} if len(line) else None


def _sentences(house: House, decided: dict[str, Any], verdicts: list[dict[str, Any]], name: str, language: str, today: int, voice: Voice) -> tuple[str, ...]:
    reason = Reason(decided["reason"])
    row = next((v for v in verdicts if v["action_id"] == decided["action_id"]), None)
    action = house.action(decided["action_id"])
    if reason == Reason.SAID and row and action:
        how = HOW[Channel(decided["channel"])][language]
        by = {"en": f"It leaves by this way: {how}.", "fr": f"Par ce moyen : {how}."}[language]
        return say_of(house, action, row, name, language), why_of(house, action, row, row, language, today, voice), by
    count = voice(NOTHING[language]).format(count=len(house.book.actions), possible=sum(v["reason"] != Reason.NO_AFFINITY for v in verdicts))
    if row is None:
        if reason == Reason.NOT_WORTH_HER_ATTENTION:
            return (count,)
        evidence = house.alone.read("her", decided["customer_id"], house.when(today))[0]
        return (reason_sentence(reason, evidence, "", language, today, voice),)
    title = house.title(decided["action_id"], language)
    best = voice(BEST[language]).format(title=title[:1].lower() + title[1:])
    return reason_sentence(reason, row, thing_name(house, row["item_id"], language), language, today, voice), best


def _verdict(house: House, row: dict[str, Any], decided: dict[str, Any], language: str, today: int, voice: Voice) -> Verdict:
    reason = Reason(row["reason"])
    thing = thing_name(house, row["item_id"], language)
    is_chosen = row["action_id"] == decided["action_id"]
    if reason == Reason.SAID:
        reason = Reason(decided["reason"]) if is_chosen else Reason.ANOTHER_IS_WORTH_MORE
    action = house.action(row["action_id"])
    says = reason == Reason.SAID and action
    sentence = why_of(house, action, row, row, language, today, voice) if says and action else reason_sentence(reason, row, thing, language, today, voice)
    terms = {term: row[column] / 1000 for term, column in TERM_NAMES.items()}
    terms |= {"buy_percent": row["buy_permille"] / 10, "use_percent": row["use_chance_permille"] / 10}
    title = house.title(row["action_id"], language)
    return Verdict(action.key if action else "", title, thing, reason, sentence, row["value_millicents"] / 1000, terms)


def _absent(house: House, rank: int, language: str) -> Verdict:
    action = house.book.actions[rank]
    sentence = reason_sentence(Reason.NOT_CONCERNED, {}, "", language, 0)
    return Verdict(action.key, action.title.get(language) or action.title["en"], "", Reason.NOT_CONCERNED, sentence, 0.0)


__all__ = ["decide_for", "reason_title"]
