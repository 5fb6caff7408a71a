"""After a conversation, one small letter asks whether we answered well: rarely, a day later, at a decent hour, and never where anything speaks against it.

It is a word of our own accord: it takes of her attention what any other does, and what left stands among what was said to her. Whoever waits for us, complains,
has asked something by law, wants peace, or said no to anything by e-mail, is not asked.
"""

from __future__ import annotations

from dataclasses import replace

from habitue.app.house import House
from habitue.app.inbox.shop_hours import opens_at
from habitue.app.inbox.talking import conversation
from habitue.app.listeners import record
from habitue.app.names import person_of
from habitue.app.post.claiming import SPANS_DAYS
from habitue.app.post.gate import lets_out, may_leave_on
from habitue.app.post.letter_values import tongue_of
from habitue.app.remembering import OURS, heard
from habitue.channels.email.address import sendable
from habitue.channels.email.asking_wording import asking_after
from habitue.channels.email.mail import Mail
from habitue.channels.email.tokens import address_back, asked_mark
from habitue.channels.email.touch_mail import Envelope, asking_mail
from habitue.channels.letters import Letter, Outcome, State, letter_proof, owe
from habitue.consent.law.records import cases_of
from habitue.consent.model import MARKETING
from habitue.consent.one_click import way_out_address
from habitue.consent.standing import standings
from habitue.consent.suppression import addresses_of, is_level, suppressed_at
from habitue.decide.model import When
from habitue.decide.tokens import take_tokens
from habitue.dialogue.satisfaction import ACTION, Asked, add_asked, asked_by, drop_asked, is_asked_lately
from habitue.events.lookup import look_up
from habitue.events.model import Occurrence, TouchSent
from habitue.identity.her_links import way_out_secret
from habitue.identity.records import address_to_write_to, whose
from habitue.store import sql_text
from habitue.words.clock import PLAN_HOUR, date_of, instant_of, local_day_and_hour
from habitue.words.vocabulary import Channel, Kind, Level, Purpose

DAY_SECONDS = 86_400
EARLIEST_SECONDS, LATEST_SECONDS = DAY_SECONDS, 7 * DAY_SECONDS
"""She is asked so long after the last word, and no later: nobody remembers how it was."""
MOST_AT_ONCE = 50
"""So many letters are put into the post in one round; the next takes the others."""
MOST_AHEAD, MOST_IGNORED = 3, 3
"""As in `decide/relations/guarded.sql`: so many questions more than gifts, and so many without an answer."""
AGAINST = (*MARKETING, Purpose.SERVICE)
"""Whoever said no to one of these by e-mail is not asked."""


def ask(house: House) -> int:
    """Puts the letters into the post whose time has come; gives how many."""
    now = house.clock.instant()
    if not (house.settings.ask_after_days and lets_out(house.settings)) or decent_from(house, now) > now:
        return 0
    waiting = _waiting(house, now)
    if not waiting:
        return 0
    house.when()  # what is to be learned is learned before a transaction begins
    asked = 0
    for customer, thread, seq in waiting:
        asked += _may_be_asked(house, customer, thread, now) and _put(house, customer, thread, seq, now)
        if asked >= MOST_AT_ONCE:
            break
    return asked


def decent_from(house: House, now: int) -> int:
    """The first instant from that one on at which the shop is open, and its hours are not quiet. Units: UTC seconds."""
    at, shop, zone = now, house.book.shop, house.settings.zone
    for _ in range(2 * 24):
        at = opens_at(house.settings, at)
        day, hour = local_day_and_hour(at, zone)
        if not shop.is_quiet_at(hour):
            break
        at = instant_of(day + (hour == 23), (hour + 1) % 24, zone)
    return at


