"""What looks like a wrong about a thing and is none."""

from __future__ import annotations

from datetime import timedelta

from tests.audit.acting import Act, NoMaterial, Repertoire
from tests.audit.faults_of_things import is_bought
from tests.audit.history import Line, Standing, Thing, utc

LOOKALIKES = Repertoire()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def is_due(standing: Standing) -> bool:
    return standing.is_clear and standing.times > 1 and standing.since >= standing.gap


@LOOKALIKES.scene(60)
def due_again(act: Act) -> None:
    act.say(act.at, act.pick(is_due, act.chance.choice(("type", "product", "category"))))


@LOOKALIKES.scene(20)
def due_again_by_her_clockwork(act: Act) -> None:
    act.say(act.at, act.pick(lambda standing: is_due(standing) and standing.gap > 21 and standing.times >= 4 and standing.spread < 0.5))


@LOOKALIKES.scene(25)
def more_than_half_of_an_uneven_gap_ago(act: Act) -> None:
    act.say(act.at, act.pick(lambda standing: standing.is_clear and standing.times > 1 and standing.since < 0.8 * standing.gap))


@LOOKALIKES.scene(20)
def bought_once_and_long_ago(act: Act) -> None:
    act.say(act.at, act.pick_once(lambda standing: standing.is_clear))


@LOOKALIKES.scene(25)
def bought_yesterday_in_another_size(act: Act) -> None:
    def is_other_size(what: Thing) -> bool:
        whole = act.plan.by_level["type"][next(iter(what.types))]
        return act.standing(what).is_clear and act.standing(whole).is_bought

    act.say(act.at, act.first_of(act.hers("product"), is_other_size))


@LOOKALIKES.scene(25)
def bought_an_hour_after(act: Act) -> None:
    visit = act.visit_by_day()
    act.move_to(visit - HOUR)
    bought = {line.product for line in act.plan.history.lines[act.her] if utc(act.at) < line.at < utc(visit) + 60}
    act.say(act.at, act.first_of(act.hers("type"), lambda what: bool(what.products & bought) and act.standing(what).is_clear))


@LOOKALIKES.scene(25)
def bought_and_given_back(act: Act) -> None:
    what = act.pick(lambda standing: is_bought(standing) and standing.since > 1)
    kept, history = act.standing(what), act.plan.history
    last = [line for line in history.lines_of(act.her, what, utc(act.at)) if line.day == act.at.toordinal() - kept.since and line.units > 0]
    back = [Line(utc(act.on(-1)), line.day, line.order, line.product, -line.units, -line.cents) for line in last]
    history.returned[act.her] += back
    if not act.standing(what).is_clear or len(last) > 1:
        history.returned[act.her] = [line for line in history.returned[act.her] if line not in back]
        raise NoMaterial
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def recipe_for_what_she_bought_yesterday(act: Act) -> None:
    act.say(act.at, act.pick(is_bought), kind="content")


@LOOKALIKES.scene(25)
def new_to_her_in_a_category_of_hers(act: Act) -> None:
    hers = {what.text for what in act.hers("type")}
    near = {key for what in act.hers("category") for key in what.types} - hers
    act.say(act.at, act.first_of([act.plan.by_level["type"][key] for key in sorted(near)], lambda what: True))


@LOOKALIKES.scene(20)
def leaflet_with_one_category_of_hers(act: Act) -> None:
    history = act.plan.history
    act.say(act.at, act.first_of(act.hers("leaflet"), lambda what: not act.standing(what).times and history.is_touched(act.her, what.categories, utc(act.at))))


@LOOKALIKES.scene(25, place="opening", lead_days=0, has_gift=False)
def foreign_to_a_newcomer(act: Act) -> None:
    if act.plan.history.visits(act.her, utc(act.at), 95) > 3:
        raise NoMaterial
    act.say(act.at, act.foreign())


@LOOKALIKES.scene(20)
def foreign_and_still_loved(act: Act) -> None:
    what = act.foreign()
    act.tell("preferences", act.her, what.text, what.level, "like", act.on(-4))
    act.spoiled |= what.categories
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def dislike_taken_back(act: Act) -> None:
    what = act.clear()
    act.tell("preferences", act.her, what.text, what.level, "dislike", act.on(-8))
    act.tell("preferences", act.her, what.text, what.level, act.chance.choice(("like", "neither")), act.at - timedelta(minutes=1))
    act.spoiled |= what.categories
    act.say(act.at, what)


@LOOKALIKES.scene(20)
def dislike_told_an_hour_after(act: Act) -> None:
    what = act.clear()
    act.tell("preferences", act.her, what.text, what.level, "dislike", act.at + HOUR)
    act.spoiled |= what.categories
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def dislike_of_something_beside_it(act: Act) -> None:
    what = act.clear()
    beside = act.first_of(act.plan.by_level["type"].values(), lambda one: one.categories == what.categories)
    act.tell("preferences", act.her, beside.text, beside.level, "dislike", act.on(-3))
    act.spoiled |= what.categories
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def liked_itself_in_a_category_that_she_dislikes(act: Act) -> None:
    what, (liked, disliked) = act.clear(), act.chance.choice(((-3, -6), (-6, -3)))
    act.tell("preferences", act.her, what.text, what.level, "like", act.on(liked))
    act.tell("preferences", act.her, next(iter(what.categories)), "category", "dislike", act.on(disliked))
    act.spoiled |= what.categories
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def come_in_again(act: Act) -> None:
    counted(act, ((-90, 30), (-80, 0), (-1, 25)), -80, -1)


@LOOKALIKES.scene(20)
def sold_out_an_hour_after(act: Act) -> None:
    counted(act, ((-80, 3), (1, 0), (30, 25)), 1, 30)


def counted(act: Act, counts: tuple[tuple[int, int], ...], empty_from: int, empty_until: int) -> None:
    what = act.first_of(act.hers("type"), lambda one: act.standing(one).is_clear and act.plan.counted_by(one) == "type")
    act.runs_out(what, act.at + empty_from * HOUR, act.at + empty_until * HOUR)
    for hours, units in counts:
        act.tell("stock", what.text, what.level, units, act.at + hours * HOUR)
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def another_size_sold_out(act: Act) -> None:
    what = act.first_of(act.hers("product"), lambda one: act.standing(one).is_clear and act.plan.counted_by(one) == "product")
    other = next((act.plan.by_level["product"][key] for key in sorted(act.plan.by_level["type"][next(iter(what.types))].products - what.products)), None)
    if other is None:
        raise NoMaterial
    act.runs_out(other, act.at - 3 * HOUR, act.at + 3 * HOUR)
    for hours, units in ((-3, 0), (3, 25)):
        act.tell("stock", other.text, other.level, units, act.at + hours * HOUR)
    act.say(act.at, what)


@LOOKALIKES.scene(25, lead_days=40)
def same_thing_after_four_weeks(act: Act) -> None:
    days = -act.chance.choice((28, 29, 33))
    what = act.first_of(act.hers("type"), lambda one: act.standing(one).is_clear and act.standing(one, act.on(days)).is_clear)
    act.say(act.on(days), what, kind="content")
    act.say(act.at, what)


@LOOKALIKES.scene(25)
def same_words_about_another_thing(act: Act) -> None:
    told = {"text": "What we thought of for you.", "subject": "For you", "campaign": "for you"}
    act.say(act.on(-8), act.clear(), **(told | {"kind": "content"}))
    act.say(act.at, act.clear(), **told)
