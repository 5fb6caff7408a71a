"""Reasons in the words of a shopkeeper, in English and French: from a reason and its evidence to one sentence.

Evidence is a row of `judged`. Things are named without an article, as the catalogue's plain names are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from habitue.decide.phrases import ASKED_ALREADY, GIVEN, INFERRED, NOTED, PLURAL, SENTENCES, TITLES, WHY, Both
from habitue.decide.pronouns import Voice
from habitue.words.clock import date_of
from habitue.words.reasons import Reason
from habitue.words.typesetting import hour_text
from habitue.words.vocabulary import Kind, Told

Evidence = Mapping[str, Any]
RETURNED = 5  # the basis of a word about a thing that came back
ABOUT_HER = (
    (frozenset({"birthday_in_days"}), "birthday"),
    (frozenset({"anniversary_in_days"}), "anniversary"),
    (frozenset({"late_permille"}), "late"),
    (frozenset({"days_since_first"}), "newcomer"),
    (frozenset({"baskets_28", "baskets_91", "baskets_365", "spend_28_cents", "spend_365_cents", "is_regular"}), "regular"),
)
"""Which phrase explains a word about her, by the columns that its audience asks for; the first that fits."""


def reason_title(reason: Reason, language: str) -> str:
    """The reason as the heading of a list: “Heard from us this week”."""
    return TITLES[reason][language]


def reason_sentence(reason: Reason, evidence: Evidence, thing: str, language: str, today: int, voice: Voice = str) -> str:
    """Why an action is not said to her today, as one sentence with its evidence; `voice` turns the sentence, never the name of a thing."""
    return voice(_said_of(reason, evidence)[language]).format(**_slots(evidence, thing, "", language, today))


def _said_of(reason: Reason, evidence: Evidence) -> Both:
    """The sentence of a reason; some say more exactly what stands behind them."""
    if reason == Reason.DISLIKED and (told := evidence.get("feeling_told")) in (Told.SELLER_NOTED, Told.INFERRED):
        return NOTED if told == Told.SELLER_NOTED else INFERRED
    if reason == Reason.ALREADY_BOUGHT and evidence.get("gift_day") and not evidence.get("item_times"):
        return GIVEN
    if reason == Reason.SAID_ALREADY and evidence.get("basis") == RETURNED:
        return ASKED_ALREADY
    return SENTENCES[reason]


def why_sentence(evidence: Evidence, asked: frozenset[str], thing: str, because: str, language: str, today: int, voice: Voice = str) -> str:
    """Why a word is worth saying to her today, as a shopkeeper would say it aloud.

    `evidence` is a row of the relation of that name; `asked` are the columns that the action's audience asks for, so that a word about her
    (basis 1: about no thing) is explained by what the action looked at.
    """
    slots, basis = _slots(evidence, thing, because, language, today), evidence["basis"]
    if basis == 2 and evidence["own_gap_days"] > 0 and evidence["item_times"] >= 3:
        kind = "habit_due" if evidence["item_due_permille"] >= 800 else "habit"
    elif basis == 2:
        kind = "bought"
    elif basis == 3:
        kind = "because"
    elif basis == 4:
        kind = "near"
    elif basis == RETURNED:
        kind = "returned"
    else:
        kind = next((phrase for columns, phrase in ABOUT_HER if asked & columns), "service" if evidence["kind"] == Kind.SERVICE else "gesture")
    return voice(WHY[kind][language]).format(**slots)


def days_text(days: int, language: str) -> str:
    """So many days: “one day”, “eleven days”, “41 days”."""
    one, many, numbers = PLURAL[language]
    number = numbers[days] if 0 <= days < len(numbers) else f"{days}"
    return one if days == 1 else many.format(number=number)


def every_text(gap_days: int, language: str) -> str:
    """At which rhythm: “every day”, “every eleven days”; without one, “now and then”."""
    if gap_days <= 0:
        return "de temps en temps" if language == "fr" else "now and then"
    if gap_days == 1:
        return "tous les jours" if language == "fr" else "every day"
    return f"tous les {days_text(gap_days, language)}" if language == "fr" else f"every {days_text(gap_days, language)}"


def ago_text(day: int, today: int, language: str) -> str:
    """How long ago a day was: “today”, “yesterday”, “nine days ago”."""
    days = today - day
    if language == "fr":
        return "aujourd’hui" if days <= 0 else "hier" if days == 1 else f"il y a {days_text(days, language)}"
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days_text(days, language)} ago"


def in_text(days: int, language: str) -> str:
    """How soon a day is: “today”, “tomorrow”, “in five days”."""
    if language == "fr":
        return "aujourd’hui" if days <= 0 else "demain" if days == 1 else f"dans {days_text(days, language)}"
    return "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days_text(days, language)}"


def _slots(evidence: Evidence, thing: str, because: str, language: str, today: int) -> dict[str, Any]:
    said, waiting = evidence.get("said_day") or 0, evidence.get("waiting_since_day") or 0
    paused = evidence.get("paused_until_day") or 0
    return {
        "thing": thing or ("this" if language == "en" else "ceci"),
        "because": because,
        "since": days_text(evidence.get("item_days_since") or 0, language),
        "every": every_text(evidence.get("own_gap_days") or 0, language),
        "because_ago": ago_text(today - (evidence.get("because_days_since") or 0), today, language),
        "bought_ago": ago_text(today - (evidence.get("item_days_since") or 0), today, language),
        "said_ago": ago_text(said, today, language),
        "waiting_ago": ago_text(waiting, today, language),
        "until": _date(paused, language),
        "disliked_ago": ago_text(evidence.get("feeling_said_day") or today, today, language),
        "gift_ago": ago_text(evidence.get("gift_day") or today, today, language),
        "returned_ago": ago_text(evidence.get("returned_day") or today, today, language),
        "words_7": evidence.get("words_7", 0),
        "words_28": evidence.get("words_28", 0),
        "unanswered_28": evidence.get("unanswered_28", 0),
        "asked": evidence.get("asked_91", 0),
        "given": evidence.get("given_91", 0),
        "ignored": evidence.get("ignored", 0),
        "hour": hour_text(evidence.get("at_hour") or 0, language),
        "use_in": min(max(2, round(1000 / max(evidence.get("use_chance_permille") or 0, 1))), 100),
        "times": evidence.get("item_times", 0),
        "birthday_in": in_text(evidence.get("birthday_in_days") or 0, language),
        "months": max((evidence.get("days_since_first") or 0) * 12 // 365, 1),
        "visit_every": every_text(evidence.get("gap_days") or 0, language),
        "since_visit": days_text(evidence.get("days_since_last") or 0, language),
        "first_ago": ago_text(today - (evidence.get("days_since_first") or 0), today, language),
        "baskets": evidence.get("baskets_91", 0),
    }


def _date(day: int, language: str) -> str:
    if not day:
        return ""
    on = date_of(day)
    months = MONTHS[language]
    return f"{on.day} {months[on.month - 1]} {on.year}"


MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
}