def _waiting(house: House, now: int) -> list[tuple[int, int, int]]:
    """Whose conversations are to be asked after. What a backup brought back may have been asked after already, where its day was over by then."""
    zone, today = house.settings.zone, local_day_and_hour(now, house.settings.zone)[0]
    first = next((day for day in range(today - 8, today + 1) if may_leave_on(house.settings, day)), today + 1)
    since = max(now - LATEST_SECONDS, instant_of(first, 0, zone) - EARLIEST_SECONDS)
    times = (since, now - EARLIEST_SECONDS, now - house.settings.ask_after_days * DAY_SECONDS)
    return [(int(customer), int(thread), int(seq)) for customer, thread, seq in house.truth.run(sql_text("app", "conversations_to_ask"), times)]


def _put(house: House, customer: int, thread: int, seq: int, now: int) -> bool:
    """Owes her the letter, with the attention that it takes; not where somebody else did, she said something, or too much is said to her already."""
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        who = look_up(house.truth, "events", "events_by_seq", [seq])  # she may be forgotten by now
        talk = conversation(house, seq, is_read=False) if who else None
        if talk is None or talk.is_open or talk.last != seq or whose(house.truth, [talk.profile_id])[talk.profile_id].customer_id != customer:
            return False
        if not _may_be_asked(house, customer, thread, now) or take_tokens(house.truth, [customer], now, _spans(house, now)):
            return False
        profile = talk.profile_id
        letter = owe(house.truth, "ask", tongue_of(house, person_of(house, customer).language), profile, now)
        add_asked(house.truth, Asked(letter, profile, thread, seq, now))
    return True


def _spans(house: House, at: int) -> list[tuple[int, int, int]]:
    day, caps = local_day_and_hour(at, house.settings.zone)[0], (house.book.shop.week_cap, house.book.shop.month_cap)
    return [(days, cap, instant_of(day + days, PLAN_HOUR, house.settings.zone)) for days, cap in zip(SPANS_DAYS, caps, strict=True)]


def _may_be_asked(house: House, customer: int, thread: int, now: int, letter: int = 0) -> bool:
    """Whether nothing speaks against it at this instant; of what she was told of late only where the `letter` has not taken its part yet (0)."""
    truth, settings = house.truth, house.settings
    if not settings.ask_after_days or not address_to_write_to(truth, customer):
        return False
    if is_asked_lately(truth, customer, thread, now - settings.ask_after_days * DAY_SECONDS, letter):
        return False
    if truth.run(sql_text("app", "answer_not_arrived"), (customer, thread)):
        return False  # how we answered, she cannot know
    if any(not case.is_over for case in cases_of(truth, [customer])) or _said_no(house, customer):
        return False
    when = heard(house, None)
    when = replace(when, hour=local_day_and_hour(now, settings.zone)[1])
    about = house.alone.read("about_her", customer, when)
    if not about or about[0]["reason"] or any(row["channel"] == Channel.EMAIL for row in house.alone.read("refused_way", customer, when)):
        return False
    if any(row["at_hour"] == when.hour for row in house.alone.read("refused_hour", customer, when)):
        return False
    return bool(letter) or not (about[0]["pressed_reason"] or _is_asked_enough(house, customer, when) or _has_word_today(house, customer))


def _said_no(house: House, customer: int) -> bool:
    """Whether she said no to anything by e-mail, herself or at an address of hers."""
    hers, _ = standings(house.truth, [customer])
    if any(purpose in AGAINST and channel == Channel.EMAIL and not standing.is_granted for (_, purpose, channel), standing in hers.items()):
        return True
    if not is_level(house.truth):
        return True  # the database was set back while we work, and what the list says beyond it is not read yet
    addresses = [each for each in addresses_of(house.truth, [customer])[customer] if each[0] == "email"]
    return any(suppressed_at(house.truth, addresses, purpose, Channel.EMAIL) for purpose in AGAINST)


