"""Forgetting somebody: everything that any room holds of her, gone from every file of the house, and kept from coming back.

1. What waits is sorted, so that hers is known as hers. 2. Files that tell of her are taken away. 3. In one transaction: her hashes are written down, in a
file first; her word on being written to is sealed; each room erases what it holds. 4. The files for judgement are written anew without her, then the
database's own; her keys to every backup are destroyed. A run that is ended in between is brought to its end by the next opening of the house.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from habitue.app import forget as decided
from habitue.app.backup.erasures import destroy_keys
from habitue.app.collect.sorting import Sorter
from habitue.app.erasure.files import files_about, take_away, take_away_again
from habitue.app.house import House
from habitue.app.names import customer_of
from habitue.channels import forget as channels
from habitue.consent import forget as consent
from habitue.consent.suppression import Listed, suppress_standing
from habitue.decide import forget as decide
from habitue.dialogue import forget as dialogue
from habitue.events import forget as events
from habitue.events.lookup import look_up, take_numbers
from habitue.events.model import TouchSent, event_of
from habitue.identity import forget as identity
from habitue.identity.records import told_of
from habitue.identity.rules import letter_address
from habitue.identity.tombstones import Grave, Named, Tombstones
from habitue.memory import forget as memory
from habitue.store import Settings, Truth, projection, sql_text
from habitue.store.log import note
from habitue.store.schema import rows_where
from habitue.store.scrubbing import FILE_STAYS, LIST_DAMAGED, PLACE_AWAY, PLACE_TAKEN, TRIED_AGAIN, scrub
from habitue.words.clock import Clock, date_of
from habitue.words.whom import Whom

ROOMS = (decided, decide, channels, dialogue, memory, consent, events, identity)
"""Every room that holds anything of a customer; who she is goes last, for the others find her by it."""
PASSED_THROUGH = ("arrival", "dead_letter")
"""Where a message lies before anybody knows whose it is."""
ROUNDS = 10_000
DAY_SECONDS = 86_400


class Certificate(msgspec.Struct, frozen=True):
    """What an erasure did, without a word about whom. Units: `erased_at` is in UTC seconds.

    `rows` counts by relation, `files` those taken away, `lines` those of the files for judgement, `backup_keys` those destroyed;
    `left` names what somebody must still see to (`scrubbing.LEFT`). `person` is the keyed hash of her number: whoever has the house's key and her number can
    show that it is hers. `staying` are the places of files that could not be deleted, hashed alike: a name of a file may be hers.
    """

    number: str
    erased_at: int
    person: str
    rows: dict[str, int]
    sealed: int
    files: int = 0
    lines: int = 0
    backup_keys: int = 0
    left: list[str] = []
    staying: list[str] = []

    @property
    def erased_on(self) -> str:
        """The day, by universal time, as 2026-11-22."""
        return str(date_of(self.erased_at // DAY_SECONDS))


@dataclass(frozen=True)
class Held:
    """What would be erased: rows by relation, and files by their place in the house's folder."""

    rows: dict[str, int]
    files: tuple[str, ...]


def held_of(house: House, customer_key: str) -> Held:
    """What the house holds of a customer. Nothing is changed.

    Raises: Unknown where nobody has that key.
    """
    whom = whom_of(house.truth, customer_of(house, customer_key))
    rows = {relation: len(found) for relation, found in everything_of(house.truth, whom).items() if found}
    return Held(rows, tuple(str(path.relative_to(house.settings.data)) for path in files_about(house.settings, whom)))


def whom_of(truth: Truth, customer: int) -> Whom:
    """A customer as every room finds her, with all her profiles, whoever was joined."""
    return identity.whom_of(truth, [profile for profile, _ in look_up(truth, "identity", "profiles_of_customers", [customer])])


