"""The butcher's card: what is known of one customer, how it is known, what to say, and what never to say."""

from __future__ import annotations

from typing import Any

from habitue.app.card_words import Words
from habitue.app.deciding import decide_for
from habitue.app.house import House
from habitue.app.merging import household_of
from habitue.app.model import Card, Decision, Fact, YearMark
from habitue.app.names import customer_of, not_known_yet, people, person_of, thing_name, voice_of
from habitue.app.remembering import heard, shown_tastes, statements_of
from habitue.app.sharing import shared_with
from habitue.app.spoken import said_to
from habitue.decide.model import When
from habitue.decide.phrases import VEILED
from habitue.decide.sentences import ago_text, days_text
from habitue.events.lookup import look_up
from habitue.identity.linking import linked
from habitue.identity.records import keys_of
from habitue.words.clock import date_of, day_number
from habitue.words.errors import Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Strength, Told

Row = dict[str, Any]
LOVED_FROM_DECAYED = 2_000
DUE_FROM_PERMILLE = 900
YEAR_DAYS = 365


def card_of(house: House, customer_key: str, on: int | None = None, language: str = "en") -> Card:
    """The card of a customer as of 06:00 on a day.

    Raises: Unknown where nobody has that key, or nobody was known on that day.
    """
    customer = customer_of(house, customer_key)
    when, voice = house.when(on), voice_of(house, customer, language)
    words = Words(language, voice)
    known = house.alone.read("her", customer, when)
    if not known:
        raise Unknown(not_known_yet(customer_key, when.today))
    her = known[0]
    key, name = people(house, [customer])[customer]
    keys = keys_of(house.truth, [customer])[customer]
    person = person_of(house, customer)
    is_reckoned = not house.alone.read("no_profiling", customer, heard(house, None))
    found = house.alone.read("foreseen", customer, when) if is_reckoned else []
    habits = sorted(found, key=lambda row: (-row["decayed"], row["item_id"]))
    tastes, refused = shown_tastes(house, customer, on)
    tastes = sorted([*tastes, *_in_her_words(house, customer_key, on)], key=lambda row: (row["told"], -row["strength"], row["item_id"]))
    tastes = [row for row in tastes if is_reckoned or row["told"] != Told.INFERRED]
    wanted = [row for row in habits if row["item_id"] not in refused]
    decision = decide_for(house, customer_key, when.today, language)
    facts = (
        _comes(her, words) if is_reckoned else _unreckoned("comes", words),
        _loves(house, wanted, tastes, words),
        _avoids(house, tastes, words),
        _due(house, wanted, words) if is_reckoned else _unreckoned("due", words),
        _last_said(house, customer, when, words),
        _year_with_us(house, customer, her, when, words) if is_reckoned else Fact(words["year"], words.year(her), ""),
    )
    return Card(
        customer_id=customer,
        customer_key=key,
        name=name,
        since=words.since(when.today - her["days_first"], her["baskets_365"]),
        on=date_of(when.today),
        greet=words.greet(person.title, person.given_name, person.family_name),
        facts=facts,
        never=tuple(_never(house, tastes, words)),
        set_aside=_set_aside(decision, words),
        do_not_say=tuple(f"{v.title}{words.colon}{v.sentence}" for v in decision.others if v.reason in STOPS and v.sentence != voice(VEILED[language]))[:3],
        year=_year(house, customer, when),
        other_keys=tuple(keys[1:]),
        joined=_joined(house, customer, keys),
        shares=tuple((words[f"shares_{kind}"], tuple(people(house, others).values())) for kind, others in shared_with(house.truth, customer).items()),
        household=tuple(people(house, household_of(house.truth, customer)).values()),
    )


def _joined(house: House, customer: int, keys: list[str]) -> tuple[tuple[str, str], ...]:
    """Every two of her numbers that were joined directly, the earlier first, in the order of the later."""
    if len(keys) < 2:
        return ()
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    place = {key: number for number, key in enumerate(keys)}
    of = {profile: place[key] for profile, key in look_up(house.truth, "identity", "keys_of_profiles", profiles) if key in place}
    links = [(each.one_profile_id, each.other_profile_id) for each in linked(house.truth, of, ("person",))]
    pairs = {tuple(sorted((of[one], of[other]))) for one, other in links if one in of and other in of}
    return tuple((keys[first], keys[second]) for first, second in sorted(pairs, key=lambda pair: pair[::-1]))


STOPS = (Reason.ALREADY_BOUGHT, Reason.DISLIKED, Reason.OUT_OF_STOCK, Reason.NOT_DUE, Reason.SAID_ALREADY)


def _unreckoned(heading: str, words: Words) -> Fact:
    """What is not shown of her who asked us to reckon nothing from her purchases, from the moment at which she said so, whichever day is looked at.

    Source: Regulation (EU) 2016/679, article 21(1).
    """
    return Fact(words[heading], words["not_reckoned"], words["she_asked"])


def _comes(her: Row, words: Words) -> Fact:
    if not her["visits"]:
        return Fact(words["comes"], words["never_yet"], "")
    often = words["came_once"] if her["visits"] == 1 else words.every(her["gap_days"])
    text = words.weekdays(her["usual_weekday"]) if her["usual_weekday"] else often
    late = her["late_permille"] >= 2000 and her["visits"] >= 4
    proof = words.last_came(her["days_since_last"], late)
    return Fact(words["comes"], text, proof)


