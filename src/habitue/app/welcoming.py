"""Whoever has proved her address is let in: known by it, or a customer from now on, with what she allowed and what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

import msgspec

from habitue.app.erasure.heeding import Heeding, Telling
from habitue.app.house import House
from habitue.app.listeners import record
from habitue.app.remembering import OURS
from habitue.events.model import AnyEvent, ConsentGiven, Occurrence
from habitue.identity.dead_addresses import revive_address
from habitue.identity.model import Person, Who
from habitue.identity.recognising import Claim, Recognising
from habitue.identity.records import keep_people, revisions_of, told_of, vouched, who_have
from habitue.identity.rules import as_described, normalised
from habitue.identity.visitors import visitor_key
from habitue.words.clock import local_day_and_hour
from habitue.words.vocabulary import Channel, Collected, Purpose


class Proved(Protocol):
    """What she asked for: each purpose with the hash of its text, and where and how that was."""

    @property
    def allowed(self) -> Mapping[Purpose, str]: ...

    @property
    def proof(self) -> str: ...

    @property
    def collected(self) -> Collected: ...


def welcome_in(house: House, email: str, said: Proved, confirmed_by: str, now: int) -> int:
    """Writes down her leave by e-mail for each purpose, under the text that she was shown; gives her profile. Inside a transaction."""
    heeding, by = Heeding(house.truth, house.settings), ("email", email)
    heeding.let_go([Telling((by,), now, came_at=now)])
    who = _who(house, email, now)
    revive_address(house.truth, email, now)
    heeding.say_again()
    yes = [_yes(purpose, text, said, confirmed_by) for purpose, text in said.allowed.items()]
    tell(house, who.profile_id, [*_address_told(house, who, email), *yes], now)
    return who.profile_id


def _yes(purpose: Purpose, text: str, said: Proved, confirmed_by: str) -> AnyEvent:
    return ConsentGiven(purpose, Channel.EMAIL, said.proof, said.collected, notice_hash=text, confirmed_by=confirmed_by)


def tell(house: House, profile_id: int, events: list[AnyEvent], now: int) -> None:
    """Writes down what happened to her at our own door."""
    day, hour = local_day_and_hour(now, house.settings.zone)
    told = [Occurrence(event, OURS, f"door {house.truth.next_seq()}", profile_id, now, day, hour, now) for event in events]
    record(house.truth, told, house.settings.zone, now)


def _who(house: House, email: str, now: int) -> Who:
    """Whose address it is. Where several have it, the leave is hers who asked, and a person may say which of them she is."""
    held = who_have(house.truth, "email", [email]).get(email)
    if held and held.is_one and held.who[0].profile_id in vouched(house.truth, "email", email):
        return held.who[0]
    key = visitor_key(normalised("email", email)) if held else ""
    return Recognising(house.truth, house.settings.zone).recognise([Claim(key, "", email, True, now, tells_address=True)])[0]


def _address_told(house: House, who: Who, email: str) -> list[AnyEvent]:
    """Keeps the address with her name where she has none yet; gives what judgement is told of it."""
    before = told_of(house.truth, [who.profile_id]).get(who.profile_id, Person())
    if before.email:
        return []
    keep_people(house.truth, {who.profile_id: replace(before, email=email)})
    last = revisions_of(house.truth, [who.profile_id])[who.profile_id][-1]
    return [msgspec.structs.replace(as_described(last), has_email=True)]
