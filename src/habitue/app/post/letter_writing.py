"""What a letter says, put together at the moment when it leaves: the address is looked up now, and the link is made now."""

from __future__ import annotations

from dataclasses import replace

from habitue.app.door import drop_request, make_door_link, request_of_letter
from habitue.app.house import House
from habitue.app.inbox.answer_writing import write_answer
from habitue.app.inbox.asking_after import write_asking
from habitue.app.inbox.closing_notes import write_closing
from habitue.app.inbox.reminding import write_reminder
from habitue.app.post.touch_writing import write_touch
from habitue.channels.email.mail import Mail, Words, mail_of
from habitue.channels.email.tokens import address_back
from habitue.channels.email.wording import confirming, fresh_link
from habitue.channels.letters import TO_STAFF, Letter, letter_proof
from habitue.consent.notices import every_notice
from habitue.identity.her_links import make_link
from habitue.identity.model import Who
from habitue.identity.records import address_to_write_to, people, vouched, who_have, whose
from habitue.store import Settings, Truth
from habitue.words.errors import BadInput, BookError, Busy, HabitueError, SettingsError, StoreError

MOST_PAGES = 5
"""Of so many people behind one address, each gets a link in the letter."""
NO_WAY = "No letter can go to the address that we know."
OURS = (StoreError, Busy, SettingsError, OSError)
"""What the house or its machine says is no fault of the letter: it waits."""


class Unwritten(HabitueError):
    """This one letter cannot be written or addressed, today or tomorrow; the text is the reason, without anybody's address."""


def write_letter(house: House, letter: Letter, now: int, key: bytes) -> Mail | None:
    """The letter as it leaves; none where there is nobody any more to send it to. Inside the transaction that claims it.

    Raises: Unwritten where this letter can never leave; whatever else goes wrong passes through.
    """
    try:
        if letter.kind == "answer":
            return write_answer(house, letter, key)
        if letter.kind == "closed":
            return write_closing(house, letter, key)
        if letter.kind == "ask":
            return write_asking(house, letter, key)
        if letter.kind in TO_STAFF:
            return write_reminder(house, letter, key)
        return write_touch(house, letter, key) if letter.kind == "touch" else _write(house.truth, house.settings, letter, now, key)
    except BookError as wrong:
        raise Unwritten(str(wrong)) from wrong
    except BadInput as wrong:
        raise Unwritten(NO_WAY) from wrong


def _write(truth: Truth, settings: Settings, letter: Letter, now: int, key: bytes) -> Mail | None:
    written = _confirm(truth, settings, letter, now) if letter.kind == "confirm" else _page(truth, settings, letter, now)
    if written is None:
        drop_request(truth, letter.letter_id)
        return None
    to, words = written
    number = f"letter.{letter.letter_id}.{letter_proof(key, letter.letter_id)}"
    mail = mail_of(words, settings.brand, settings.sender, to, number, letter.made_at)
    if not letter.profile_id:  # nobody has proved that address, so that no report of its failure could say anything of anybody
        return mail
    return replace(mail, sender=address_back(key, "bounces", letter.letter_id, mail.sender.rpartition("@")[2]))


def _confirm(truth: Truth, settings: Settings, letter: Letter, now: int) -> tuple[str, Words] | None:
    request = request_of_letter(truth, letter.letter_id, now)
    if request is None:
        return None
    texts = every_notice(truth)
    titles = [texts[shown].title for shown in request.allowed.values()]
    return request.email, confirming(settings.brand, letter.language, titles, _link(settings, "yes", make_door_link(truth, letter.letter_id)))


def _page(truth: Truth, settings: Settings, letter: Letter, now: int) -> tuple[str, Words] | None:
    """A link for each who has the address; to one whom an old link named, at the address that we know of her."""
    request = request_of_letter(truth, letter.letter_id, now)
    if letter.profile_id:
        who = tuple(whose(truth, [letter.profile_id]).values())
        to = next((address_to_write_to(truth, each.customer_id) for each in who), "")
    else:
        to = request.email if request else ""
        held = who_have(truth, "email", [to]).get(to) if to else None
        told = vouched(truth, "email", to) if held else set()
        who = tuple(each for each in held.who if each.profile_id in told) if held else ()
    first = {each.customer_id: each for each in reversed(who)}
    if not (to and first):
        return None
    names = {number: person.given_name for number, person in people(truth, first).items()}
    pages = [(names.get(number, ""), _her_page(truth, settings, each, now)) for number, each in sorted(first.items())[:MOST_PAGES]]
    return to, fresh_link(settings.brand, letter.language, pages)


def _her_page(truth: Truth, settings: Settings, who: Who, now: int) -> str:
    return _link(settings, "her", make_link(truth, who.profile_id, "page", now))


def _link(settings: Settings, door: str, secret: str) -> str:
    return f"{settings.address.rstrip('/')}/{door}/{secret}"