def _is_asked_enough(house: House, customer: int, when: When) -> bool:
    """Whether we asked more of her than we gave, or she left such questions unanswered, as judgement counts it for every word that asks."""
    pressure, ignored = house.alone.read("pressure", customer, when), house.alone.read("ignored", customer, when)
    return any(row["asked_91"] >= row["given_91"] + MOST_AHEAD for row in pressure) or any(
        row["kind"] == Kind.QUESTION and row["unanswered"] >= MOST_IGNORED for row in ignored
    )


def _has_word_today(house: House, customer: int) -> bool:
    """Whether today's plan says something else to her."""
    return bool(house.truth.run(sql_text("app", "planned_today_for"), (house.today, 0, customer)))


def write_asking(house: House, letter: Letter, key: bytes) -> Mail | None:
    """The letter as it leaves; none where anything speaks against it by now. Inside the transaction that took it in hand.

    Raises: BadInput where an address is none, or the house is not reached by https.
    """
    asked, who = asked_by(house.truth, letter.letter_id), whose(house.truth, [letter.profile_id]).get(letter.profile_id)
    now, settings = house.clock.instant(), house.settings
    if not (asked and who) or now - asked.asked_at > LATEST_SECONDS or not _may_be_asked(house, who.customer_id, asked.thread_id, now, letter.letter_id):
        return None
    talk, site = conversation(house, asked.seq, is_read=False), settings.address.rstrip("/")
    on = date_of(local_day_and_hour(talk.messages[-1].at, settings.zone)[0])
    words = asking_after(settings.brand, letter.language, talk.subject, on, f"{site}/asked/{asked_mark(key, letter.letter_id)}")
    out = way_out_address(site, way_out_secret(key, letter.profile_id), Purpose.SERVICE, Channel.EMAIL)
    domain = sendable(settings.sender).rpartition("@")[2]
    number = f"ask.{letter.letter_id}.{letter_proof(key, letter.letter_id)}"
    back = (address_back(key, "answers", letter.letter_id, domain), address_back(key, "bounces", letter.letter_id, domain))
    return asking_mail(words, Envelope(settings.brand, settings.sender, address_to_write_to(house.truth, who.customer_id), number, letter.made_at, out, *back))


def asking_ended(house: House, letter: Letter, outcome: Outcome) -> None:
    """Puts the books right after an attempt: what left, or may have, was said to her; what did not, gives back what it took of her attention, and where it was
    taken back may be asked another day. Inside a transaction that holds the right to write.
    """
    asked = asked_by(house.truth, letter.letter_id)
    if asked is None:
        return
    if outcome.state in (State.SENT, State.IN_DOUBT):
        now, zone = house.clock.instant(), house.settings.zone
        word = TouchSent(touch_key(letter.letter_id), ACTION, Kind.QUESTION, Channel.EMAIL, Level.PRODUCT, "", True)
        said = Occurrence(word, OURS, f"asked {letter.letter_id}", asked.profile_id, now, *local_day_and_hour(now, zone), now)
        record(house.truth, [said], zone, now)  # once, however often its attempts end
    elif outcome.state in (State.WITHDRAWN, State.FAILED):
        _give_back(house, asked)
    if outcome.state == State.WITHDRAWN:
        drop_asked(house.truth, letter.letter_id)


def touch_key(letter_id: int) -> str:
    """What the word is called among those that were said; the sign between the two stands in no source's key."""
    return f"asked\x1f{letter_id}"


def _give_back(house: House, asked: Asked) -> None:
    now, hers = house.clock.instant(), whose(house.truth, [asked.profile_id]).get(asked.profile_id)
    numbers = [number for number, _ in look_up(house.truth, "identity", "profiles_of_customers", [hers.customer_id])] if hers else []
    for days, _, until in _spans(house, asked.asked_at):
        for number in numbers:  # she may have been two people, or be one of them again
            slot = house.truth.run(sql_text("decide", "tokens_taken"), (number, days, until))[0][0]
            if slot is not None:
                house.truth.run(sql_text("decide", "give_back_token"), (now, number, days, slot))
                break
