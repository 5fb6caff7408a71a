"""The wrongs about a thing that are planted, many ways of each."""

from __future__ import annotations

from datetime import timedelta

from tests.audit.acting import Act, NoMaterial, Repertoire
from tests.audit.history import Standing, utc

FAULTS = Repertoire()
HOUR = timedelta(hours=1)


def is_early(standing: Standing) -> bool:
    return standing.is_early


def is_bought(standing: Standing) -> bool:
    return standing.is_bought and standing.times > 1


@FAULTS.scene(60)
def bought_lately(act: Act) -> None:
    act.say(act.at, act.pick(is_bought), faults=("already_bought",))


@FAULTS.scene(25)
def bought_that_very_product(act: Act) -> None:
    act.say(act.at, act.pick(is_bought, "product"), faults=("already_bought",))


@FAULTS.scene(25)
def bought_of_that_category(act: Act) -> None:
    act.say(act.at, act.pick(is_bought, "category"), faults=("already_bought",))


@FAULTS.scene(30)
def bought_once_and_the_shop_knows_its_gap(act: Act) -> None:
    act.say(act.at, act.pick_once(lambda standing: standing.is_bought), faults=("already_bought",))


@FAULTS.scene(25)
def bought_an_hour_before(act: Act) -> None:
    act.move_to(act.visit_by_day() + HOUR)
    act.say(act.at, act.pick(lambda standing: is_bought(standing) and standing.since == 0), faults=("already_bought",))


@FAULTS.scene(130)
def too_early_for_her_clockwork(act: Act) -> None:
    act.say(act.at, act.pick(is_early, act.chance.choice(("type", "type", "category"))), faults=("not_due",))


@FAULTS.scene(120)
def nothing_of_the_kind_ever(act: Act) -> None:
    if act.plan.history.visits(act.her, utc(act.at), 85) < 6:
        raise NoMaterial
    act.say(act.at, act.foreign(act.chance.choice(("type", "type", "product", "category", "leaflet"))), faults=("no_affinity",))


@FAULTS.scene(40)
def disliked_as_named(act: Act) -> None:
    what = act.clear(act.chance.choice(("type", "product")))
    act.tell("preferences", act.her, what.text, what.level, "dislike", act.on(-3))
    act.spoiled |= what.categories
    act.say(act.at, what, faults=("disliked",))


@FAULTS.scene(40)
def disliked_with_all_its_category(act: Act) -> None:
    what = act.clear(act.chance.choice(("type", "product")))
    act.tell("preferences", act.her, next(iter(what.categories)), "category", "-1", act.at - timedelta(minutes=1))
    act.spoiled |= what.categories
    act.say(act.at, what, faults=("disliked",))


@FAULTS.scene(40)
def disliked_again_after_all(act: Act) -> None:
    what = act.clear()
    for days, feeling in ((-7, "dislike"), (-6, "like"), (-5, "hates")):
        act.tell("preferences", act.her, what.text, what.level, feeling, act.on(days))
    act.spoiled |= what.categories
    act.say(act.at, what, faults=("disliked",))


@FAULTS.scene(80)
def type_sold_out(act: Act) -> None:
    sold_out(act, act.chance.choice(("type", "product")), "type")


@FAULTS.scene(40)
def product_sold_out(act: Act) -> None:
    sold_out(act, "product", "product")


def sold_out(act: Act, level: str, counted: str) -> None:
    """Counted at one level only, so that nobody need say which of two counts is the better one."""
    what = act.first_of(act.hers(level), lambda one: act.standing(one).is_clear and act.plan.counted_by(one) == counted)
    kept = what if level == counted else act.plan.by_level["type"][next(iter(what.types))]
    act.runs_out(kept, act.at - 3 * HOUR, act.at + 3 * HOUR)
    for hours, units in ((-80, 12), (-3, 0), (3, 25)):
        act.tell("stock", kept.text, kept.level, units, act.at + hours * HOUR)
    act.say(act.at, what, faults=("out_of_stock",))
