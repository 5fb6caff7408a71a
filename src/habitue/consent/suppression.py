"""The suppression list: whoever left stays left at that address or number, whatever is imported, merged, erased or restored; her own later yes lifts it.

It stands in the truth, where the claim of every send reads it, and in a file beside it (`suppression_file`). A way out is in the file before anybody is
told that it counts; her yes comes after. So whatever breaks off in between, the stricter word is the one that is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from typing import Any

from habitue.consent.forget import standing_leaves
from habitue.consent.rules import ListWord, is_suppressed, left_at, lifts
from habitue.consent.suppression_file import Line, add_lines, count_lines, last_line, lines
from habitue.events.lookup import look_up
from habitue.events.model import ConsentGiven, ConsentWithdrawn, Recorded
from habitue.identity.model import IdentifierKind
from habitue.identity.records import keys_of, letter_addresses, whose
from habitue.identity.rules import normalised
from habitue.store import Truth, sql_text
from habitue.store.house_key import house_key, keyed_hash
from habitue.words.vocabulary import Channel, Purpose

Listed = tuple[str, str]
"""Where it is sent, in its one spelling: a kind (`email`, `phone`; for post `customer`, a number of hers, and `letter`, how it is addressed), a value."""
LISTED_BY: dict[Channel, tuple[str, ...]] = {
    Channel.EMAIL: ("email",),
    Channel.SMS: ("phone",),
    Channel.PHONE: ("phone",),
    Channel.POST: ("customer", "letter"),
}
"""By what kinds of address a no to each way is listed, and read."""
Left = tuple[bytes, Purpose, Channel]
"""An address by its keyed hash, and what is not to be sent to it by which way."""


def write_suppressed(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Puts on the list the addresses of everybody who took a leave back, and lifts those of who gave one herself; inside the transaction that recorded it."""
    words = [(each, event) for each in recorded if isinstance(event := each.what.event, ConsentGiven | ConsentWithdrawn)]
    words = [(each, event) for each, event in words if event.channel in LISTED_BY and (isinstance(event, ConsentWithdrawn) or lifts(event.collected))]
    if not words:
        return
    who = whose(truth, {each.what.profile_id for each, _ in words})
    hers = addresses_of(truth, {each.customer_id for each in who.values()})
    hashes = address_hashes(truth, {address for every in hers.values() for address in every})
    told = [
        Line(hashes[address], int(event.purpose), int(event.channel), each.what.known_at, each.seq, int(isinstance(event, ConsentGiven)))
        for each, event in words
        for address in hers[who[each.what.profile_id].customer_id]
        if address[0] in LISTED_BY[event.channel]
    ]
    _put(truth, told)


def addresses_of(truth: Truth, customer_ids: Iterable[int]) -> dict[int, list[Listed]]:
    """By what these customers stand on the list, or would."""
    found: dict[int, list[Listed]] = defaultdict(list)
    customers = set(customer_ids)
    for customer, kind, value in look_up(truth, "identity", "addresses_of_customers", customers):
        found[customer].append((kind, value))
    for kind, told in (("customer", keys_of(truth, customers)), ("letter", letter_addresses(truth, customers))):
        for customer, values in told.items():
            found[customer] += [(kind, value) for value in sorted(values)]
    return found


def suppress(truth: Truth, kind: IdentifierKind, value: str, leaves: Iterable[tuple[Purpose, Channel]], now: int, country: str = "") -> None:
    """Puts an address that nobody here need have on the list, for leaves that are about what goes there; in a transaction that holds the right to write."""
    address: Listed = (kind, normalised(kind, value, country))
    number, told = truth.next_seq(), address_hashes(truth, [address])[address]
    _put(truth, [Line(told, int(purpose), int(channel), now, number, 0) for purpose, channel in leaves if kind in LISTED_BY.get(channel, ())])


def suppress_told(truth: Truth, customer_ids: Iterable[int], now: int) -> None:
    """Whoever has left has left at what is told of her later, too: addresses that are kept now; in the transaction that keeps them."""
    left = {row[0] for row in look_up(truth, "consent", "consents_of", set(customer_ids)) if not row[6]}
    hers = addresses_of(truth, left)
    profiles: dict[int, list[int]] = defaultdict(list)
    for profile, customer in look_up(truth, "identity", "profiles_of_customers", left):
        profiles[customer].append(profile)
    for customer in sorted(left):
        suppress_standing(truth, profiles[customer], hers[customer], now)


