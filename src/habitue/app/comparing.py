"""Two customers side by side, as somebody sees them who is to say whether they are one: what agrees, what differs, and what would follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from habitue.app.card import card_of
from habitue.app.card_words import Words
from habitue.app.house import House
from habitue.app.merging import Pairing
from habitue.app.model import Fact
from habitue.app.names import NUMBER, people
from habitue.app.pair_words import PairWords
from habitue.decide.sentences import MONTHS
from habitue.events.lookup import look_up
from habitue.identity import records
from habitue.identity.model import Person, Revision, Who
from habitue.identity.rules import one_person
from habitue.identity.waiting import Proposal, count_open_pairs, open_pair, open_pairs
from habitue.words.errors import Unknown


@dataclass(frozen=True)
class PairLine:
    """Two customers who may be one, and why somebody should look."""

    one_key: str
    one_name: str
    other_key: str
    other_name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One thing known of both: agreeing, differing, or known of one alone (an empty verdict)."""

    heading: str
    one: str
    other: str
    verdict: str
    is_same: bool


@dataclass(frozen=True)
class Comparison:
    """Two customers, or the two who were taken for one."""

    one_key: str
    one_name: str
    other_key: str
    other_name: str
    is_one: bool
    is_household: bool
    rows: tuple[Row, ...]
    reasons: tuple[str, ...]
    sentences: tuple[str, ...]
    one_facts: tuple[Fact, ...]
    other_facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Side:
    """What is known of one of the two, in words. Lists are sorted."""

    told: dict[str, tuple[str, ...]]
    name: str


def pairs_to_look_at(house: House, language: str, limit: int, offset: int = 0) -> tuple[int, list[PairLine]]:
    """How many pairs of customers may be one each, and a stretch of them, the likeliest first."""
    words = PairWords(language)
    pairs = open_pairs(house.truth, limit, offset)
    who = people(house, sorted({number for pair in pairs for number in (pair.one_id, pair.other_id)}))
    return count_open_pairs(house.truth), [PairLine(*who[pair.one_id], *who[pair.other_id], _reasons(words, pair.proposals)) for pair in pairs]


def compared(house: House, one_key: str, other_key: str, language: str) -> Comparison:
    """Both, side by side.

    Raises: Unknown where a number is nobody's; Refused where both numbers are the same profile's.
    """
    pairing = Pairing(house.truth, house.settings, one_key, other_key, house.clock.instant())
    words = PairWords(language)
    one, other = (_side(house, who, pairing.is_one, words) for who in (pairing.one, pairing.other))
    waiting = open_pair(house.truth, pairing.one.customer_id, pairing.other.customer_id)
    return Comparison(
        *(pairing.keys[0], one.name, pairing.keys[1], other.name),
        is_one=pairing.is_one,
        is_household=pairing.is_household,
        rows=tuple(_row(words, heading, one.told[heading], other.told[heading]) for heading in words.headings if one.told[heading] or other.told[heading]),
        reasons=_reasons(words, waiting.proposals if waiting else ()),
        sentences=words.consequences(pairing.is_one, pairing.is_household),
        one_facts=() if pairing.is_one else _facts(house, NUMBER + pairing.keys[0], language),
        other_facts=() if pairing.is_one else _facts(house, NUMBER + pairing.keys[1], language),
    )


def _side(house: House, who: Who, by_profile: bool, words: PairWords) -> Side:
    """What her profile alone tells, where the two are one customer; all of the customer's else."""
    truth = house.truth
    every = [profile for profile, _ in look_up(truth, "identity", "profiles_of_customers", [who.customer_id])]
    profiles = [who.profile_id] if by_profile else every
    persons = records.told_of(truth, profiles)
    person = one_person([persons[number] for number in sorted(persons)])
    told: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for kind, value in look_up(truth, "identity", "identifiers_of_profiles", profiles):
        told[kind] = (*told[kind], value)
    for name, value in _person_told(person).items():
        if value and not told[name]:  # what recognises her stands in its one spelling already
            told[name] = (value,)
    if revisions := list(records.revisions_of(truth, profiles).values()):
        told["since"] = (Words(words.language).date(min(revision.since_day for each in revisions for revision in each)),)
        told["birthday"] = _birthdays(revisions, words.language)
    orders = look_up(truth, "events", "orders_of_profiles", profiles)
    if days := {order: day for order, day, quantity in orders if quantity > 0}:
        told["orders"] = (words.orders(len(days), Words(words.language).date(max(days.values()))),)
    return Side(told, f"{person.given_name} {person.family_name}".strip())


def _birthdays(revisions: Sequence[Sequence[Revision]], language: str) -> tuple[str, ...]:
    """Of each profile the birthday that it told last; a corrected one is gone."""
    days = sorted({each[-1].birthday_mmdd for each in revisions} - {0})
    return tuple(f"{mmdd % 100} {MONTHS[language][mmdd // 100 - 1]}" for mmdd in days)


def _person_told(person: Person) -> dict[str, str]:
    return {
        "name": " ".join(part for part in (person.title, person.given_name, person.family_name) if part),
        "email": person.email.lower(),
        "phone": person.phone,
        "address": ", ".join(part for part in (person.street, f"{person.postcode} {person.city}".strip(), person.country) if part),
    }


def _row(words: PairWords, heading: str, one: Sequence[str], other: Sequence[str]) -> Row:
    left, right = ({value.casefold() for value in side if value} for side in (one, other))
    is_same = bool(left & right)
    verdict = "" if heading in words.never_judged or not (left and right) else words.same if is_same else words.differs
    return Row(words.headings[heading], ", ".join(one), ", ".join(other), verdict, is_same and bool(verdict))


def _facts(house: House, key: str, language: str) -> tuple[Fact, ...]:
    try:
        return card_of(house, key, language=language).facts
    except Unknown:  # nobody knew her yet this morning
        return ()


def _reasons(words: PairWords, proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """Why somebody should look, each reason once with its greatest chance, by whichever of their numbers it was found."""
    chances: dict[str, int] = {}
    for each in proposals:
        chances[each.reason] = max(each.chance_permille, chances.get(each.reason, 0))
    return tuple(words.reason(reason, chance) for reason, chance in chances.items())
