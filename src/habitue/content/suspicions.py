"""What is allowed in a book and yet rarely meant: each a warning in one sentence. Pure judgement on an action and its shop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from habitue.content.model import ALWAYS_FROM, ALWAYS_UNTIL, Action, Asks, Basis, Gives, Shop, UseBasis, word_of
from habitue.words.clock import weekday_of
from habitue.words.vocabulary import Channel, Kind, Purpose

LONGEST_TEXT = 160
RESTING = "false"  # an action put to rest on purpose, or said by a person only: it stands in the book so that others can wait for it
WAKING = frozenset({Channel.EMAIL, Channel.SMS, Channel.PHONE})  # the channels that quiet hours concern
FORBIDDEN = re.compile(r"\b(campaigns?|targets?|targeted|targeting|blasts?|users?|cibles?|ciblage|utilisateurs?|utilisatrices?)\b", re.IGNORECASE)

Suspicion = tuple[tuple[str, ...], str]  # where, as a path of keys, and the sentence


def suspicions(action: Action, shop: Shop) -> Iterator[Suspicion]:
    """Everything about one action that a careful reader would ask about."""
    yield from _about_its_texts(action)
    if action.whom == RESTING:
        return
    yield from _about_what_it_asks(action)
    yield from _why_it_never_wins(action, shop)
    yield from _why_it_is_never_sent(action, shop)


def _about_its_texts(action: Action) -> Iterator[Suspicion]:
    for key, texts in (("title", action.title), ("say", action.say)):
        if "fr" not in texts:
            yield (key,), f"“{key}” has no French text; French readers will see the English one."
        for language, text in texts.items():
            if len(text) > LONGEST_TEXT:
                yield (key, language), f"“{key}” in {language} has {len(text)} characters; past {LONGEST_TEXT} nobody reads it in one look."
            if found := FORBIDDEN.search(text):
                yield (key, language), f"“{key}” in {language} says “{found[0]}”; a shopkeeper would not. Say it as you would across the counter."


def _about_what_it_asks(action: Action) -> Iterator[Suspicion]:
    if action.kind == Kind.OFFER:
        if action.asks == Asks.NOTHING:
            yield ("asks",), "An offer that asks nothing is not counted as asking; an offer usually asks for a purchase."
        if action.when.until_day == ALWAYS_UNTIL:
            yield ("when",), "An offer without a last day never ends; add when = { until = … }."
        if action.purpose != Purpose.OFFERS:
            yield ("purpose",), f'An offer under the purpose "{word_of(action.purpose)}" reaches people who did not allow offers; "offers" is meant for it.'
    if action.kind == Kind.QUESTION and action.asks == Asks.NOTHING:
        yield ("asks",), "A question asks for an answer or for time."
    if action.kind in (Kind.CONTENT, Kind.OFFER) and action.gives == Gives.NOTHING:
        yield ("gives",), f'This kind of word gives her something; with gives = "{word_of(action.gives)}" it counts as taking.'


def _why_it_never_wins(action: Action, shop: Shop) -> Iterator[Suspicion]:
    """Silence is worth zero; about no thing, only the relation can be worth more than the word costs."""
    if action.use_basis == UseBasis.FIXED and action.use_permille < shop.floor_use_permille:
        yield ("use",), f"It can never win: its use is {action.use_permille} permille, and below {shop.floor_use_permille} nothing is said."
        return
    if action.basis != Basis.CUSTOMER:
        return
    worth = action.use_permille * action.relation_millicents // 1000
    price = action.cost_millicents + shop.attention_millicents + min(shop.cost_of(channel) for channel in action.channels)
    if worth <= price:
        sum_of = f"use × relation is {_cents(worth)}, and its cost, its cheapest channel and her attention are {_cents(price)} at least"
        yield ("relation_cents",), f"It can never win: {sum_of}."


def _why_it_is_never_sent(action: Action, shop: Shop) -> Iterator[Suspicion]:
    when = action.when
    if shop.is_quiet_at(when.hour) and set(action.channels) <= WAKING:
        yield ("when", "hour"), f"It is never sent: at {when.hour} the shop is quiet (from {shop.quiet_from} until {shop.quiet_until})."
    if when.from_day == ALWAYS_FROM or when.until_day - when.from_day >= 6:
        return
    open_days = {weekday_of(day) for day in range(when.from_day, when.until_day + 1)}
    if not open_days & set(when.weekdays):
        yield ("when", "weekdays"), "It is never sent: none of its weekdays lies between “from” and “until”."


def _cents(millicents: int) -> str:
    return f"{millicents / 1000:g} cents"
