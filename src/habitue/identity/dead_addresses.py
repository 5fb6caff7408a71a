"""E-mail addresses that letters come back from. Nothing is written there, and judgement hears that she cannot be reached so, until she shows herself that
it lives: she answers a letter from it, or proves it at the door. The same address told again by a file shows nothing; another one is another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from habitue.events.lookup import look_up
from habitue.identity.records import add_revisions, revisions_of, told_of
from habitue.identity.rules import normalised
from habitue.store import Truth, sql_text


def dead_addresses(truth: Truth, profile_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Those of these profiles, each with its address in its one spelling."""
    return {(int(profile), str(value)) for profile, value in look_up(truth, "identity", "dead_addresses", set(profile_ids))}


def dead_for(truth: Truth, told: Iterable[tuple[str, int]]) -> set[tuple[int, str]]:
    """Those of these addresses, told now of these profiles, to which letters come back: whoever told them first, they are dead for everybody."""
    spelt = {(profile, normalised("email", email)) for email, profile in told if email}
    dead = {str(value) for (value,) in look_up(truth, "identity", "dead_values", {value for _, value in spelt if value})}
    return {(profile, value) for profile, value in spelt if value in dead}


def is_written_to(email: str, profile_id: int, dead: set[tuple[int, str]]) -> bool:
    """Whether there is an address, and letters to it do not come back."""
    return bool(email) and (not dead or (profile_id, normalised("email", email)) not in dead)


def end_address(truth: Truth, email: str, now: int) -> int:
    """Letters to an address come back; gives for how many profiles that is new. Inside a transaction that holds the right to write. Units: UTC seconds."""
    spelt = normalised("email", email)
    return _tell(truth, spelt, [profile for (profile,) in truth.run(sql_text("identity", "end_address"), (now, spelt))], 0, now)


def revive_address(truth: Truth, email: str, now: int) -> int:
    """She writes from an address, or has proved it: it lives. As `end_address`."""
    spelt = normalised("email", email)
    return _tell(truth, spelt, [profile for (profile,) in truth.run(sql_text("identity", "revive_address"), (spelt,))], 1, now)


def _tell(truth: Truth, email: str, profiles: list[int], has_email: int, now: int) -> int:
    """Tells judgement, of those by whom it is written to."""
    hers = {number for number, person in told_of(truth, profiles).items() if normalised("email", person.email) == email}
    last = [every[-1] for number, every in sorted(revisions_of(truth, hers).items()) if every[-1].has_email != has_email]
    if last:
        seq = truth.next_seq(len(last))
        add_revisions(truth, [replace(each, known_at=max(now, each.known_at), seq=seq + place, has_email=has_email) for place, each in enumerate(last)])
    return len(profiles)
