"""Scenes: what is said to one household around one day, in which every scene knows what an honest audit should find, because that is what it planted.

Scenes of a household lie so far apart, and choose their things so, that none changes what another should be found to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.audit.history import SHOP_ZONE, Standing, Thing, utc
from tests.audit.planting import Plan, Said

LOOKED_AT = 200
SENDERS = ("The shop <hello@shop.example>", "reply@shop.example", "Anna at the shop <anna@shop.example>", "")
TEXTS = (
    "Fresh on Thursday, while it lasts.",
    "Your points: {{ points_balance }}. Come and spend them.",
    "",
    "The week at the shop. *|UNSUB|* *|CURRENT_YEAR|*",
)


class NoMaterial(Exception):
    """The household's year holds nothing of the kind around that day."""


@dataclass(frozen=True)
class Scene:
    """A scene, how often it is wanted, how many days before its own day and after its last word nothing else is said, and where in the year it may lie."""

    play: Callable[[Act], None]
    times: int
    lead_days: int = 12
    rest_days: int = 8
    has_gift: bool = True
    place: str = ""


class Repertoire(list[Scene]):
    """Scenes by order of writing."""

    def scene(self, times: int, **more: int | bool | str) -> Callable[[Callable[[Act], None]], Callable[[Act], None]]:
        def add(play: Callable[[Act], None]) -> Callable[[Act], None]:
            self.append(Scene(play, times, **more))  # type: ignore[arg-type]
            return play

        return add


