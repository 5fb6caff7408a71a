"""Invents what each person of the demo allowed, by purpose and channel, and what she took back.

Shares, of all customers: advice by e-mail 62 %, offers by e-mail 48 %, offers by post 70 %, with a few withdrawals along the year. Whoever is
known to have had letters allowed them. Nothing is asked for the counter or for service: judgement needs no leave there, and respects a no.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from habitue.words.clock import day_number, instant_of
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Channel, Purpose
from habitue.workshop.cast import CAST, LUCIE
from habitue.workshop.grocer import ZONE
from habitue.workshop.invented import HAS_EMAIL, HAS_PHONE, HAS_POST, SINCE, Person, permille

FIRST_DAY = day_number(SINCE)
LUCIE_LEFT_ON = FIRST_DAY + 262  # 20 September 2017


@dataclass(frozen=True)
class Leave:
    """One line of the ledger of consents.

    Units: `at` in UTC seconds.
    """

    household: str
    at: int
    purpose: Purpose
    channel: Channel
    is_given: bool
    proof: str


SHARES: dict[tuple[Purpose, Channel], tuple[int, int]] = {
    (Purpose.ADVICE, Channel.EMAIL): (620, 30),
    (Purpose.OFFERS, Channel.EMAIL): (480, 60),
    (Purpose.INVITATIONS, Channel.EMAIL): (380, 20),
    (Purpose.ADVICE, Channel.SMS): (160, 40),
    (Purpose.OFFERS, Channel.SMS): (90, 60),
    (Purpose.ADVICE, Channel.POST): (560, 10),
    (Purpose.OFFERS, Channel.POST): (700, 20),
    (Purpose.INVITATIONS, Channel.POST): (520, 10),
    (Purpose.INVITATIONS, Channel.PHONE): (80, 20),
    (Purpose.ADVICE, Channel.PHONE): (110, 20),
}
"""Of a thousand customers, how many gave it, and of a thousand of those, how many took it back in 2017."""

PROOFS = ("the welcome form at the counter", "her own page on the site", "the loyalty card's form")
_REACH = {Channel.EMAIL: HAS_EMAIL, Channel.SMS: HAS_PHONE, Channel.PHONE: HAS_PHONE, Channel.POST: HAS_POST}


def leaves(people: Collection[Person], had_letters: Collection[str]) -> list[Leave]:
    """The whole ledger, in the order of households and time; `had_letters` are the households that were written to on paper."""
    return [leave for person in people for leave in sorted(_leaves_of(person, person.household in had_letters), key=lambda one: one.at)]


def _leaves_of(person: Person, had_letters: bool) -> Iterator[Leave]:
    for (purpose, channel), (share, back) in SHARES.items():
        is_known = had_letters and channel == Channel.POST and purpose == Purpose.OFFERS
        if not is_known and not (_can_reach(person, channel) and _gives(person, purpose, channel, share, had_letters)):
            continue
        question = f"{purpose.name} {channel.name}"
        given_on = FIRST_DAY if is_known or person.household in CAST else _given_on(person.household, question)
        yield _leave(person, given_on, purpose, channel, True)
        if person.household == LUCIE.household:
            yield _leave(person, LUCIE_LEFT_ON, purpose, channel, False)
        elif person.household not in CAST and permille(f"back {question}", person.household) < back:
            later = given_on + 30 + positive_number("demo", "left", question, person.household) % 300
            yield _leave(person, later, purpose, channel, False)


def _gives(person: Person, purpose: Purpose, channel: Channel, share: int, had_letters: bool) -> bool:
    """Whether she says yes, so that the share holds over everyone: some have no such address, and some are known to have said it already."""
    if person.household in CAST:
        return True
    reach = _REACH[channel]
    if channel == Channel.POST and purpose == Purpose.OFFERS:
        known = HAD_LETTERS_PERMILLE
        share, reach = max(share - known, 0), reach * (1000 - known) // 1000
    return permille(f"mood {channel.name}", person.household) * reach // 1000 < share


HAD_LETTERS_PERMILLE = 631
"""1,559 of the 2,469 households had at least one letter in the data."""


def _can_reach(person: Person, channel: Channel) -> bool:
    return bool({Channel.EMAIL: person.email, Channel.SMS: person.phone, Channel.PHONE: person.phone, Channel.POST: person.street}[channel])


def _given_on(household: str, question: str) -> int:
    """Four in five gave it when they became customers, the others some day of the year before October."""
    if permille(f"when {question}", household) < 800:
        return FIRST_DAY
    return FIRST_DAY + positive_number("demo", "when", question, household) % 270


def _leave(person: Person, day: int, purpose: Purpose, channel: Channel, is_given: bool) -> Leave:
    proof = PROOFS[positive_number("demo", "proof", person.household) % len(PROOFS)] if is_given else "she asked us to stop"
    return Leave(person.household, instant_of(day, 9 + int(not is_given), ZONE), purpose, channel, is_given, proof)
