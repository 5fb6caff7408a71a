"""Who is one customer: profiles joined by links, taken apart by ending one. No event and no fact moves; an order of which both told is reckoned anew.

The links that hold make groups, whatever the order in which they were made; a customer is a group, and bears the number of its first profile of whom
anybody was named. So a merge is an edge, and taking it apart is its end: both customers are then what they would be without it, to the byte.
Everything here runs inside a transaction that holds the right to write (`next_seq`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Literal

from habitue.events.lookup import look_up, take_numbers
from habitue.events.model import CustomersMerged, CustomersUnmerged, Event, HouseholdJoined, HouseholdLeft, Recorded
from habitue.events.orders import reckon_anew
from habitue.events.seen import known_for_hers
from habitue.identity.records import who_is
from habitue.identity.waiting import lay_out
from habitue.store import Truth, sql_text
from habitue.store.projection import customers_changed

LinkKind = Literal["device", "person", "household"]
Told = CustomersMerged | CustomersUnmerged | HouseholdJoined | HouseholdLeft


@dataclass(frozen=True, slots=True)
class Link:
    """Two profiles, and what makes them one customer (or one household). Units: `known_at` is in UTC seconds."""

    one_profile_id: int
    other_profile_id: int
    kind: LinkKind
    known_at: int
    reason: str


def link(truth: Truth, links: Sequence[Link], seq: int) -> None:
    """Joins profiles under the write numbers from `seq` on."""
    _write(truth, links, seq)
    regroup(truth, {number for each in links if each.kind != "household" for number in (each.one_profile_id, each.other_profile_id)}, seq)


def adopt_devices(truth: Truth, adopted: Sequence[tuple[Link, int]], seq: int) -> None:
    """Joins devices that were nobody's, each to the customer given with its link: her other profiles stay as they are, however many devices she has."""
    _write(truth, [each for each, _ in adopted], seq)
    truth.run_many(sql_text("identity", "place_device"), [(customer, customer, each.one_profile_id) for each, customer in adopted])
    known_for_hers(truth, [(seq + n, each.known_at, each.one_profile_id) for n, (each, _) in enumerate(adopted)])
    customer_of = {each.one_profile_id: customer for each, customer in adopted}
    ordering = [number for (number,) in look_up(truth, "identity", "profiles_with_orders", customer_of)]
    customers_changed(truth, {customer_of[number] for number in ordering}, seq)
    reckon_anew(truth, ordering)


def _write(truth: Truth, links: Sequence[Link], seq: int) -> None:
    rows = [(seq + n, each.one_profile_id, each.other_profile_id, each.kind, each.known_at, each.reason) for n, each in enumerate(links)]
    truth.run_many(sql_text("identity", "add_link"), rows)


def end_link(truth: Truth, one_profile_id: int, other_profile_id: int, kind: LinkKind, at: int, seq: int) -> bool:
    """Ends what joins two profiles directly; says whether anything did."""
    pair = (one_profile_id, other_profile_id, other_profile_id, one_profile_id)
    is_ended = bool(truth.run(sql_text("identity", "end_link"), (seq, at, kind, *pair)))
    regroup(truth, pair[:2] if kind != "household" else (), seq)
    return is_ended


JOINED_BY: dict[type[Event], LinkKind] = {CustomersMerged: "person", HouseholdJoined: "household"}
PARTED_BY: dict[type[Event], LinkKind] = {CustomersUnmerged: "person", HouseholdLeft: "household"}


def write_links(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Does what a person of the shop said of two customers; inside the transaction that recorded it."""
    told = [(record, event) for record in recorded if isinstance(event := record.what.event, Told)]
    others = who_is(truth, "customer", {event.other_key for _, event in told})
    for record, event in told:
        pair, at = (record.what.profile_id, others[event.other_key].profile_id), record.what.known_at
        if type(event) in JOINED_BY:
            because = event.because if isinstance(event, CustomersMerged) else "said"
            link(truth, [Link(*pair, JOINED_BY[type(event)], at, because)], record.seq)
        else:
            end_link(truth, *pair, PARTED_BY[type(event)], at, record.seq)


def linked(truth: Truth, profile_ids: Iterable[int], kinds: tuple[LinkKind, ...] = ("device", "person")) -> list[Link]:
    """Every link that holds among all whom these profiles are joined with, near or far."""
    found: dict[int, Link] = {}
    asked: set[int] = set()
    while frontier := set(profile_ids) - asked:
        asked |= frontier
        rows = [row for query in ("links_of_one", "links_of_other") for row in look_up(truth, "identity", query, frontier)]
        found |= {seq: each for (seq, *_), each in zip(rows, starmap(Link, (row[1:] for row in rows)), strict=True) if each.kind in kinds}
        profile_ids = {number for each in found.values() for number in (each.one_profile_id, each.other_profile_id)}
    return [found[seq] for seq in sorted(found)]


def groups(profile_ids: Iterable[int], links: Iterable[Link]) -> list[set[int]]:
    """The profiles parted into those that the links join."""
    of = {number: {number} for number in profile_ids}
    for each in links:
        one, other = (of.setdefault(number, {number}) for number in (each.one_profile_id, each.other_profile_id))
        if one is not other:
            one |= other
            of |= dict.fromkeys(other, one)
    return list({id(group): group for group in of.values()}.values())


def regroup(truth: Truth, profile_ids: Iterable[int], seq: int) -> None:
    """Gives every profile of these groups the number of its customer, and tells the projection whose rows that changes."""
    touched = set(profile_ids)
    links = linked(truth, touched)
    every = groups(touched, links)
    whole = {number for group in every for number in group}
    named = {number for (number,) in look_up(truth, "identity", "profiles_named", whole)}
    before = {number: tuple(rest) for number, *rest in look_up(truth, "identity", "profiles", whole)}
    after = {number: placed for group in every for number, placed in _placed(group, named, links).items()}
    moved = {number for number in whole if before[number] != after[number]}
    if moved:
        take_numbers(truth, "merges", 1)
    truth.run_many(sql_text("identity", "place_profile"), [(*after[number], number) for number in sorted(moved)])
    changed = {placed[0] for number in moved for placed in (before[number], after[number])}
    customers_changed(truth, changed, seq)
    lay_out(truth, changed)
    reckon_anew(truth, moved)


def _placed(group: set[int], named: set[int], links: Iterable[Link]) -> dict[int, tuple[int, int]]:
    """The customer of each profile of a group, and since when more than one person's were joined."""
    customer = min(group & named or group)
    joined_at = max((each.known_at for each in links if each.kind == "person" and each.one_profile_id in group), default=0)
    return dict.fromkeys(group, (customer, joined_at))