def everything_of(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that any room holds of her, by relation, each with all its columns."""
    return {relation: rows for room in ROOMS for relation, rows in room.shown(truth, whom).items()}


def what_is_in() -> dict[str, str]:
    """What of a customer each relation holds, in plain words."""
    return {relation: words for room in ROOMS for relation, words in room.HOLDS.items()}


def forget(house: House, customer_key: str) -> Certificate:
    """Forgets a customer, with everybody whom she was joined with as one; gives the certificate.

    Raises: Unknown where nobody has that key; Busy where somebody else writes for too long; StoreError where the disk says no. Doing it again goes on.
    """
    return _forget(house, [lambda: customer_of(house, customer_key)])[0]


def forget_customers(house: House, customers: Iterable[int], is_due: Callable[[int], bool]) -> list[Certificate]:
    """Forgets several, each in a transaction of her own, and writes the files anew once; gives the certificates.

    `is_due` is asked again within her transaction: who is not, or has been joined with somebody since, stays.
    """

    def found(customer: int) -> int:
        return customer if is_due(customer) else 0

    return _forget(house, [partial(found, customer) for customer in customers])


def _forget(house: House, finds: Sequence[Callable[[], int]]) -> list[Certificate]:
    """Each of these finds a customer; 0 is nobody."""
    truth, settings = house.truth, house.settings
    if not finds:
        return []
    _sort_all(truth, settings)
    files, staying = _take_away(settings, [whom_of(truth, customer) for find in finds if (customer := find())])
    tombstones = Tombstones(truth, settings.data, settings.country)
    places = sorted({_lies_at(tombstones, path) for path in staying})
    gone: list[tuple[Certificate, Whom]] = []
    for find in finds:
        with truth.transaction():
            truth.next_seq(0)  # waits for whoever is writing
            if not (customer := find()):
                continue
            whom = whom_of(truth, customer)
            number = tombstones.hash_of("forgetting", f"{whom.profiles} {house.clock.instant()} {truth.next_seq()}").hex()[:16]
            grave = tombstones.grave_of(whom, _hers_alone(truth, whom), number, house.clock.instant(), _sealed(truth, tombstones, whom))
            gone.append((_erase(truth, tombstones, whom, grave, places), whom))
            tombstones.write_down(grave)
    house.days.clear()
    return _finish(truth, settings, house.clock, gone, files)


def forget_again(truth: Truth, settings: Settings, clock: Clock) -> int:
    """What a truth that was brought back does not know: whoever was forgotten since is forgotten again, before anything else. Gives how many erasures.

    An erasure that was broken off is brought to its end, too.
    Raises: SettingsError where the house's key is another than that by which they were forgotten; as `forget`.
    """
    told = _told(truth)
    _finish(truth, settings, clock, [(certificate, Whom(tuple(profiles))) for certificate, profiles in told if profiles])
    tombstones, known, done = Tombstones(truth, settings.data, settings.country), {certificate.number for certificate, _ in told}, 0
    for grave in tombstones.graves():
        if grave.number not in known:
            with truth.transaction():
                truth.next_seq(0)  # waits for whoever is just forgetting her: the file knew it before the truth did
                if any(number == grave.number for number, *_ in _kept(truth)):
                    continue
                whom = identity.whom_of(truth, tombstones.profiles_of(grave))
                older = [(word[0].hex(), *word[1:]) for word in _sealed(truth, tombstones, whom)]
                certificate = _erase(truth, tombstones, whom, msgspec.structs.replace(grave, words=[*grave.words, *older]))
            _finish(truth, settings, clock, [(certificate, whom)])
            done += 1
    _reach_places(truth, settings)
    _reach_files(truth, settings, tombstones)
    _scrub_passing(truth, settings)
    return done


def certificates(truth: Truth) -> list[Certificate]:
    """The certificate of every erasure, the newest first."""
    return [certificate for certificate, _ in _told(truth)]


def _told(truth: Truth) -> list[tuple[Certificate, list[int]]]:
    """Each certificate, with the profiles of which something is left to do."""
    return [(msgspec.json.decode(what, type=Certificate), msgspec.json.decode(is_left, type=list[int])) for _, _, what, is_left in _kept(truth)]


def _kept(truth: Truth) -> list[tuple[Any, ...]]:
    return truth.run(sql_text("app", "forgettings"))


def _erase(truth: Truth, tombstones: Tombstones, whom: Whom, grave: Grave, staying: Sequence[str] = ()) -> Certificate:
    """Everything that the truth holds of her; inside the transaction. `staying`: afterwards nothing else here knows which files were hers."""
    tombstones.bury(grave)
    suppress_standing(truth, whom.profiles, _addresses(truth, whom), grave.erased_at)
    consent.seal(truth, [(bytes.fromhex(word[0]), *word[1:]) for word in grave.words])
    rows: Counter[str] = Counter()
    waiting = consent.waiting_cases(truth, whom)
    rows["event"] = events.erase_named_by(truth, whom, identity.neighbours(truth, whom))
    for room in ROOMS:
        rows.update(room.erase(truth, whom))
    consent.mark_erased(truth, waiting, grave.erased_at)
    take_numbers(truth, "merges", 1)  # whoever remembers a day by customer looks again
    person = grave.who[0][:32] if grave.who else ""
    counts = {name: count for name, count in sorted(rows.items()) if count}
    sealed, left = len({word[1:] for word in grave.words}), [FILE_STAYS] if staying else []
    certificate = Certificate(grave.number, grave.erased_at, person, counts, sealed, left=left, staying=list(staying))
    truth.run(sql_text("app", "add_forgetting"), (grave.number, grave.erased_at, _json(certificate), _json(list(whom.profiles) or [0])))
    return certificate


def _sealed(truth: Truth, tombstones: Tombstones, whom: Whom) -> list[consent.SealedRow]:
    """Her words as they stay: under the hashes of what may name her again."""
    bearers = [(kind, tombstones.hash_of(kind, value)) for kind, value in whom.identifiers]
    return consent.sealed_by(bearers, consent.words_to_seal(truth, whom))


def _addresses(truth: Truth, whom: Whom) -> list[Listed]:
    """By what she stands on the suppression list, or would."""
    hers = [("letter", address) for person in told_of(truth, whom.profiles).values() if (address := letter_address(person))]
    return hers + [each for each in whom.identifiers if each[0] in consent.CARRIED_BY]


def _hers_alone(truth: Truth, whom: Whom) -> set[Named]:
    """What is known by numbers of its own: her orders, and the words that were said to her."""
    touches = [event for row in rows_where(truth, "event", "profile_id", whom.profiles) if isinstance(event := event_of(row["body"]), TouchSent)]
    return {("order", "\x1f".join(order)) for order in events.orders_of(truth, whom)} | {("touch", event.touch_key) for event in touches}


def _finish(truth: Truth, settings: Settings, clock: Clock, gone: Sequence[tuple[Certificate, Whom]], files: int = 0) -> list[Certificate]:
    """The keys of the backups, and the files: for judgement, of whatever came in meanwhile, and the database's own, once for all who are gone; the first
    certificate counts them.
    """
    if not gone:
        return []
    keys, kept_keys = destroy_keys(truth, settings.data, [profile for _, whom in gone for profile in whom.profiles])
    _sort_all(truth, settings)
    place_of = partial(_lies_at, Tombstones(truth, settings.data))
    late_files, still = take_away_again(settings, place_of, {place for certificate, _ in gone for place in certificate.staying})
    more_files, staying = _take_away(settings, [whom for _, whom in gone])
    stays = sorted({place_of(path) for path in (*still, *staying)})
    lines = projection.erase(truth, settings, [profile for _, whom in gone for profile in whom.profiles])
    left = [*scrub(settings, (*what_is_in(), "forgetting")), *kept_keys]
    done = []
    for place, (certificate, whom) in enumerate(gone):
        more = (0, 0, 0) if place else (files + late_files + more_files, lines, keys)
        counts = {name: getattr(certificate, name) + count for name, count in zip(("files", "lines", "backup_keys"), more, strict=True)}
        certificate = msgspec.structs.replace(certificate, **counts, left=[*left, FILE_STAYS] if stays else left, staying=stays)
        again = list(whom.profiles) or [0] if set(left) & set(TRIED_AGAIN) else []
        truth.run(sql_text("app", "set_forgetting"), (_json(certificate), _json(again), certificate.number))
        note(settings.data, "customer_forgotten", clock, number=certificate.number, rows=sum(certificate.rows.values()), files=certificate.files)
        done.append(certificate)
    return done


def _reach_places(truth: Truth, settings: Settings) -> None:
    """Folders of backups that could not be reached when somebody was forgotten: tried again, and said of the certificates what is left now."""
    at_places = {PLACE_AWAY, PLACE_TAKEN, LIST_DAMAGED}
    waiting = [(certificate, is_left) for certificate, is_left in _told(truth) if at_places & set(certificate.left)]
    keys, left = destroy_keys(truth, settings.data, ()) if waiting else (0, [])
    for certificate, is_left in waiting:
        now = [*(each for each in certificate.left if each not in at_places), *left]
        if now != certificate.left or keys:
            done = msgspec.structs.replace(certificate, backup_keys=certificate.backup_keys + keys, left=now)
            truth.run(sql_text("app", "set_forgetting"), (_json(done), _json(is_left), done.number))
        keys = 0


def _reach_files(truth: Truth, settings: Settings, tombstones: Tombstones) -> None:
    """Files that could not be deleted when somebody was forgotten: tried again, and said of the certificates what is left now."""
    for certificate, is_left in _told(truth):
        if certificate.staying:
            files, staying = take_away_again(settings, partial(_lies_at, tombstones), certificate.staying)
            stays = sorted(_lies_at(tombstones, path) for path in staying)
            if stays != certificate.staying:
                left = [each for each in certificate.left if stays or each != FILE_STAYS]
                done = msgspec.structs.replace(certificate, files=certificate.files + files, left=left, staying=stays)
                truth.run(sql_text("app", "set_forgetting"), (_json(done), _json(is_left), done.number))


def _lies_at(tombstones: Tombstones, path: Path) -> str:
    """Where a file of the house lies, by keyed hash."""
    return tombstones.hash_of("file", str(path.relative_to(tombstones.data))).hex()


def _take_away(settings: Settings, whoms: Sequence[Whom]) -> tuple[int, list[Path]]:
    """Takes away the files that tell of any of these; gives how many have gone, and those that stay."""
    identifiers = tuple(each for whom in whoms for each in whom.identifiers)
    names = tuple(each for whom in whoms for each in whom.names)
    return take_away(settings, Whom((), identifiers, names)) if identifiers else (0, [])


def _scrub_passing(truth: Truth, settings: Settings) -> None:
    """What came in again of somebody forgotten was let go; here it goes from the database's log and pages, too."""
    ((count, done),) = truth.run(sql_text("app", "passed_through"))
    if count > done and not set(scrub(settings, PASSED_THROUGH, is_passing=True)) & set(TRIED_AGAIN):
        truth.run(sql_text("app", "set_passed_through"), (count,))


def _sort_all(truth: Truth, settings: Settings) -> None:
    sorter = Sorter(truth, settings)
    for _ in range(ROUNDS):
        if not sorter.sort_some():
            return


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
