"""Sorting: from requests as they came to events on the right cards, in order, some hundreds of messages a transaction.

A request leaves `arrival` in the transaction that writes its events, so a kill at any moment neither loses nor doubles one. What cannot be sorted becomes
a dead letter with its reason; where something unforeseen breaks, requests are taken one by one, then message by message, so that only the culprit is set aside.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from habitue.app.collect.describing import Describing, person_told
from habitue.app.collect.letters import BROWSING, Letter, event_of, letter_of
from habitue.app.collect.owning import told_of_others
from habitue.app.collect.refusing import REFUSED, unlike_before
from habitue.app.collect.signals import refusals
from habitue.app.collect.visits import is_sign, is_visit
from habitue.app.collect.wire import BATCH, ONE, Told, apart, messages_of
from habitue.app.erasure.heeding import Heeding
from habitue.app.listeners import record
from habitue.app.pull.settling import settle
from habitue.app.pull.unpacking import Parcel, unpack
from habitue.app.pull.wording import is_of_a_shop
from habitue.events.arrivals import Arrival, WriteKey, set_aside, sorted_out, still_waiting, waiting, write_down, write_keys
from habitue.events.lookup import look_up
from habitue.events.model import AnyEvent, Occurrence, OrderCompleted
from habitue.events.seen import write_seen
from habitue.identity.model import Who
from habitue.identity.recognising import Claim, Recognising
from habitue.identity.records import who_is
from habitue.store import Settings, Truth, sql_text
from habitue.words.clock import local_day_and_hour
from habitue.words.errors import BadInput, Busy, StoreError

REQUESTS_AT_ONCE, BYTES_AT_ONCE = 40, 100_000
ENDED = "The key by which this came may no longer write."
Dead = tuple[Arrival, bytes, str]
log = logging.getLogger("habitue.collect")


@dataclass
class Pile:
    """What became of some requests: letters with their events, refunds whose order says whose they are, and what is set aside."""

    letters: list[tuple[Letter, AnyEvent | None]] = field(default_factory=list)
    refunds: list[Parcel] = field(default_factory=list)
    dead: list[Dead] = field(default_factory=list)


class Sorter:
    """Sorts into one truth; one at a time."""

    def __init__(self, truth: Truth, settings: Settings) -> None:
        self.truth, self.settings = truth, settings
        self.heeding = Heeding(truth, settings)

    def sort_some(self) -> int:
        """Sorts the oldest requests; gives how many (0: none is waiting).

        Raises: Busy or StoreError where the truth says no; nothing is lost, and the next call goes on.
        """
        arrivals = _few(waiting(self.truth, REQUESTS_AT_ONCE))
        if arrivals:
            self._sort_whatever_comes(arrivals)
        return len(arrivals)

    def _sort_whatever_comes(self, arrivals: Sequence[Arrival]) -> None:
        try:
            self._sort(arrivals)
        except (Busy, StoreError):
            raise
        except Exception as wrong:  # noqa: BLE001 - a poison message must not stop the others, whatever it does
            self._take_apart(arrivals, wrong)

    def _take_apart(self, arrivals: Sequence[Arrival], wrong: Exception) -> None:
        """Sorts one by one what broke together; a single message that breaks alone is set aside."""
        if len(arrivals) > 1:
            for arrival in arrivals:
                self._sort_whatever_comes([arrival])
            return
        arrival = arrivals[0]
        with self.truth.transaction():
            self.truth.next_seq(0)
            if not still_waiting(self.truth, arrivals):
                return
            if arrival.words == BATCH:
                singles = [apart(arrival.number, told) for told in messages_of(BATCH, arrival.body)]
                write_down(self.truth, [(arrival.key, arrival.received_at, ONE, int(arrival.is_quiet), raw) for raw in singles])
            else:
                log.error("a message could not be sorted: %s", type(wrong).__name__)  # without its text, which may hold a name
                set_aside(self.truth, [(arrival, arrival.body, f"It broke our side ({type(wrong).__name__}); sort it again after the next version.")])
            sorted_out(self.truth, [arrival])

    def _sort(self, arrivals: Sequence[Arrival]) -> None:
        with self.truth.transaction():
            self.truth.next_seq(0)  # waits for whoever is writing
            arrivals = still_waiting(self.truth, arrivals)  # a pull sorts too: whoever came first has done it
            pile = self._unforgotten(self._read(arrivals, write_keys(self.truth)), arrivals)
            whose = self._recognise(pile)
            self.heeding.say_again()
            describing = Describing(self.truth, whose, self.settings.country)
            now = max((arrival.received_at for arrival in arrivals), default=0)
            told = [(letter, event, who) for (letter, event), who in zip(pile.letters, whose, strict=True)]
            settled = settle(self.truth, self.settings, told, pile.refunds, now)
            new = [(letter, what) for letter, event, who in settled.told if (what := self._told(letter, event, who, describing))]
            describing.settle(now)
            new, others = told_of_others(self.truth, new)
            record(self.truth, refusals(self.truth, [(letter, who) for letter, _, who in told], self.settings.zone), self.settings.zone, now)
            refused = [_dead(letter.arrival, letter.told, reason) for letter, reason in others] + self._record(new, arrivals, now)
            set_aside(self.truth, [*pile.dead, *settled.dead, *refused])
            sorted_out(self.truth, arrivals)

    def _unforgotten(self, pile: Pile, arrivals: Sequence[Arrival]) -> Pile:
        """Without what tells of somebody who was forgotten: that is let go, and only counted."""
        if not self.heeding.is_needed():
            return pile
        letters, refunds, gone = self.heeding.letters(pile.letters, pile.refunds)
        about = self.heeding.are_about([(arrival, body) for arrival, body, _ in pile.dead])
        dead = [each for each, is_hers in zip(pile.dead, about, strict=True) if not is_hers]
        self.heeding.count("messages", gone + len(pile.dead) - len(dead), max(arrival.received_at for arrival in arrivals))
        return Pile(letters, refunds, dead)

    def _record(self, new: Sequence[tuple[Letter, Occurrence]], arrivals: Sequence[Arrival], now: int) -> list[Dead]:
        """Writes what happened; gives what the log refuses, each request of a shop once."""
        appended = record(self.truth, [what for _, what in new], self.settings.zone, now)
        letters = {id(what): letter for letter, what in new}
        signs = {id(what): is_visit(letter, what.event) for letter, what in new if is_sign(what.event)}
        write_seen(self.truth, [(each, signs[id(each.what)]) for each in appended.recorded if id(each.what) in signs])
        came = {arrival.number: arrival for arrival in arrivals}  # as it came: of what a shop tells, a letter knows since when it holds
        unlike = unlike_before(self.truth, [what for what, _ in appended.refused])
        told = [(came[letters[id(what)].arrival.number], letters[id(what)].told, REFUSED.format(what.message_id)) for what in unlike]
        return list(dict.fromkeys(_dead(arrival, one, reason) for arrival, one, reason in told))

    def _read(self, arrivals: Sequence[Arrival], keys: dict[str, WriteKey]) -> Pile:
        pile = Pile()
        self._open_shops(pile, [(arrival, keys[arrival.key]) for arrival in arrivals if is_of_a_shop(arrival.words) and arrival.key in keys])
        for arrival in arrivals:
            source = keys.get(arrival.key)
            if is_of_a_shop(arrival.words):
                if source is None:
                    pile.dead.append((arrival, arrival.body, ENDED))
                continue
            try:
                told = messages_of(arrival.words, arrival.body)
            except BadInput as wrong:
                pile.dead.append((arrival, arrival.body, str(wrong)))
                continue
            for one in told:
                try:
                    if source is None:
                        raise BadInput(ENDED)
                    self._understand(pile, arrival, source, one)
                except BadInput as wrong:
                    pile.dead.append(_dead(arrival, one, str(wrong)))
        return pile

    def _open_shops(self, pile: Pile, arrivals: Sequence[tuple[Arrival, WriteKey]]) -> None:
        if arrivals:
            unpacked = unpack(self.truth, self.settings, arrivals)
            pile.letters += unpacked.letters
            pile.refunds += unpacked.refunds
            pile.dead += unpacked.dead

    def _understand(self, pile: Pile, arrival: Arrival, source: WriteKey, one: Told) -> None:
        letter = letter_of(arrival, source, one)
        event = event_of(letter, self.settings.currency)
        if not (letter.is_quiet and isinstance(event, BROWSING)):  # what she looks at unseen is let go
            pile.letters.append((letter, event))

    def _recognise(self, pile: Pile) -> list[Who]:
        """Whose each letter is. A number that a link claimed for a device is kept by its client, which adds it to whatever the site says on later pages.

        It counts only once the client has been without it, or once a server of ours says it.
        """
        letters = [letter for letter, _ in pile.letters]
        before = set(look_up(self.truth, "identity", "link_claims", {letter.device for letter in letters if letter.device}))
        customers = who_is(self.truth, "customer", {letter.previous_key for letter in letters if letter.previous})
        claimed, claims = set(before), []
        for letter in letters:
            pair = (letter.device, letter.key)
            if letter.is_key_by_link:
                claimed.add(pair)
            elif letter.source.is_server:
                claimed.discard(pair)
            else:
                claimed -= {claim for claim in claimed if claim[0] == letter.device and claim != pair}
            device = letter.previous if letter.previous and letter.previous_key not in customers else letter.device
            claims.append(_claim(letter, device, is_hers=bool(letter.key) and pair not in claimed))
        self.truth.run_many(sql_text("identity", "drop_link_claim"), before - claimed)
        self.truth.run_many(sql_text("identity", "add_link_claim"), [pair for pair in claimed - before if pair[0]])
        return Recognising(self.truth, self.settings.zone).recognise(claims)

    def _told(self, letter: Letter, event: AnyEvent | None, who: Who, describing: Describing) -> Occurrence | None:
        """What a letter tells, if anything new: of an identify, what is new of her."""
        if letter.message.type == "identify":
            event, who = describing.told(letter, who), replace(who, profile_id=describing.home(who))
        return self._occurrence(letter, event, who) if event else None

    def _occurrence(self, letter: Letter, event: AnyEvent, who: Who) -> Occurrence:
        """A new order is known by its own number, whatever message brings it: a thank-you page that is loaded again sells nothing."""
        day, hour = local_day_and_hour(letter.at, self.settings.zone)
        message_id = event.order_key if isinstance(event, OrderCompleted) else letter.message_id
        source = letter.source.source
        return Occurrence(event, source, message_id, who.profile_id, letter.at, day, hour, letter.received_at)


def _few(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """As many as make a short transaction: while it lasts, nobody else writes."""
    sizes = accumulate(len(arrival.body) for arrival in arrivals)
    return arrivals[: max(1, sum(size <= BYTES_AT_ONCE for size in sizes))]


def _dead(arrival: Arrival, one: Told | None, reason: str) -> Dead:
    """What is set aside: one message of its request, or all that a shop told."""
    if one is None:
        return arrival, arrival.body, reason
    return replace(arrival, words=ONE) if arrival.words == BATCH else arrival, apart(arrival.number, one), reason


def _claim(letter: Letter, device: str, *, is_hers: bool) -> Claim:
    """By what a letter names its person; what comes without a device, by a link, is a device of its own."""
    email = letter.email if is_hers or not letter.key else ""
    device = device or ("" if is_hers or email else f"link {letter.message_id}")
    may_join = not letter.is_quiet and not letter.is_device_by_link
    given_name, is_telling = person_told(letter.traits).get("given_name", ""), letter.message.type == "identify"
    return Claim(letter.key if is_hers else "", device, email, may_join, letter.received_at, given_name, is_telling, letter.source.is_server)