def _in_her_words(house: House, customer_key: str, on: int | None) -> list[Row]:
    """What she thinks of what things are like, where that counts: “coriander” need be nothing that the catalogue knows."""
    said = [one for one in statements_of(house, customer_key, on) if one.counts and one.subject == "attribute" and one.about]
    return [
        {
            "item_id": 0,
            "name": one.about,
            "feeling": one.feeling,
            "strength": Strength[one.strength.upper()],
            "told": Told[one.told.upper()],
            "said_day": day_number(one.on),
        }
        for one in said
    ]


def _loves(house: House, habits: list[Row], tastes: list[Row], words: Words) -> Fact:
    said = [row for row in tastes if row["feeling"] > 0]
    things = {row["item_id"] for row in said}
    loved = [row for row in habits if row["decayed"] >= LOVED_FROM_DECAYED and row["item_id"] not in things][: 4 - len(said[:2])]
    if not said and not loved:
        loved = habits[:2]
    proven = [(words.told(row["told"]), _name(house, row, words)) for row in said[:2]]
    proven += [(words.bought_times([row["times"] for row in loved]), _name(house, row, words)) for row in loved]
    return _proven(words, words["loves"], words["not_known"], "", proven)


def _avoids(house: House, tastes: list[Row], words: Words) -> Fact:
    proven = [(words.told(row["told"], row["said_day"]), _name(house, row, words)) for row in tastes if row["feeling"] < 0]
    return _proven(words, words["avoids"], words["nothing_known"], words["nothing_said"], proven)


def _name(house: House, row: Row, words: Words) -> str:
    return row.get("name") or thing_name(house, row["item_id"], words.language)


def _proven(words: Words, heading: str, nothing: str, no_proof: str, proven: list[tuple[str, str]]) -> Fact:
    """Things, and how each of them is known: said once where it is the same for all, else beside its things."""
    by_proof: dict[str, list[str]] = {}
    for proof, name in proven:
        by_proof.setdefault(proof, []).append(name)
    if not by_proof:
        return Fact(heading, nothing, no_proof)
    each = [f"{', '.join(dict.fromkeys(things))}{words.colon}{proof}" for proof, things in by_proof.items()]
    text = words.listed([thing for things in by_proof.values() for thing in things])
    return Fact(heading, text, words.semicolon.join(each) if len(each) > 1 else next(iter(by_proof)))


def _never(house: House, tastes: list[Row], words: Words) -> list[str]:
    """What she told us on one day that she cannot stand, in one sentence; and what a seller noted, in another."""
    by_day: dict[tuple[int, int], list[str]] = {}
    for row in tastes:
        if row["feeling"] < 0 and row["told"] != Told.INFERRED:
            by_day.setdefault((row["said_day"], row["told"]), []).append(_name(house, row, words))
    return [words.never(", ".join(dict.fromkeys(things)), told, day) for (day, told), things in sorted(by_day.items())]


def _due(house: House, habits: list[Row], words: Words) -> Fact:
    due = [row for row in habits if row["times"] >= 4 and row["due_permille"] >= DUE_FROM_PERMILLE and row["due_permille"] <= 2500]
    due = sorted(due, key=lambda row: (-row["chance_permille"], -row["decayed"], row["item_id"]))[:3]
    if not due:
        return Fact(words["due"], words["nothing_due"], "")
    first = due[0]
    proof = words.due(thing_name(house, first["item_id"], words.language), first["gap_days"], first["days_since"])
    return Fact(words["due"], words.listed([thing_name(house, row["item_id"], words.language) for row in due]), proof)


def _last_said(house: House, customer: int, when: When, words: Words) -> Fact:
    said = said_to(house, customer, when)
    if not said:
        return Fact(words["last_said"], words["nothing_yet"], "")
    last = said[0]
    title = house.title(last["action_id"], words.language) or words["a_word"]
    proof = words["she_answered"] if last["is_answered"] else words["no_answer"]
    return Fact(words["last_said"], f"{title}, {ago_text(last['day'], when.today, words.language)}", proof)


def _year_with_us(house: House, customer: int, her: Row, when: When, words: Words) -> Fact:
    categories = house.alone.read("habit", customer, when, instead={"bought_type": "bought_category"})
    categories = sorted(categories, key=lambda row: (-row["times"], row["item_id"]))[:2]
    names = [thing_name(house, row["item_id"], words.language) for row in categories]
    turned = sorted(house.alone.read("new_and_lapsed", customer, when), key=lambda row: (-row["decayed"], row["item_id"]))
    new, lapsed = ([thing_name(house, row["item_id"], words.language) for row in turned if row["is_new"] == is_new][:2] for is_new in (1, 0))
    return Fact(words["year"], words.year(her), words.semicolon.join(part for part in (words.mostly(names), words.new(new), words.lapsed(lapsed)) if part))


def _set_aside(decision: Decision, words: Words) -> tuple[str, ...]:
    chosen = decision.chosen
    return (words.set_aside(chosen.thing),) if chosen and chosen.thing and chosen.action_key.startswith("set-aside") else ()


def _year(house: House, customer: int, when: When) -> tuple[YearMark, ...]:
    first = when.today - YEAR_DAYS
    visits = [row for row in house.alone.read("visit", customer, when) if row["day"] > first]
    fullest = max((row["amount_cents"] for row in visits), default=0) or 1
    baskets = [YearMark(row["day"], True, max(row["amount_cents"], 0) / fullest, False) for row in visits]
    words = [YearMark(row["day"], False, 0.0, bool(row["is_answered"])) for row in said_to(house, customer, when) if row["day"] > first]
    return tuple(sorted([*baskets, *words], key=lambda mark: (mark.day, not mark.is_basket)))


__all__ = ["card_of", "days_text"]
