"""What she allows: shown with every word of the ledger, given and taken back. Nothing is rewritten; each of these is an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from habitue.app.house import House, exceptions_of
from habitue.app.leave_words import leave_of, proof_of, sentence_of, shown_of
from habitue.app.listeners import record
from habitue.app.names import customer_of, voice_of, who_is_called
from habitue.app.remembering import OURS, heard
from habitue.consent.countries import Mode, Rule, rules_of
from habitue.consent.exchange import as_json_ld
from habitue.consent.mailboxes import Mailboxes
from habitue.consent.model import MARKETING, WITHOUT_CHANNEL, Word
from habitue.consent.notices import every_notice
from habitue.consent.rules import narrowed_from
from habitue.consent.standing import standings
from habitue.events.lookup import look_up
from habitue.events.model import ConsentGiven, ConsentWithdrawn, Occurrence, event_of
from habitue.identity.records import keys_of, whose
from habitue.words.clock import local_day_and_hour
from habitue.words.country import country_code
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Basis, Channel, Collected, Purpose

WRITTEN = (Channel.EMAIL, Channel.SMS, Channel.POST, Channel.PHONE)
"""The ways by which we come to her; in the shop and on the site she comes to us."""
NO_WAY = "Say by which way she allows it: by e-mail, text message, post or telephone; each is a leave of its own."
NOTHING = "Say for what she allows it; each purpose is a leave of its own."
NOT_USED = "This house does not ask for that; its notice says is_used = false."
NOT_SHOWN = "She cannot have been shown that text: this house has no such notice for what she speaks of."


@dataclass(frozen=True)
class LedgerLine:
    """One word of hers, as people read it; `number`, `previous` and `notice_hash` as in `Word`. `proof` is as it is kept.

    Units: `at` is in UTC seconds.
    """

    number: int
    previous: int
    at: int
    is_yes: bool
    basis: str
    collected: str
    proof: str
    source: str
    sentence: str
    notice_hash: str = ""
    shown: str = ""
    proof_shown: str = ""


@dataclass(frozen=True)
class LeaveLine:
    """How one leave stands today, and the words that made it so, the newest first."""

    purpose: str
    channel: str
    leave: str
    is_granted: bool
    words: tuple[LedgerLine, ...]


@dataclass(frozen=True)
class Said:
    """What she says of her leaves: for what, by which ways (none named: by every way that we have), how we know, and the proof in words.

    A yes names its purpose and its ways; a no that names no purpose is one to all that we would write to her of our own accord. `notices` are the hashes of
    the texts that she was shown; each goes with the words on its own purpose.
    """

    is_yes: bool
    purposes: tuple[Purpose, ...] = ()
    channels: tuple[Channel, ...] = ()
    collected: Collected = Collected.COUNTER
    proof: str = ""
    notices: tuple[str, ...] = ()


def leaves_of(house: House, customer_key: str, language: str = "en") -> list[LeaveLine]:
    """Every leave of which she ever said anything, as it stands at this moment.

    Raises: Unknown where nobody has that key.
    """
    customer = customer_of(house, customer_key)
    voice, zone = voice_of(house, customer, language), house.settings.zone
    standing = {(row["purpose"], row["channel"]): row["is_granted"] for row in house.alone.read("said_leave", customer, heard(house, None))}
    texts = every_notice(house.truth)
    lines: dict[tuple[Purpose, Channel], list[LedgerLine]] = {}
    for word in reversed(ledger_of(house, customer)):
        sentence = sentence_of(word, local_day_and_hour(word.at, zone)[0], language, voice)
        shown = shown_of(texts[word.notice_hash], language) if word.notice_hash in texts else ""
        how = (
            word.basis.name.lower(),
            word.collected.name.lower(),
            word.proof,
            word.source,
            sentence,
            word.notice_hash,
            shown,
            proof_of(word.proof, language, voice),
        )
        lines.setdefault((word.purpose, word.channel), []).append(LedgerLine(word.number, word.previous, word.at, word.is_yes, *how))
    found = []
    for (purpose, channel), words in sorted(lines.items()):
        leave = leave_of(purpose, channel, language, house.notices.title(purpose, language))
        found.append(LeaveLine(purpose.name.lower(), channel.name.lower(), leave, bool(standing.get((purpose, channel))), tuple(words)))
    return found


def rules_for(house: House, customer_key: str) -> tuple[list[Rule], list[Rule]]:
    """The rules of today that hold for a customer: what may be said, by the law of where she lives, none where that is not known; and for how long, by ours.

    Raises: Unknown where nobody has that key.
    """
    rows = house.alone.read("lives_in", customer_of(house, customer_key), heard(house, None))
    ours = house.settings.country
    hers = next((country_code(row["country"]) for row in rows), "") or ours
    said = [rule for rule in rules_of(hers, house.today) if rule.mode != Mode.YEARS]
    return said, [rule for rule in rules_of(ours, house.today) if rule.mode == Mode.YEARS]


def without_yes(house: House, customer: int) -> dict[tuple[int, int], Basis]:
    """Each purpose and way of which the law says that it needs no yes of hers at this moment, and why; her own word always stands before it."""
    rows = house.alone.read("permission", customer, heard(house, None))
    return {(row["purpose"], row["channel"]): Basis(row["basis"]) for row in rows if row["basis"] != Basis.CONSENT}


def ledger_of(house: House, customer: int) -> list[Word]:
    """Every word of a customer's ledger, in the order in which they count."""
    rows = sorted(look_up(house.truth, "consent", "consents_of", [customer]), key=lambda row: row[4:6])
    events = {seq: rest for seq, *rest in look_up(house.truth, "events", "events_by_seq", [row[5] for row in rows])}
    before: dict[tuple[int, int], int] = {}
    words = []
    for _customer, _profile, purpose, channel, known_at, seq, is_yes in rows:
        _, source, message_id, body = events[seq]
        event = event_of(body)
        assert isinstance(event, ConsentGiven | ConsentWithdrawn)
        previous = before.get((purpose, channel), 0)
        proof = event.collected, event.proof, event.notice_hash, event.confirmed_by
        words.append(Word(seq, previous, known_at, Purpose(purpose), Channel(channel), bool(is_yes), event.basis, *proof, source, message_id))
        before[purpose, channel] = seq
    return words


