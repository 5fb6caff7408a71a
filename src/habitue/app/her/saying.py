"""What a customer says on her own page, kept as her word: statements, leaves, pauses and letters. Each binds the next decision; nothing here is judged."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from habitue.app.deciding import decided_now
from habitue.app.erasure.forgetting import Certificate, forget
from habitue.app.her.page import about_of
from habitue.app.her.words import TASTES
from habitue.app.house import House
from habitue.app.leaving import Said, say_leave
from habitue.app.looking import looked
from habitue.app.names import NUMBER, bare_number, called_alone, customer_of
from habitue.app.naming import things_called
from habitue.app.post.claiming import paused_until
from habitue.app.remembering import correct, heard, note, said_with, statements_of
from habitue.app.stating import RHYTHM, Note
from habitue.app.telling import profile_of, tell
from habitue.consent.model import MARKETING
from habitue.events.attributes import attribute_id
from habitue.events.lookup import look_up
from habitue.events.model import PauseAsked
from habitue.identity.her_links import make_link, read_link
from habitue.identity.records import revisions_of
from habitue.identity.rules import as_described
from habitue.memory.rules import attribute_of
from habitue.store import sql_text
from habitue.words.errors import BadInput, Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Collected, Purpose, Strength, Subject, Told

LONGEST_PAUSE_DAYS = 3_653
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NO_PAUSE = "A pause ends on a day to come, within ten years."
NO_BIRTHDAY = "That is no day of the year."
NO_TASTE_OF_HERS = "A taste takes the place of a taste alone."
NOTHING = "This link opens nothing."
NO_WORD_OF_OURS = "That word was not said to you, or is longer ago than a year."
PROOF = "her page"


@dataclass(frozen=True)
class HerVisit:
    """Whose page a secret opens, and whether it opens all of it: an old link shows nothing and leaves her in peace; one that was ended lets her out alone."""

    customer_key: str
    is_fresh: bool
    profile_id: int
    is_ended: bool = False


def link_for(house: House, customer_key: str) -> str:
    """A new link to her page, as a path; nobody can be shown it again. Who of the shop made it could see all that is hers: that counts as a look.

    Raises: Unknown where nobody has that key.
    """
    looked(house, "link", [customer_of(house, customer_key)])
    with house.truth.transaction():
        return "/her/" + make_link(house.truth, profile_of(house, customer_key), "page", house.clock.instant())


def visit_by(house: House, secret: str) -> HerVisit:
    """Whose page a secret opens.

    Raises: Unknown where it opens none, with the same words whether it was never made or is gone.
    """
    link = read_link(house.truth, secret)
    keys = called_alone(house, [link.customer_id]) if link and link.kind == "page" else {}
    if link is None or not keys:
        raise Unknown(NOTHING)
    own = dict(look_up(house.truth, "identity", "keys_of_profiles", [link.profile_id])).get(link.profile_id)
    key = keys[link.customer_id]
    key = key if own in (None, bare_number(key)) else NUMBER + own  # whose link it is says it, should the two be taken apart again
    return HerVisit(key, link.is_fresh(house.clock.instant()), link.profile_id, bool(link.ended_at))


def her_language(house: House, customer_key: str) -> str:
    """The language that she told us; nothing where we do not know it."""
    rows = look_up(house.truth, "identity", "people", [customer_of(house, customer_key)])
    return next((str(row[10])[:2].lower() for row in rows if row[10]), "")


def say_taste(house: House, customer_key: str, about: str, feeling: int, quote: str, instead_of: int = 0, *, profile_id: int = 0) -> bool:
    """What she likes or does not want, in her own words: every thing of the catalogue that is called so; where none is, what things are like.

    Gives whether anything here is called so, or known to be so: what nothing is waits for whoever serves her. `profile_id` is by which profile of hers it came.

    Raises: BadInput where she names nothing that can be kept, or it would take the place of no taste; Unknown where that was taken back already;
    Refused where it touches her health without her leave.
    """
    is_thing = about.startswith("type:") or things_called(house.truth, about)
    said = Note(Subject.THING if is_thing else Subject.ATTRIBUTE, about, feeling, Strength.PLAIN, Told.SHE_SAID, quote)
    if instead_of:
        word = said_with(house, customer_key, instead_of)
        wrong = next((one for one in statements_of(house, customer_key) if one.number in word), None)
        if wrong is None or wrong.is_withdrawn:
            raise Unknown(f"Nothing is said any more under the number {instead_of}.")
        if wrong.subject not in TASTES:
            raise BadInput(NO_TASTE_OF_HERS)
        correct(house, customer_key, instead_of, said)
    else:
        note(house, customer_key, said, profile_id)
    return bool(is_thing or house.truth.run(sql_text("app", "attribute_carried"), (attribute_id(attribute_of(about)),)))


def not_for_me(house: House, customer_key: str, number: int) -> None:
    """She does not want the thing that a word of ours was about (0: today's word).

    Raises: Unknown where that word was not said to her, or was about no thing: then she takes back the leave by which it came, if she likes.
    """
    customer = customer_of(house, customer_key)
    if number:
        said = house.alone.read("said_before", customer, heard(house, None))
        row = next((each for each in said if each["touch_id"] == number), None)
    else:
        now = decided_now(house, customer)
        row = now if now and now["reason"] == Reason.SAID else None
    if row is None or not row["item_id"]:
        raise Unknown(NO_WORD_OF_OURS)
    note(house, customer_key, Note(Subject.THING, about_of(house, row["item_id"]), -1, Strength.PLAIN, Told.SHE_SAID))


def allow(house: House, customer_key: str, *, is_yes: bool, purpose: Purpose | None, channel: Channel | None = None) -> None:
    """One leave, given or taken back on her page; a no with no purpose is one to all that we would write of our own accord."""
    purposes, channels = (purpose,) if purpose else (), (channel,) if channel else ()
    say_leave(house, customer_key, Said(is_yes, purposes, channels, Collected.HER_PAGE, PROOF))


def only(house: House, customer_key: str, purpose: Purpose) -> None:
    """News of one sort alone: a no to every other that we would write of our own accord. It allows nothing that she had not allowed."""
    others = tuple(each for each in MARKETING if each != purpose)
    say_leave(house, customer_key, Said(False, others, (), Collected.HER_PAGE, PROOF))


def pause(house: House, customer_key: str, until_day: int, *, may_shorten: bool = True) -> None:
    """Peace up to and including a day; a day that is past ends the pause she asked for, and a nearer one shortens it, where it may be shortened.

    Raises: BadInput where that day is too far.
    """
    if until_day > house.today + LONGEST_PAUSE_DAYS:
        raise BadInput(NO_PAUSE)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        customer = customer_of(house, customer_key)
        last_day = until_day if may_shorten else max(until_day, paused_until(house.truth, customer))
        for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer]):
            tell(house, profile, [PauseAsked(last_day)])


def set_pace(house: House, customer_key: str, pace: int) -> None:
    """How often she wants to hear from us. Units: −1 less, 0 as everybody, 1 more."""
    note(house, customer_key, Note(Subject.RHYTHM, RHYTHM, pace, Strength.PLAIN, Told.SHE_SAID))


def set_way(house: House, customer_key: str, way: Channel, *, is_welcome: bool) -> None:
    """Whether she wants to hear from us by a way; it allows nothing that she had not allowed."""
    note(house, customer_key, Note(Subject.CHANNEL, way.name.lower(), 0 if is_welcome else -1, Strength.PLAIN, Told.SHE_SAID))


def set_hours(house: House, customer_key: str, from_hour: int, until_hour: int) -> None:
    """Hours at which she does not want to hear from us.

    Raises: BadInput where these are no hours.
    """
    note(house, customer_key, Note(Subject.HOUR, f"{from_hour}-{until_hour}", -1, Strength.PLAIN, Told.SHE_SAID))


def set_birthday(house: House, customer_key: str, month: int, day: int) -> None:
    """Her birthday, without the year; 0 and 0 forgets it.

    Raises: BadInput where the year has no such day.
    """
    if (month, day) != (0, 0) and not (1 <= month <= 12 and 1 <= day <= DAYS_OF_MONTH[month - 1]):
        raise BadInput(NO_BIRTHDAY)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        customer = customer_of(house, customer_key)
        profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
        for profile, told in revisions_of(house.truth, profiles).items():
            tell(house, profile, [msgspec.structs.replace(as_described(told[-1]), birthday_mmdd=month * 100 + day)])


def erase(house: House, customer_key: str) -> Certificate:
    """She is erased at once, from every file of the house; gives the certificate, which is all that she can be shown from then on.

    Source: Regulation (EU) 2016/679, article 17.
    """
    return forget(house, customer_key)