def suppress_standing(truth: Truth, profile_ids: Iterable[int], addresses: Iterable[Listed], now: int) -> None:
    """Puts on the list what whoever has these profiles has left, at those of her addresses of which the list says nothing yet; where it does, whoever else is
    written to there may have come back. In a transaction that holds the right to write.
    """
    noes = [(Purpose(purpose), Channel(channel)) for purpose, channel, is_yes in standing_leaves(truth, profile_ids) if not is_yes and channel in LISTED_BY]
    hashes = address_hashes(truth, addresses) if noes else {}
    said = _said(truth, hashes.values())
    leaves = [(told, *leave) for address, told in hashes.items() for leave in noes if address[0] in LISTED_BY[leave[1]] and not said[told, *leave]]
    if leaves:
        number = truth.next_seq()
        _put(truth, [Line(told, int(purpose), int(channel), now, number, 0) for told, purpose, channel in leaves])


def suppressed_at(truth: Truth, addresses: Iterable[Listed], purpose: Purpose, channel: Channel) -> bool:
    """Whether any of these addresses has left what would be sent to it."""
    hashes = address_hashes(truth, addresses)
    said = _said(truth, hashes.values())
    return any(is_suppressed(said[each, purpose, channel]) for each in hashes.values())


def address_hashes(truth: Truth, addresses: Iterable[Listed]) -> dict[Listed, bytes]:
    """The keyed hash of each address, in its one spelling: it can be looked for, and read by nobody."""
    key = house_key(truth.folder)
    return {address: keyed_hash(key, "suppression", *address) for address in addresses}


def bring_level(truth: Truth) -> int:
    """Brings into the truth whatever the file has beyond it, as after a restore, and the other way round; gives how many lines the truth lacked.

    Inside a transaction that holds the right to write.
    """
    kept, beside = {_line(row) for row in truth.run(sql_text("consent", "suppressions"))}, lines(truth.folder)
    lacking = [line for line in dict.fromkeys(beside) if line not in kept]
    truth.run_many(sql_text("consent", "add_suppression"), [astuple(line) for line in lacking])
    add_lines(truth.folder, sorted(kept - set(beside), key=lambda line: (line.at, line.number)))
    return len(lacking)


def is_level(truth: Truth) -> bool:
    """Whether the truth knows the last word of the file: it does not where it was set back behind our backs."""
    last = last_line(truth.folder)
    return last is None or bool(truth.run(sql_text("consent", "has_suppression"), astuple(last)))


def is_whole(truth: Truth) -> bool:
    """Whether the truth and the file have the same number of lines, and the same last word."""
    return count_lines(truth.folder) == truth.run(sql_text("consent", "count_suppressions"))[0][0] and is_level(truth)


def _put(truth: Truth, told: Iterable[Line]) -> None:
    """Adds what changes anything: ways out to the file before they count, her yes after it does."""
    told = list(told)
    if not is_level(truth):
        bring_level(truth)
    said = _said(truth, {line.address_hash for line in told})
    added = []
    for line in told:
        words = said[leave := (line.address_hash, Purpose(line.purpose), Channel(line.channel))]
        if is_suppressed(words) == bool(line.is_lifted):
            added.append(line if line.is_lifted else replace(line, at=left_at(words, line.at, line.number)))
            said[leave] = [*words, (added[-1].at, line.number, bool(line.is_lifted))]
    truth.run_many(sql_text("consent", "add_suppression"), [astuple(line) for line in added])
    out, back = [line for line in added if not line.is_lifted], [line for line in added if line.is_lifted]
    truth.at_commit.before(lambda: add_lines(truth.folder, out))
    truth.at_commit.after(lambda: add_lines(truth.folder, back))


def _said(truth: Truth, hashes: Iterable[bytes]) -> dict[Left, list[ListWord]]:
    """All that the list says of these addresses."""
    said: dict[Left, list[ListWord]] = defaultdict(list)
    for row in look_up(truth, "consent", "suppressions_of", set(hashes)):
        line = _line(row)
        said[line.address_hash, Purpose(line.purpose), Channel(line.channel)].append((line.at, line.number, bool(line.is_lifted)))
    return said


def _line(row: tuple[Any, ...]) -> Line:
    return Line(bytes(row[0]), *row[1:])
