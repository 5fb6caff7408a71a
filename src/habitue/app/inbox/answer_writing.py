"""A person's answer as a letter: in the thread of the mail that it answers, with an address that leads back to the conversation."""

from __future__ import annotations

from habitue.app.house import House
from habitue.app.inbox.talking import conversation
from habitue.channels.email.address import sendable
from habitue.channels.email.mail import Mail, Words
from habitue.channels.email.tokens import address_back
from habitue.channels.email.touch_mail import Envelope, answer_mail
from habitue.channels.email.wording import answering
from habitue.channels.letters import Letter, letter_proof
from habitue.dialogue.records import answer_of_letter
from habitue.dialogue.strays import stray_of_letter
from habitue.events.lookup import look_up
from habitue.events.model import ConversationAnswered, event_of
from habitue.identity.her_links import make_link
from habitue.identity.records import address_to_write_to, whose


def write_answer(house: House, letter: Letter, key: bytes) -> Mail | None:
    """The answer as it leaves; none where there is nobody to send it to any more. Inside the transaction that took it in hand.

    Raises: BadInput where an address is none.
    """
    if found := stray_of_letter(house.truth, letter.letter_id):
        stray, said = found
        words = answering(house.settings.brand, letter.language, stray.subject, said.words, said.who, "")
        return _mail(house, letter, key, words, stray.sender, stray.answers)
    who = whose(house.truth, [letter.profile_id]).get(letter.profile_id)
    told = look_up(house.truth, "events", "events_by_seq", [answer_of_letter(house.truth, letter.letter_id)])
    event = event_of(told[0][4]) if told else None
    to = address_to_write_to(house.truth, who.customer_id) if who else ""
    if not (isinstance(event, ConversationAnswered) and to):
        return None
    settings, now = house.settings, house.clock.instant()
    talk = conversation(house, told[0][0], is_read=False)
    page = f"{settings.address.rstrip('/')}/her/{make_link(house.truth, letter.profile_id, 'page', now)}" if event.asks_leave else ""
    words = answering(settings.brand, letter.language, talk.subject, event.words, event.who, page)
    return _mail(house, letter, key, words, to, talk.answers)


def _mail(house: House, letter: Letter, key: bytes, words: Words, to: str, answers: str) -> Mail:
    """In the thread of the mail whose Message-ID `answers` is."""
    settings = house.settings
    domain = sendable(settings.sender).rpartition("@")[2]
    number = f"answer.{letter.letter_id}.{letter_proof(key, letter.letter_id)}"
    back = (address_back(key, "answers", letter.letter_id, domain), address_back(key, "bounces", letter.letter_id, domain))
    return answer_mail(words, Envelope(settings.brand, settings.sender, to, number, letter.made_at, "", *back), answers)
