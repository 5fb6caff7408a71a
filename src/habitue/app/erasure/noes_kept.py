"""A no outlives her erasure: one that comes in late is kept as a hash alone, and whoever comes back is heeded in what she had said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from habitue.app.listeners import record
from habitue.app.merging import SOURCE
from habitue.consent.forget import DAY_SECONDS, noes_of, seal, sealed_by, sealed_of
from habitue.consent.forget import Sealed as Word
from habitue.consent.rules import narrowed_from
from habitue.consent.standing import standings
from habitue.consent.suppression import suppress
from habitue.events.lookup import look_up
from habitue.events.model import ConsentWithdrawn, Occurrence
from habitue.identity.forget import whom_of
from habitue.identity.model import IDENTIFIER_KINDS, Who
from habitue.identity.tombstones import Named, Tombstones
from habitue.words.clock import local_day_and_hour
from habitue.words.vocabulary import Channel, Collected, Purpose

No = tuple[Purpose, Channel, int]
"""What somebody wants no more, by which way, and when she said so (UTC seconds)."""
NOON_SECONDS = DAY_SECONDS // 2


def keep_late(tombstones: Tombstones, named: Iterable[Named], noes: Iterable[No], now: int) -> None:
    """Noes of somebody who is forgotten: her addresses go on the suppression list, the words are sealed under whatever names her; nothing else is kept.

    One that was heard before, or that stands already under all of these names, changes nothing. Inside a transaction that holds the right to write.
    """
    every = list(named)
    bearers = [(kind, tombstones.hash_of(kind, value)) for kind, value in every]
    heard = set(sealed_of(tombstones.truth, [each for _, each in bearers]))
    standing = [{(word.purpose, word.channel) for word in noes_of(tombstones.truth, [each])} for _, each in bearers]
    new = [(purpose, channel, at) for purpose, channel, at in noes if not all((purpose, channel) in each for each in standing)]
    late = [word for purpose, channel, at in new if (word := Word(purpose, channel, at // DAY_SECONDS, False)) not in heard]
    if not late:
        return
    seal(tombstones.truth, sealed_by(bearers, late))
    for kind in IDENTIFIER_KINDS:
        for value in (value for each, value in every if each == kind):
            suppress(tombstones.truth, kind, value, [(word.purpose, word.channel) for word in late], now, tombstones.country)


def say_again(tombstones: Tombstones, back: Mapping[Named, Iterable[Named]], zone: str, now: int) -> None:
    """Writes down what each of these said no to before she was forgotten: by what she is known now, and whatever of hers was forgotten.

    A yes of a file that brought her back gives nothing back; a word of hers since does. What was written down as another identifier of hers came back is not
    said twice. Inside the transaction that brings her back.
    """
    for first, erased in back.items():
        if who := _who(tombstones, first):
            told = {tombstones.hash_of(*each) for each in erased}
            profiles = [profile for profile, _ in look_up(tombstones.truth, "identity", "profiles_of_customers", [who.customer_id])]
            before = {tombstones.hash_of(*each) for each in whom_of(tombstones.truth, profiles).identifiers} - told
            heard = set(sealed_of(tombstones.truth, before))
            noes = [word for word in noes_of(tombstones.truth, told) if word not in heard]
            record(tombstones.truth, list(_said(tombstones, who, noes, zone, now)), zone, now)


def _said(tombstones: Tombstones, who: Who, noes: Iterable[Word], zone: str, now: int) -> Iterable[Occurrence]:
    hers, own = standings(tombstones.truth, [who.customer_id])
    for word in noes:
        leave = word.purpose, word.channel
        mine = own.get((who.profile_id, *leave))
        if mine is None and (who.customer_id, *leave) in hers:
            continue  # another number of hers brought her back before, and what she has said since counts
        if mine is None or mine.is_granted:
            at = min(word.day * DAY_SECONDS + NOON_SECONDS, now)
            event = ConsentWithdrawn(*leave, "", Collected.BEFORE)
            number = f"before {tombstones.truth.next_seq()}"
            yield Occurrence(event, SOURCE, number, who.profile_id, at, *local_day_and_hour(at, zone), narrowed_from(mine, at, now))


def _who(tombstones: Tombstones, named: Named) -> Who | None:
    """Who is known by that now; nobody where several are."""
    kind, value = named
    rows = look_up(tombstones.truth, "identity", "identifiers", {tombstones.spelt(kind, value)} - {""}, kind)
    return Who(*rows[0][1:3]) if len({row[2] for row in rows}) == 1 else None
