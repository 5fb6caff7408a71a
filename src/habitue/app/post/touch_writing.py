"""The letter of a word that judgement decided on: written for her at the moment when it leaves, with why, an address to answer to, and the way out."""

from __future__ import annotations

from habitue.app.her.page import why_written
from habitue.app.house import House
from habitue.app.post.clicks import leads
from habitue.app.post.letter_values import values_of
from habitue.app.remembering import heard
from habitue.channels.email.address import sendable
from habitue.channels.email.mail import Mail
from habitue.channels.email.tokens import address_back
from habitue.channels.email.touch_mail import Envelope, touch_mail
from habitue.channels.letters import Letter, letter_proof
from habitue.consent.model import MARKETING
from habitue.consent.one_click import way_out_address
from habitue.content.letters import letter_of
from habitue.content.rendering import Frame, render
from habitue.identity.her_links import make_link, way_out_secret
from habitue.identity.records import address_to_write_to
from habitue.store import sql_text
from habitue.words.vocabulary import Channel


def write_touch(house: House, letter: Letter, key: bytes) -> Mail | None:
    """The letter as it leaves; none where there is nobody any more to send it to. Inside the transaction that took it in hand and claimed its touch.

    Raises: BookError where the brand's letter cannot be filled in for her; BadInput where its address is none, or the house is not reached by https.
    """
    rows = house.truth.run(sql_text("app", "word_of_touch"), (letter.touch_id,))
    if not rows:
        return None
    customer, day, action_id, item_id, because = (int(value) for value in rows[0])
    action = house.by_book(int(house.truth.run(sql_text("app", "plan_of_day"), (day,))[0][0])).action(action_id)
    to = address_to_write_to(house.truth, customer)
    if action is None or not (action.letter and to):
        return None
    now, site, settings = house.clock.instant(), house.settings.address.rstrip("/"), house.settings
    row = {"action_id": action_id, "item_id": item_id, "because_item_id": because, "day": day}
    out = ""
    if action.purpose in MARKETING:
        out = way_out_address(site, way_out_secret(key, letter.profile_id), action.purpose, Channel.EMAIL)
    page = f"{site}/her/{make_link(house.truth, letter.profile_id, 'page', now)}"
    frame = Frame(settings.brand, why_written(house, customer, row, letter.language), page, out, site or None)
    values = values_of(house, customer, row, heard(house, None), letter.language)
    written = render(letter_of(settings.book_folder, action.letter, letter.language), values, frame, leads(house, letter))
    domain = sendable(settings.sender).rpartition("@")[2]
    number = f"touch.{letter.letter_id}.{letter_proof(key, letter.letter_id)}"
    back = (address_back(key, "answers", letter.letter_id, domain), address_back(key, "bounces", letter.letter_id, domain))
    feedback = f"{action.key}:{action.purpose.name.lower()}:{domain.replace('.', '-')}"
    return touch_mail(written, Envelope(settings.brand, settings.sender, to, number, letter.made_at, out, *back, feedback))
