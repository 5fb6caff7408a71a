"""Her own page: what we know of her and how, why we wrote, what she waits for, and what she chose. Read, never written, here."""

from __future__ import annotations

from functools import cache
from typing import Any

from habitue.app.deciding import decided_now
from habitue.app.her.awaiting import waits_of
from habitue.app.her.words import NEW, TODAY, habit_words, headline_of, line_of, peace_of, why_of
from habitue.app.house import House
from habitue.app.leave_words import BY
from habitue.app.leaving import WRITTEN, without_yes
from habitue.app.model import HerHabit, HerLeave, HerLine, HerPage, HerWord
from habitue.app.names import customer_of, person_of, thing_name
from habitue.app.remembering import Statement, heard, is_veiled, shown_tastes, statements_of
from habitue.app.spoken import said_to
from habitue.consent.model import MARKETING, WITHOUT_CHANNEL
from habitue.content.audience import columns_in, parse_whom
from habitue.decide.model import When
from habitue.decide.sentences import ABOUT_HER
from habitue.dialogue.satisfaction import ACTION
from habitue.events.lookup import look_up
from habitue.identity.records import revisions_of
from habitue.store import sql_text
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Basis, Channel, Kind, Level, Purpose, Subject

Row = dict[str, Any]
HABITS_SHOWN, WORDS_SHOWN = 12, 12
PURPOSE_OF = {Kind.OFFER: Purpose.OFFERS, Kind.SERVICE: Purpose.SERVICE}
"""For what a word was, where the book does not know its action any more; else it was advice."""


def her_page(house: House, customer_key: str, language: str = "en") -> HerPage:
    """Everything that her page shows, as of this instant.

    Raises: Unknown where nobody has that key.
    """
    customer, when = customer_of(house, customer_key), heard(house, None)
    known = next(iter(house.alone.read("her", customer, when)), {})
    foreseen = _foreseen(house, customer, when)
    found = decided_now(house, customer)
    decided, word = _today(house, customer, found, foreseen, language)
    person = person_of(house, customer)
    said = house.alone.read("said_leave", customer, when)
    standing = {(row["purpose"], row["channel"]): bool(row["is_granted"]) for row in said}
    free = without_yes(house, customer)
    stated = [row for row in house.alone.read("stated", customer, when) if row["standing"] == 0]
    unwelcome = {row["item_id"] for row in stated if row["subject"] == Subject.CHANNEL and row["feeling"] < 0}
    spoken = statements_of(house, customer_key, None, language)
    pause = known.get("paused_until_day", 0)
    return HerPage(
        name=f"{person.given_name} {person.family_name}".strip(),
        today=when.today,
        lines=tuple(_lines(spoken, language)),
        habits=tuple(_habits(house, customer, foreseen, language)),
        decided=decided,
        word=word,
        words=tuple(_words(house, customer, when, foreseen, language, found["action_id"] if found and word else 0)),
        waits=tuple(waits_of(house, customer_key)),
        pace=next((row["feeling"] for row in stated if row["subject"] == Subject.RHYTHM), 0),
        paused_until=pause if pause >= when.today else 0,
        silences=tuple((one.number, one.about) for one in spoken if one.subject == "hour" and one.counts and one.feeling < 0),
        ways=tuple((way.name.lower(), _first(BY[way][language == "fr"]), way in unwelcome) for way in Channel),
        leaves=tuple(_leaves(house, standing, free, known, language)),
        kept=tuple(_kept(house, standing, language)),
        birthday=_birthday(house, customer),
    )


def why_written(house: House, customer: int, row: Row, language: str) -> str:
    """Why a word of ours is said to her, in words for her. `row` has its `action_id`, `item_id`, `because_item_id` and `day`."""
    return _why(house, row, _foreseen(house, customer, heard(house, None)), language)


def _foreseen(house: House, customer: int, when: When) -> list[Row]:
    """What she buys, as far as she lets us reckon it, the most often first."""
    reckoned = [] if house.alone.read("no_profiling", customer, when) else house.alone.read("foreseen", customer, when)
    return sorted(reckoned, key=lambda row: (-row["decayed"], row["item_id"]))


def _lines(said: list[Statement], language: str) -> list[HerLine]:
    """What was said or noted of her and was not taken back, what counts first."""
    lines = [line_of(one, language) for one in said if not one.is_withdrawn]
    return sorted(lines, key=lambda line: not line.counts)


def _habits(house: House, customer: int, foreseen: list[Row], language: str) -> list[HerHabit]:
    """The things that she buys, without those of which a word of hers says no."""
    _tastes, refused = shown_tastes(house, customer, None)
    shown = [row for row in foreseen if row["item_id"] not in refused and row["times"] > 1][:HABITS_SHOWN]
    return [HerHabit(about_of(house, row["item_id"]), _first(thing_name(house, row["item_id"], language)), habit_words(row, language)) for row in shown]


def about_of(house: House, item_id: int) -> str:
    """How a word names a thing: “type:MEAT/VEAL”; nothing for no thing."""
    rows = house.truth.run(sql_text("app", "item_key"), (item_id,)) if item_id else []
    return f"{Level(rows[0][0]).name.lower()}:{rows[0][1]}" if rows else ""


