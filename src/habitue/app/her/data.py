"""Her data, for her: everything that the house holds of one customer, as a zip of a JSON file for machines and a page for people.

Source: Regulation (EU) 2016/679, articles 15(3) (a copy, in a commonly used electronic form) and 20(1) (structured, machine-readable).
"""

from __future__ import annotations

from dataclasses import asdict
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from habitue.app.her.data_page import her_data_page
from habitue.app.house import House
from habitue.app.law.request_words import step_words
from habitue.app.leaving import leaves_of
from habitue.app.names import customer_of, thing_name
from habitue.app.remembering import heard, statements_of
from habitue.app.spoken import not_left
from habitue.consent.law.records import cases_of
from habitue.dialogue.among_us import notes_about
from habitue.dialogue.attachments import attachment, attachments_of
from habitue.events.lookup import look_up
from habitue.identity.looks import looks_at
from habitue.identity.records import keys_of, revisions_of, told_of
from habitue.words.clock import date_of, instant_text, local_day_and_hour
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Kind

Rows = list[dict[str, Any]]
MADE = (1980, 1, 1, 0, 0, 0)
"""The date of the files within: the same data gives the same zip."""


def her_data(house: House, customer_key: str, language: str = "en") -> bytes:
    """The zip: `data.json`, with everything, and `data.html`, which a person can read without us.

    Raises: Unknown where nobody has that key.
    """
    sections = sections_of(house, customer_key, language)
    made_at = instant_text(house.clock.instant())
    document = {"made_at": made_at, "brand": house.settings.brand, "customer": customer_key.strip(), **sections}
    files: dict[str, bytes | str] = {
        "data.json": msgspec.json.format(msgspec.json.encode(document), indent=1),
        "data.html": her_data_page(house, customer_key, len(sections["events"]), language),
    }
    kept = {row["file"]: attachment(house.truth, row["number"]) for row in sections["files"]}
    files |= {name: found[1] for name, found in kept.items() if found}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(ZipInfo(name, MADE), body, ZIP_DEFLATED)
    return out.getvalue()


def sections_of(house: House, customer_key: str, language: str = "en") -> dict[str, Rows]:
    """All that is held of her, by section. Units: `*_cents` in the house's currency, instants and days as ISO 8601."""
    customer = customer_of(house, customer_key)
    profiles = sorted(number for number, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer]))
    statements = [asdict(one) for one in reversed(statements_of(house, customer_key, None, language))]
    words = [
        {"leave": line.leave, "is_granted": line.is_granted, **asdict(word), "at": instant_text(word.at)}
        for line in leaves_of(house, customer_key, language)
        for word in reversed(line.words)
    ]
    return {
        "who": _who(house, customer, profiles),
        "identifiers": [{"kind": kind, "value": value} for kind, value in look_up(house.truth, "identity", "identifiers_of_profiles", profiles)],
        "said": statements,
        "allows": words,
        "orders": _orders(house, profiles, language),
        "visits": [{"on": _day(day)} for (day,) in look_up(house.truth, "events", "seen_of_profiles", profiles)],
        "messages": _messages(house, profiles, language),
        "decisions": _decisions(house, customer, language),
        "requests": _requests(house, customer, language),
        "notes": [{"at": instant_text(note.at), "who": note.who, "words": note.words} for note in notes_about(house.truth, profiles)],
        "looks": _looks(house, profiles),
        "files": _files(house, profiles),
        "events": _events(house, profiles),
    }


def _who(house: House, customer: int, profiles: list[int]) -> Rows:
    """Her name and addresses as each of her profiles tells them, and since when she is known."""
    keys = keys_of(house.truth, [customer]).get(customer, [])
    told, revisions = told_of(house.truth, profiles), revisions_of(house.truth, profiles)
    born = max((revision.birthday_mmdd for each in revisions.values() for revision in each), default=0)
    since = min((revision.since_day for each in revisions.values() for revision in each), default=0)
    more = {"numbers": ", ".join(keys), "birthday": f"{born // 100:02}-{born % 100:02}" if born else "", "since": _day(since)}
    return [{**asdict(person), **more} for _, person in sorted(told.items())] or [more]


def _orders(house: House, profiles: list[int], language: str) -> Rows:
    rows = look_up(house.truth, "app", "her_order_lines", profiles)
    return [
        {"on": _day(day), "order": order, "product": thing_name(house, item, language), "product_key": key, "quantity_milli": quantity, "amount_cents": amount}
        for day, order, item, key, quantity, amount in rows
    ]


def _messages(house: House, profiles: list[int], language: str) -> Rows:
    waiting = not_left(house.truth, profiles, heard(house, None).as_of)
    return [
        {
            "on": _day(day),
            "action": action,
            "kind": Kind(kind).name.lower(),
            "channel": Channel(channel).name.lower(),
            "about": thing_name(house, item, language),
            "answered_on": _day(answered) if answered is not None else "",
        }
        for touch, day, action, kind, channel, item, answered in look_up(house.truth, "app", "her_touches", profiles)
        if touch not in waiting
    ]


def _decisions(house: House, customer: int, language: str) -> Rows:
    return [
        {"on": _day(day), "reason": Reason(reason).name.lower(), "action": house.title(action, language), "about": thing_name(house, item, language)}
        for day, reason, action, item, _channel, _kind in look_up(house.truth, "app", "her_decisions", [customer])
    ]


def _requests(house: House, customer: int, language: str) -> Rows:
    return [
        {"at": instant_text(step.at), "case": case.number, "sentence": step_words(case, step, _local(house, step.at), language), "quote": step.words}
        for case in cases_of(house.truth, [customer])
        for step in case.steps
    ]


def _looks(house: House, profiles: list[int]) -> Rows:
    return [{"at": instant_text(look.at), "who": look.who, "door": look.door, "what": look.what} for look in looks_at(house.truth, profiles)]


def _files(house: House, profiles: list[int]) -> Rows:
    """What came along with her words; `file` is where it lies in the zip."""
    said = [seq for (seq,) in look_up(house.truth, "app", "her_conversations", profiles)]
    lines = [each for found in attachments_of(house.truth, said).values() for each in found]
    return [
        {"at": instant_text(each.at), "number": each.number, "name": each.name, "size_bytes": each.size_bytes, "file": f"files/{each.number} {each.name}"}
        for each in sorted(lines, key=lambda each: each.number)
    ]


def _local(house: House, at: int) -> int:
    return local_day_and_hour(at, house.settings.zone)[0]


def _events(house: House, profiles: list[int]) -> Rows:
    return [
        {"at": instant_text(at), "known_at": instant_text(known_at), "source": source, "event": name, "message_id": message, "body": msgspec.json.decode(body)}
        for at, known_at, source, name, message, body in look_up(house.truth, "app", "her_events", profiles)
    ]


def _day(day: int) -> str:
    return date_of(day).isoformat()