def leaves_as_json_ld(house: House, customer_key: str) -> dict[str, Any]:
    """Her ledger in the shape in which others read it.

    Raises: Unknown where nobody has that key.
    """
    customer = customer_of(house, customer_key)
    return as_json_ld(keys_of(house.truth, [customer])[customer][0], house.settings.brand, ledger_of(house, customer), every_notice(house.truth))


def say_leave(house: House, customer_key: str, said: Said) -> int:
    """Writes what she allows, or allows no more, into the ledger; gives how many words that made.

    Raises: Unknown where nobody has that key; BadInput where a yes does not say for what, or by which way, or is to what the brand does not ask for;
    and where a text is named that she cannot have been shown.
    """
    customer, shown = customer_of(house, customer_key), _shown(house, said)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        profile = who_is_called(house, customer_key).profile_id
        what = list(_what(said, [(word.purpose, word.channel) for word in ledger_of(house, customer)]))
        return _written(house, customer, profile, what, said, shown)


def say_no(house: House, profile_id: int, said: Said) -> int:
    """Writes the no of somebody whom a link or an address of hers names, as far as she has not said so before; gives how many words that made.

    Inside a transaction that holds the right to write.
    """
    customer = whose(house.truth, [profile_id])[profile_id].customer_id
    _, by_profile = standings(house.truth, [customer])
    known = [(word.purpose, word.channel) for word in ledger_of(house, customer)]
    what = [leave for leave in _what(said, known) if not ((told := by_profile.get((profile_id, *leave))) and not told.is_granted)]
    return _written(house, customer, profile_id, what, said, {})