class Act:
    """One scene with one household: what it says and tells is kept aside until the scene is over."""

    def __init__(self, plan: Plan, scene: Scene, her: str, day: date) -> None:
        self.plan, self.scene, self.her, self.day, self.chance = plan, scene, her, day, plan.chance
        self.said: list[Said] = []
        self.told: list[tuple[str, tuple[object, ...]]] = []
        self.picked: set[str] = set()
        self.spoiled: set[str] = set()
        self.out: list[tuple[Thing, datetime, datetime]] = []
        self.at = self.on(0)

    def on(self, days: int, hour: int | None = None, minute: int | None = None) -> datetime:
        """An instant so many days from the scene's own, by day unless an hour is told."""
        clock = time(self.chance.randint(9, 19) if hour is None else hour, self.chance.randint(1, 58) if minute is None else minute)
        return datetime.combine(self.day + timedelta(days=days), clock)

    def visit_by_day(self) -> datetime:
        """The first of her visits of the coming days that lay between morning and evening."""
        first = self.day.toordinal()
        visits = (
            datetime.fromtimestamp(line.at, SHOP_ZONE).replace(tzinfo=None) for line in self.plan.history.lines[self.her] if first <= line.day < first + 7
        )
        visit = next((at for at in visits if 9 <= at.hour < 19), None)
        if visit is None:
            raise NoMaterial
        return visit

    def move_to(self, at: datetime) -> None:
        self.day, self.at = at.date(), at

    def standing(self, what: Thing, at: datetime | None = None) -> Standing:
        return self.plan.history.standing(self.her, what, utc(at or self.at))

    def ask(self, days: int, kind: str) -> Said:
        """A word that asks, about a thing that was due then."""
        at = self.on(days)
        return self.say(at, self.clear(at=at), kind=kind)

    def fresh_start(self, days: int) -> None:
        """Two gifts at the beginning of a long scene, so that what was said before it does not count in the middle."""
        self.give(days), self.give(days + 2)

    def pick(self, fits: Callable[[Standing], bool], level: str = "type", at: datetime | None = None) -> Thing:
        """A thing of hers, not spoken of yet, that stands so with her."""
        return self.first_of(self.hers(level), lambda what: fits(self.standing(what, at)), at)

    def clear(self, level: str = "type", at: datetime | None = None) -> Thing:
        return self.pick(lambda standing: standing.is_clear, level, at)

    def pick_once(self, fits: Callable[[Standing], bool]) -> Thing:
        """A type that she took on one day only and that stands so with her, by the shop's gap for it."""
        history, at = self.plan.history, utc(self.at)

        def is_so(what: Thing) -> bool:
            return self.standing(what).times == 1 and fits(history.standing(self.her, what, at, is_once_enough=True))

        return self.first_of(self.hers("type"), is_so)

    def foreign(self, level: str = "type") -> Thing:
        """A thing from whose categories she never bought."""
        history = self.plan.history
        return self.first_of(self.plan.by_level[level].values(), lambda what: not history.is_touched(self.her, what.categories, utc(self.at)))

    def first_of(self, things: Iterable[Thing], fits: Callable[[Thing], bool], at: datetime | None = None) -> Thing:
        listed = list(things)
        for what in self.chance.sample(listed, min(LOOKED_AT, len(listed))):
            if what.text.lower() not in self.picked and self.plan.is_free(self.her, what, at or self.at) and fits(what):
                self.picked.add(what.text.lower())
                return what
        raise NoMaterial

    def hers(self, level: str) -> list[Thing]:
        keys, by_level, history = self.plan.history.types_of(self.her, utc(self.at)), self.plan.by_level, self.plan.history
        types = [by_level["type"][key] for key in keys if key in by_level["type"]]
        if level == "product":
            products = {line.product for line in history.lines[self.her] if line.at < utc(self.at)}
            return [by_level["product"][key] for key in sorted(products) if key in by_level["product"]]
        if level == "category":
            return [by_level["category"][key] for key in sorted({key for one in types for key in one.categories})]
        return types if level == "type" else list(by_level[level].values())

    def say(self, at: datetime, *things: Thing | tuple[Thing, tuple[str, ...]], faults: tuple[str, ...] = (), **told: object) -> Said:
        """A message of decent manners, unless it is told otherwise."""
        listed: list[tuple[Thing | None, tuple[str, ...]]] = [one if isinstance(one, tuple) else (one, ()) for one in things]
        if any(what and self.plan.is_out(what, at) for what, _ in listed):
            raise NoMaterial
        chance = self.chance
        channel = chance.choice(["email"] * 6 + ["post"] + ["sms"] * self.plan.has_sms(self.her))
        week = f"{at:%G-%V}"
        plain = {"kind": chance.choice(["offer"] * 8 + ["set-aside", ""]), "channel": channel, "campaign": f"week {week}"}
        plain |= {"subject": f"This week, {week}", "text": chance.choice(TEXTS), "sender": chance.choice(SENDERS)}
        made = Said(self.her, at, listed or [(None, ())], faults, self.scene.play.__name__, **(plain | told))  # type: ignore[arg-type]
        self.said.append(made)
        return made

    def give(self, days: int, **told: object) -> Said:
        """A recipe that asks for nothing; no two are the same."""
        number = len(self.plan.said) * 10 + len(self.said)
        plain = {"kind": "content", "subject": f"Recipe {number}", "text": f"Recipe number {number}, for a quiet evening.", "campaign": "recipes"}
        return self.say(told.pop("at", None) or self.on(days), **(plain | told))  # type: ignore[arg-type]

    def tell(self, file: str, *row: object) -> None:
        self.told.append((file, row))

    def runs_out(self, what: Thing, start: datetime, end: datetime) -> None:
        """Keeps everybody else's words of such a thing out of that time."""
        plan, apart = self.plan, timedelta(hours=100)
        is_named = any(start <= at <= end for key in what.types for at in plan.named[key])
        if is_named or any(start - apart <= until and since <= end + apart for key in what.types for since, until in plan.out[key]):
            raise NoMaterial
        self.out.append((what, start, end))

    def close(self) -> datetime:
        """Puts the scene into the plan; gives the instant of its last word."""
        plan = self.plan
        for file, row in self.told:
            plan.rows[file].append(row)
        plan.said += self.said
        plan.used[self.her] |= {what.text.lower() for said in self.said for what, _ in said.things if what}
        plan.spoiled[self.her] |= self.spoiled
        for said in self.said:
            for what, _ in said.things:
                for key in what.types if what else ():
                    plan.named[key].append(said.at)
        for what, start, end in self.out:
            for key in what.types:
                plan.out[key].append((start, end))
        plan.played[self.scene.play.__name__] += 1
        return max(said.at for said in self.said)
