"""Whatever happens after a no: words, files, merges, erasures, coming back, an earlier copy of the database set back, in any order.

`python -m tests.consent.whatever_happens --times 500 --truth sqlite` runs as many sequences as one likes. Beside the house stands a small book of who has
left: an address is left by a no, and only her own yes lifts it. No claim may succeed at an address that the book calls left.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st

from habitue.app import House
from habitue.app.erasure.forgetting import forget
from habitue.app.leaving import Said, say_leave
from habitue.app.merging import Pairing
from habitue.app.post.claiming import claim
from habitue.identity.records import who_is
from habitue.store import clock_of
from habitue.words.errors import Refused
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Channel, Collected, Purpose
from habitue.workshop.postgres_server import postgres_server
from tests.cast import CATALOGUE, CONSENTS, ORDERS, Shop, settings_at, thanks
from tests.consent.setting_back import Backup
from tests.forget.test_forgetting import bring

WAYS = {"email": Channel.EMAIL, "post": Channel.POST}
KIND = {"email": "email", "post": "customer"}
SAID = ("no email", "no post", "yes email", "yes post", "file no email", "file no post", "file yes")
HAPPENED = ("merge", "unmerge", "forget", "back", "back", "copy", "set back")
STEPS = st.lists(st.tuples(st.sampled_from((*SAID, *SAID, *HAPPENED)), st.integers(0, 1)), min_size=5, max_size=12)
PEOPLE = "customer,since,given_name,family_name,email,street,postcode\n{key},{since},Ada,{key},{key}@example.org,1 rue Haute,69001\n"
FIRST_DAY = date(2018, 1, 1)
NUMBERS = count(1)


@dataclass
class World:
    """Two numbers in an open house, today, and the book beside it of who has left: a way, a kind of address and its value."""

    shop: Shop
    folder: Path
    keys: tuple[str, str]
    house: House = field(init=False)
    left: set[tuple[str, str, str]] = field(default_factory=set)
    claims: Counter[bool] = field(default_factory=Counter)
    copy: Backup | None = None
    today: date = FIRST_DAY

    def __post_init__(self) -> None:
        self._open()

    def do(self, step: str, key: str) -> None:
        """One thing happens, two days after the last; what cannot, since she is not there, does not."""
        self.today += timedelta(days=2)
        self.house.settings = self.shop.standing(str(self.today))
        self.house.clock = clock_of(self.house.settings)
        said, _, way = step.rpartition(" ")
        if said in ("no", "yes"):
            self._say(key, said == "yes", way)
        elif said == "file no":
            self._file(key, way, "no")
            self.left.add((way, KIND[way], self._address(key, way)))
        elif step == "file yes":
            for each in WAYS:
                self._file(key, each, "yes")
        elif step in ("merge", "unmerge"):
            self._pair(step)
        elif step == "forget" and self._is_there(key):
            forget(self.house, key)
        elif step == "back":
            self.come(key)
        elif step == "copy":
            self._make_copy()
        elif step == "set back" and self.copy:
            self.house.truth.close()
            self.copy.set_back()
            self._open()

    def come(self, key: str) -> None:
        """She orders, and tells where she lives."""
        self._bring("orders", f"{ORDERS}{key} {next(NUMBERS)},{key},veal,{self._day()},1,10.00,shop\n")
        self._bring("customers", PEOPLE.format(key=key, since=self._day()))

    def look(self) -> None:
        """A planned word by each way to each of them: no claim succeeds where one of her addresses has left."""
        for key in self.keys:
            for way in WAYS if self._is_there(key) else ():
                may_leave = claim(self.house, self._planned(key, way)).may_leave
                self.claims[may_leave] += 1
                assert not (may_leave and self._hers(key, way) & self.left), (key, way)

    def _say(self, key: str, is_yes: bool, way: str) -> None:
        if self._is_there(key):
            hers = self._hers(key, way)
            say_leave(self.house, key, Said(is_yes, (Purpose.ADVICE,), (WAYS[way],), Collected.COUNTER))
            self.left = self.left - hers if is_yes else self.left | hers

    def _file(self, key: str, way: str, word: str) -> None:
        """A row that is dated after all that was before, by her address, or for post by her number."""
        row = f"{CONSENTS}{self._address(key, way)},advice,{way},{word},{self._day()}\n"
        self._bring("consents", row, f'customers_by = "{KIND[way]}"')

    def _pair(self, step: str) -> None:
        if all(map(self._is_there, self.keys)):
            with self.house.truth.transaction():
                self.house.truth.next_seq(0)
                pairing = Pairing(self.house.truth, self.house.settings, *self.keys, self.house.clock.instant())
                try:
                    pairing.merge() if step == "merge" else pairing.unmerge()
                except Refused:
                    return

    def _make_copy(self) -> None:
        self.house.truth.close()
        self.copy = Backup(self.shop.settings, self.folder / f"copy {next(NUMBERS)}")
        self.copy.make()
        self._open()

    def _open(self) -> None:
        self.house = self.shop.open(str(self.today))

    def _bring(self, kind: str, content: str, mapping: str = "") -> None:
        bring(self.house.settings, self.folder / "desk", kind, content, mapping)

    def _is_there(self, key: str) -> bool:
        return key in who_is(self.house.truth, "customer", [key])

    def _address(self, key: str, way: str) -> str:
        return f"{key}@example.org" if way == "email" else key

    def _hers(self, key: str, way: str) -> set[tuple[str, str, str]]:
        """Where she is written to by a way, whatever her profiles."""
        customer = who_is(self.house.truth, "customer", [key])[key].customer_id
        text = "SELECT i.value FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id WHERE p.customer_id = ? AND i.kind = ?"
        return {(way, KIND[way], value) for (value,) in self.house.truth.run(text, (customer, KIND[way]))}

    def _day(self) -> str:
        """Yesterday, which is after all that happened before."""
        return str(self.today - timedelta(days=1))

    def _planned(self, key: str, way: str) -> int:
        """A word of ours as the plan of some day would have written it."""
        truth, turn = self.house.truth, 20_000 + next(NUMBERS)
        profile, [action_id] = who_is(truth, "customer", [key])[key].profile_id, self.house.question.actions
        touch, channel = positive_number("touch", str(turn), str(profile)), int(WAYS[way])
        with truth.transaction():
            fact = (profile, self.house.clock.instant(), truth.next_seq(), touch, action_id, 0, 5, channel, turn, 0)
            truth.run(f"INSERT INTO touch_fact VALUES ({', '.join('?' * len(fact))})", fact)
            decision = (profile, turn, 0, action_id, 0, 0, 5, channel, 1, 1000, 1, "{}", b"\0")
            truth.run(f"INSERT INTO decision VALUES ({', '.join('?' * len(decision))})", decision)
        return touch


def live(shop: Shop, folder: Path, steps: Sequence[tuple[str, int]], claims: Counter[bool]) -> None:
    """One sequence, with two people of its own."""
    number = next(NUMBERS)
    world = World(shop, folder, (f"ada-{number}", f"eda-{number}"), claims=claims)
    try:
        for key in world.keys:
            world.come(key)
        for step, place in (*((f"yes {way}", place) for way in WAYS for place in (0, 1)), ("copy", 0), *steps):
            world.do(step, world.keys[place])
            world.look()
    finally:
        world.house.truth.close()


def property_of(shop: Shop, folder: Path, times: int, claims: Counter[bool]) -> Callable[[], None]:
    """So many sequences, drawn by hypothesis."""
    phases = [Phase.explicit, Phase.generate, Phase.shrink]

    @how(max_examples=times, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def anything(steps: list[tuple[str, int]]) -> None:
        live(shop, folder, steps, claims)

    return anything


def main() -> None:
    """Prints what was run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=200)
    asked.add_argument("--truth", choices=("sqlite", "postgres"), default="sqlite")
    told, claims, began = asked.parse_args(), Counter[bool](), time.monotonic()
    with TemporaryDirectory() as name, postgres_server() if told.truth == "postgres" else nullcontext("sqlite") as truth:
        folder = Path(name)
        shop = Shop(settings_at(folder / "house", truth), folder / "desk").book(thanks())
        shop.bring("products", CATALOGUE)
        shop.bring("customers", PEOPLE.format(key="first", since="2017-01-01"))
        property_of(shop, folder, told.times, claims)()
    sys.stdout.write(
        f"{told.times:,} sequences on {told.truth}, {time.monotonic() - began:.0f} s: {claims[True]:,} claims succeeded, {claims[False]:,} were withdrawn,"
        " none succeeded where she had left\n"
    )


if __name__ == "__main__":
    main()
