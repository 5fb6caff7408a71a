"""Who knocks how often: nobody can have somebody else's inbox filled by us, nor keep her out, and nobody's address is kept to know that.

A mailbox gets so many letters a day, whatever is typed and by whom, and what somebody types with a tag takes nothing from who types it plainly; one network
leaves so many addresses an hour; and where more is asked for than a shop has newcomers, no letter of that kind leaves until a person has looked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv6Address, ip_address

from habitue.channels.email.address import is_tagged, mailbox_of, sendable
from habitue.channels.letters import Kind
from habitue.events.lookup import take_numbers
from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash

REST_SECONDS, AGAIN_SECONDS = 86_400, 3_600
"""What is counted for a mailbox is counted for a day; one spelling of an address rests for an hour after each of its letters."""
MOST_FROM_ONE, MOST_PLAIN, MOST_TAGGED = 2, 3, 1
"""So many letters a day go to one spelling of an address for one network; so many for all networks to all spellings of its mailbox without a tag (where
dots make no difference there are several), and so many sign-ups to all with one: four in all."""
NOT_HERS_SECONDS = 90 * 86_400
"""How long a mailbox rests after somebody there said that it was not she who asked."""
NETWORK_SECONDS, MOST_BY_NETWORK, MOST_BY_SITE = 3_600, 20, 100
"""A whole shop may share one network, and its guests sign up one after another. A site is the /48 of IPv6 that one customer of a provider may have."""
ALL_SECONDS, MOST_IN_ALL = 3_600, 200
"""More newcomers than that in an hour no shop has, nor more who lost their links; then somebody should look."""
MOST_HELD = 2_000
"""So many requests are held at most while no letter of their kind leaves, and so many messages that nobody has looked at."""
WORDS = b"words".ljust(32, b"\0")
"""Under this, everything counts that is left in the contact form."""


class Verdict(Enum):
    """Whether a knock is heard."""

    HEARD = "heard"
    RESTING = "this mailbox had its letter"
    TOO_MANY_FROM_THERE = "too many from this network"
    TOO_MANY_IN_ALL = "more than can be held"


@dataclass(frozen=True)
class Lane:
    """What is counted together, under a hash: at most so many letters within a day, each so long after the one before."""

    what: bytes
    most: int
    apart_seconds: int = 0


def knock(truth: Truth, key: bytes, kind: Kind, address: str, network: str, now: int, *, at_counter: bool = False) -> Verdict:
    """Counts a knock and says whether it is heard. Inside a transaction that holds the right to write; `address` is one that a letter can go to.

    Who once said that it was not she, perhaps by mistake, is asked again where somebody of the shop stands beside her (`at_counter`).
    """
    if _too_many_from(truth, key, network, now):
        return Verdict.TOO_MANY_FROM_THERE
    if kind == "confirm" and truth.run(sql_text("app", "knock_rests"), (_not_hers(key, address, at_counter), now)):
        return Verdict.RESTING
    return hear(truth, kind, _lanes(key, kind, address, _networks(network)[0][0]), now)


def knock_words(truth: Truth, key: bytes, network: str, now: int, waiting: int) -> Verdict:
    """The same for words that somebody leaves in the contact form; `waiting` are those that nobody has looked at. No letter leaves by itself for them."""
    if _too_many_from(truth, key, network, now):
        return Verdict.TOO_MANY_FROM_THERE
    if waiting >= MOST_HELD or _count(truth, WORDS, now - ALL_SECONDS) >= MOST_IN_ALL:
        return Verdict.TOO_MANY_IN_ALL
    _keep(truth, WORDS, now, now + ALL_SECONDS)
    return Verdict.HEARD


def _too_many_from(truth: Truth, key: bytes, network: str, now: int) -> bool:
    """Whether too much comes from that network; else one more is counted for it."""
    nets = [(keyed_hash(key, "network", str(now // 86_400), net), most) for net, most in _networks(network)]  # another hash every day
    if any(_count(truth, net, now - NETWORK_SECONDS) >= most for net, most in nets):
        return True
    for net, _most in nets:
        _keep(truth, net, now, now + NETWORK_SECONDS)
    return False


def knock_again(truth: Truth, key: bytes, kind: Kind, profile_id: int, now: int) -> Verdict:
    """The same for somebody whom an old link named, where no address is typed."""
    return hear(truth, kind, [Lane(keyed_hash(key, "profile", kind, str(profile_id)), 1)], now)


def hear(truth: Truth, kind: Kind, lanes: Iterable[Lane], now: int) -> Verdict:
    """Whether whoever is behind these lanes may have a letter now, which is then counted in each."""
    counted = tuple(lanes)
    if any(_count(truth, each.what, now - REST_SECONDS) >= each.most or _count(truth, each.what, now - each.apart_seconds) for each in counted):
        return Verdict.RESTING
    if kind in stopped_kinds(truth):
        if truth.run(sql_text("app", "count_requests"), (kind,))[0][0] >= MOST_HELD:
            return Verdict.TOO_MANY_IN_ALL
    elif _count(truth, _all(kind), max(now - ALL_SECONDS, _released_at(truth, kind))) >= MOST_IN_ALL:
        truth.run(sql_text("app", "stop_post"), (kind, now))
    for each in counted:
        _keep(truth, each.what, now, now + REST_SECONDS)
    _keep(truth, _all(kind), now, now + ALL_SECONDS)
    return Verdict.HEARD


def not_hers(truth: Truth, key: bytes, address: str, now: int, *, at_counter: bool) -> None:
    """Somebody at that mailbox said that it was not she: nobody can have us write there from the form for a long while; nor from the counter, where even
    that letter was not hers.
    """
    for is_counter in {False, at_counter}:
        _keep(truth, _not_hers(key, address, is_counter), now, now + NOT_HERS_SECONDS)


def hers(truth: Truth, key: bytes, address: str) -> None:
    """She pressed yes in a letter to that mailbox: what was said there before counts no more."""
    for is_counter in (False, True):
        truth.run(sql_text("app", "drop_knock"), (_not_hers(key, address, is_counter),))


def stopped_kinds(truth: Truth) -> frozenset[str]:
    """The kinds of letters of which none leaves because too many were asked for at once."""
    return frozenset(kind for (kind,) in truth.run(sql_text("app", "post_stopped")))


def release(truth: Truth, now: int) -> None:
    """A person has looked: letters leave again. Inside a transaction."""
    truth.run(sql_text("app", "release_post"), (now,))


def forget_knocks(truth: Truth, now: int) -> None:
    """Drops every count whose time is over."""
    truth.run(sql_text("app", "drop_knocks"), (now,))


def _lanes(key: bytes, kind: Kind, address: str, network: str) -> list[Lane]:
    """What a letter to that address counts for. A fresh link only goes to an address that is known, so there its spelling stands for the mailbox."""
    spelt = sendable(address).lower()
    from_one = Lane(keyed_hash(key, "spelt", kind, spelt, network), MOST_FROM_ONE, AGAIN_SECONDS)
    sort, most = ("tagged", MOST_TAGGED) if kind == "confirm" and is_tagged(address) else ("plain", MOST_PLAIN)
    return [from_one, Lane(keyed_hash(key, sort, kind, mailbox_of(address) if kind == "confirm" else spelt), most)]


def _not_hers(key: bytes, address: str, is_counter: bool) -> bytes:
    return keyed_hash(key, "mailbox", "counter" if is_counter else "confirm", mailbox_of(address))


def _all(kind: Kind) -> bytes:
    """Under this, every letter of a kind counts."""
    return kind.encode().ljust(32, b"\0")


def _released_at(truth: Truth, kind: Kind) -> int:
    return int(truth.run(sql_text("app", "post_released_at"), (kind,))[0][0])


def _count(truth: Truth, what: bytes, since: int) -> int:
    return int(truth.run(sql_text("app", "count_knocks"), (what, since))[0][0])


def _keep(truth: Truth, what: bytes, at: int, until: int) -> None:
    truth.run(sql_text("app", "add_knock"), (what, at, take_numbers(truth, "knock", 1), until))


def _networks(address: str) -> list[tuple[str, int]]:
    """From where it came, and how much may come from there: one home or shop (an IPv4 address; of IPv6 the first half, for a single line may fill the other
    as it likes), and of IPv6 the site around it, too.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return [("", MOST_BY_NETWORK)]
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        line, site = (IPv6Address(int(found) >> rest << rest) for rest in (64, 80))
        return [(str(line), MOST_BY_NETWORK), (f"{site}/48", MOST_BY_SITE)]
    return [(str(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else str(found), MOST_BY_NETWORK)]
