"""Who knocks how often: nobody can have somebody else's inbox filled by us, and nobody's address is kept to know that.

A mailbox gets one letter of a kind a day, whatever is typed and by whom; one network leaves so many addresses an hour; and where more is asked for than a
shop has newcomers, no letter leaves until a person has looked.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv6Address, ip_address

from habitue.channels.email.address import mailbox_of
from habitue.channels.letters import Kind
from habitue.events.lookup import take_numbers
from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash

REST_SECONDS = 86_400
"""How long a mailbox rests after a letter of a kind."""
NOT_HERS_SECONDS = 90 * 86_400
"""How long it rests after somebody there said that it was not she who asked."""
NETWORK_SECONDS, MOST_BY_NETWORK = 3_600, 20
"""A whole shop may share one network, and its guests sign up one after another."""
ALL_SECONDS, MOST_IN_ALL = 3_600, 200
"""More newcomers than that in an hour no shop has; then somebody should look."""
MOST_HELD = 2_000
"""So many requests are held at most while no letter leaves."""


class Verdict(Enum):
    """Whether a knock is heard."""

    HEARD = "heard"
    RESTING = "this mailbox had its letter"
    TOO_MANY_FROM_THERE = "too many from this network"
    TOO_MANY_IN_ALL = "more than can be held"


def knock(truth: Truth, key: bytes, kind: Kind, address: str, network: str, now: int) -> Verdict:
    """Counts a knock and says whether it is heard. Inside a transaction that holds the right to write; `address` is one that a letter can go to."""
    net = keyed_hash(key, "network", str(now // 86_400), _network(network))  # another hash every day
    if _count(truth, net, now - NETWORK_SECONDS) >= MOST_BY_NETWORK:
        return Verdict.TOO_MANY_FROM_THERE
    _keep(truth, net, now, now + NETWORK_SECONDS)
    return hear(truth, keyed_hash(key, "mailbox", kind, mailbox_of(address)), now)


def knock_again(truth: Truth, key: bytes, kind: Kind, profile_id: int, now: int) -> Verdict:
    """The same for somebody whom an old link named, where no address is typed."""
    return hear(truth, keyed_hash(key, "profile", kind, str(profile_id)), now)


def hear(truth: Truth, what: bytes, now: int) -> Verdict:
    """Whether whoever is behind that hash may have a letter now, which is then counted."""
    if truth.run(sql_text("app", "knock_rests"), (what, now)):
        return Verdict.RESTING
    if is_stopped(truth):
        if truth.run(sql_text("app", "count_requests"))[0][0] >= MOST_HELD:
            return Verdict.TOO_MANY_IN_ALL
    elif _count(truth, ALL, max(now - ALL_SECONDS, _released_at(truth))) >= MOST_IN_ALL:
        truth.run(sql_text("app", "stop_post"), (now,))
    _keep(truth, what, now, now + REST_SECONDS)
    _keep(truth, ALL, now, now + ALL_SECONDS)
    return Verdict.HEARD


def not_hers(truth: Truth, key: bytes, address: str, now: int) -> None:
    """Somebody at that mailbox said that it was not she: nobody can have us write there again for a long while."""
    _keep(truth, keyed_hash(key, "mailbox", "confirm", mailbox_of(address)), now, now + NOT_HERS_SECONDS)


def is_stopped(truth: Truth) -> bool:
    """Whether no letter leaves because too many were asked for at once."""
    return bool(truth.run(sql_text("app", "post_stopped")))


def release(truth: Truth, now: int) -> None:
    """A person has looked: letters leave again. Inside a transaction."""
    truth.run(sql_text("app", "release_post"), (now,))


def forget_knocks(truth: Truth, now: int) -> None:
    """Drops every count whose time is over."""
    truth.run(sql_text("app", "drop_knocks"), (now,))


ALL = bytes(32)
"""Under this, every letter counts."""


def _released_at(truth: Truth) -> int:
    return int(truth.run(sql_text("app", "post_released_at"))[0][0])


def _count(truth: Truth, what: bytes, since: int) -> int:
    return int(truth.run(sql_text("app", "count_knocks"), (what, since))[0][0])


def _keep(truth: Truth, what: bytes, at: int, until: int) -> None:
    truth.run(sql_text("app", "add_knock"), (what, at, take_numbers(truth, "knock", 1), until))


def _network(address: str) -> str:
    """One home or shop: an IPv4 address, or the first half of an IPv6 one, which a single line may fill as it likes."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)