def _written(house: House, customer: int, profile: int, what: Sequence[tuple[Purpose, Channel]], said: Said, shown: Mapping[Purpose, str]) -> int:
    kind = ConsentGiven if said.is_yes else ConsentWithdrawn
    told = [(profile, kind(purpose, channel, said.proof, said.collected, notice_hash=shown.get(purpose, ""))) for purpose, channel in what]
    if not said.is_yes:
        told += _beside(house, customer, profile, what, said)
    now = house.clock.instant()
    day, hour = local_day_and_hour(now, house.settings.zone)
    _, by_profile = standings(house.truth, [who.customer_id for who in whose(house.truth, {number for number, _ in told}).values()])
    occurrences = []
    for number, event in told:
        known_at = now if said.is_yes else narrowed_from(by_profile.get((number, event.purpose, event.channel)), now, now)
        occurrences.append(Occurrence(event, OURS, f"leave {house.truth.next_seq()}", number, now, day, hour, known_at))
    record(house.truth, occurrences, house.settings.zone, now)
    return len(occurrences)


def _shown(house: House, said: Said) -> dict[Purpose, str]:
    """The hash of the text that she was shown, by purpose.

    Source: Regulation (EU) 2016/679, articles 4(11) and 7(1): a consent is an informed one, and we can show that it was.
    """
    if said.is_yes and not set(said.purposes) <= house.notices.used:
        raise BadInput(NOT_USED)
    texts = every_notice(house.truth) if said.notices else {}
    if not set(said.notices) <= set(texts):
        raise BadInput(NOT_SHOWN)
    return {texts[name].purpose: name for name in said.notices}


def _beside(house: House, customer: int, profile: int, what: Sequence[tuple[Purpose, Channel]], said: Said) -> list[tuple[int, ConsentWithdrawn]]:
    """The same no under her other numbers, should they be taken apart; and for everybody else who has allowed it at an address of hers: she may stand here
    twice, and that mailbox has left. Those of whom a person said that they are two people, or live together, speak for themselves.
    """
    mailboxes, is_free = Mailboxes(house.truth, [customer]), bool(exceptions_of(house.settings))  # without any yes, too, somebody may be written to there
    others = {channel: mailboxes.beside(customer, channel) for _, channel in what}
    hers, by_profile = standings(house.truth, {customer, *(who.customer_id for every in others.values() for who in every)})
    own = sorted(number for number, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer]) if number != profile)
    allowed = [
        (who.profile_id, purpose, channel)
        for purpose, channel in what
        for who in others[channel]
        if (known.is_granted if (known := hers.get((who.customer_id, purpose, channel))) else is_free)
    ]
    allowed += [(number, *leave) for leave in what for number in own if (known.is_granted if (known := by_profile.get((number, *leave))) else is_free)]
    return [(number, ConsentWithdrawn(purpose, channel, said.proof, said.collected)) for number, purpose, channel in allowed]


def _what(said: Said, known: Sequence[tuple[Purpose, Channel]]) -> Iterable[tuple[Purpose, Channel]]:
    """Each leave that a word is about. A no to everything is also one to whatever else she ever allowed; where no message carries a purpose, her word
    counts for every way by which she has spoken of it.
    """
    if said.is_yes and not said.purposes:
        raise BadInput(NOTHING)
    carried = [purpose for purpose in said.purposes or MARKETING if purpose not in WITHOUT_CHANNEL]
    if said.is_yes and carried and not said.channels:
        raise BadInput(NO_WAY)
    found = set(product(carried, said.channels or WRITTEN))
    for purpose in set(said.purposes).intersection(WITHOUT_CHANNEL):
        found |= {(purpose, Channel.SHOP)} | {leave for leave in known if leave[0] == purpose}
    if not said.is_yes and not said.channels:
        found |= {leave for leave in known if leave[0] in carried}
    return sorted(found)