def _today(house: House, customer: int, found: Row | None, foreseen: list[Row], language: str) -> tuple[str, HerWord | None]:
    """What is decided for her today, in one sentence, and the word, where there is one."""
    place = int(language == "fr")
    if found is None:
        return NEW[place], None
    if found["reason"] != Reason.SAID:
        thing = "" if is_veiled(house, customer, heard(house, None)) else thing_name(house, found["item_id"], language)
        return peace_of(Reason(found["reason"]), language, thing), None
    word = _word(house, found | {"touch_id": 0, "day": house.today, "is_answered": 0}, foreseen, language)
    return TODAY[place].format(headline=word.headline[:1].lower() + word.headline[1:]), word


def _words(house: House, customer: int, when: When, foreseen: list[Row], language: str, today_s: int) -> list[HerWord]:
    """What we said to her within a year, the newest first; today’s word stands above, as today’s."""
    said = [row for row in said_to(house, customer, when) if (row["day"], row["action_id"]) != (when.today, today_s)]
    told = []
    for row in said[:WORDS_SHOWN]:
        ours = house.truth.run(sql_text("app", "decided_for_her"), (customer, row["day"]))
        because = next((line[3] for line in ours if line[0] == Reason.SAID and line[1] == row["action_id"]), 0)
        told.append(_word(house, row | {"because_item_id": because}, foreseen, language))
    return told


def _word(house: House, row: Row, foreseen: list[Row], language: str) -> HerWord:
    thing = thing_name(house, row["item_id"], language)
    way = BY[Channel(row["channel"])][language == "fr"] if row["channel"] else ""
    why = _why(house, row, foreseen, language)
    leave = None if thing else _leave_of(house, row, way, language)
    return HerWord(row["touch_id"], headline_of(row["kind"], thing, language), thing, row["day"], way, why, bool(row["is_answered"]), leave)


def _leave_of(house: House, row: Row, way: str, language: str) -> HerLeave | None:
    """The leave by which a word came; none where it was about an order of hers, or nobody knows how it came."""
    action = house.action(row["action_id"])
    if action is None and _is_asked_after(house, row):
        return None
    purpose = action.purpose if action else PURPOSE_OF.get(Kind(row["kind"]), Purpose.ADVICE)
    if purpose not in MARKETING or not row["channel"]:
        return None
    return HerLeave(purpose.name.lower(), Channel(row["channel"]).name.lower(), f"{house.notices.title(purpose, language)}, {way}", True)


def _is_asked_after(house: House, row: Row) -> bool:
    """Whether a word asked her, after a conversation, how we had answered: by no leave of hers, and for no action of the book."""
    return any(number == row["action_id"] for number, _ in look_up(house.truth, "memory", "actions_by_key", [ACTION]))


def _why(house: House, row: Row, foreseen: list[Row], language: str) -> str:
    """Why we wrote: from her purchases where it was about a thing, else from what the action looks at."""
    habit = next((each for each in foreseen if each["item_id"] == row["item_id"]), None)
    if habit and habit["first_day"] < row["day"]:
        return why_of("habit", language, thing=thing_name(house, row["item_id"], language), often=habit_words(habit, language))
    if row["because_item_id"]:
        return why_of("because", language, because=thing_name(house, row["because_item_id"], language))
    action = house.action(row["action_id"])
    if action is None:
        return why_of("asked" if _is_asked_after(house, row) else "before", language)
    if row["item_id"]:
        return why_of("near", language)
    return why_of(_looks_at(action.whom), language)


@cache
def _looks_at(whom: str) -> str:
    """Which phrase explains a word about her, by what its audience asks for."""
    asked = frozenset(columns_in(parse_whom(whom)))
    return next((phrase for columns, phrase in ABOUT_HER if asked & columns), "plain")


def _leaves(
    house: House, standing: dict[tuple[int, int], bool], free: dict[tuple[int, int], Basis], known: Row, language: str
) -> list[tuple[str, tuple[HerLeave, ...]]]:
    """Every purpose that a message carries, by every way by which we can reach her or of which she has spoken."""
    has = {Channel.EMAIL: "has_email", Channel.SMS: "has_sms", Channel.POST: "has_post", Channel.PHONE: "has_phone"}
    spoken = {channel for _, channel in standing}
    ways = [way for way in WRITTEN if known.get(has[way]) or way in spoken] or [Channel.EMAIL]
    found = []
    for purpose in Purpose:
        if purpose not in WITHOUT_CHANNEL and (purpose in house.notices.used or any(told == purpose for told, _ in (*standing, *free))):
            stands = [(way, standing.get((purpose, way)), free[purpose, way].name.lower() if (purpose, way) in free else "") for way in ways]
            each = [HerLeave(purpose.name.lower(), way.name.lower(), BY[way][language == "fr"], said, basis) for way, said, basis in stands]
            found.append((_title(house, purpose, language), tuple(each)))
    return found


def _kept(house: House, standing: dict[tuple[int, int], bool], language: str) -> list[HerLeave]:
    """What no message carries: whether we may remember her health, reckon from her purchases, tell advertisers, see what she opens."""
    kept = []
    for purpose in WITHOUT_CHANNEL:
        said = [is_granted for (told, _channel), is_granted in standing.items() if told == purpose]
        if said or purpose in house.notices.used:
            kept.append(HerLeave(purpose.name.lower(), "shop", _title(house, purpose, language), all(said) if said else None))
    return kept


def _title(house: House, purpose: Purpose, language: str) -> str:
    """What the brand calls a purpose, on its notices."""
    return _first(house.notices.title(purpose, language))


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _birthday(house: House, customer: int) -> tuple[int, int]:
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    told = [each[-1].birthday_mmdd for each in revisions_of(house.truth, profiles).values() if each[-1].birthday_mmdd]
    return (told[0] // 100, told[0] % 100) if told else (0, 0)
