"""The relevance score of every send: learned from the earlier half of the answers, tried on the later sends, which it has not seen."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from habitue.audit.figures import Band, Interval, Keeping, ScoreFigure
from habitue.audit.rules import FEWEST_ANSWERS, PRIOR, chances, learn_weights, ratios, split_day
from habitue.measure.intervals import SEED, figure_of
from habitue.measure.model import Bools, Floats, Ints
from habitue.store import step_text
from habitue.store.columnar import Columnar
from habitue.store.projection import Progress

PREPARED = ("main_category", "campaign_day", "category_day", "word", "history")
PERCENTS = (5, 10, 25, 50, 75)
BANDS = (0.0, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1.0)
REPEATS = 1_000
MOST_TRIED = 200_000
SOME_LINES = 3_000_000


def score_sends(engine: Columnar, progress: Progress, split: int = 0) -> ScoreFigure | None:
    """Fills `score` with a number from 0 to 1 for each send; gives how well it foretold answers, or nothing where no answer is told.

    Sends from the day `split` on are held back; 0: from the day before which half of the answered sends had left, of those whose thing is known.
    """
    lines = int(engine.run("SELECT count(*) FROM line_all")[0][0])
    for done, name in enumerate((*PREPARED, "item_share")):
        engine.run(step_text("audit", name).format(every=max(1, -(-lines // SOME_LINES))))
        progress("scoring", done + 1, len(PREPARED) + 2)
    table = engine.table(step_text("audit", "score_input"))
    told = {name: table[name].to_numpy().astype(np.float64) for name in table.column_names if name not in ("send_id", "customer_id", "day", "answered_day")}
    rows, day, is_answered = ratios(told), table["day"].to_numpy(), told["is_answered"] == 1
    weights, figure = _tried(rows, day, is_answered, table, split)
    scores = pa.table({"send_id": table["send_id"], "score": chances(rows, weights)})
    engine.load_table("score", scores)
    return figure


def _tried(rows: Floats, day: Ints, is_answered: Bools, table: pa.Table, split: int) -> tuple[Floats, ScoreFigure | None]:
    """The weights learned before the split, and how they did after it."""
    is_thing_known = table["is_thing_known"].to_numpy(zero_copy_only=False)
    is_tried = is_thing_known if is_thing_known.any() else ~is_thing_known
    split = split or split_day(day[is_tried], is_answered[is_tried])
    answered_day = table["answered_day"].fill_null(0).to_numpy()
    earlier, is_known = day < split, is_answered & (answered_day < split)
    answers = int((earlier & is_known).sum())
    weights = learn_weights(rows[earlier], is_known[earlier]) if answers >= FEWEST_ANSWERS else np.array(list(PRIOR.values()))
    later = ~earlier & is_tried
    if not is_answered[later].any() or is_answered[later].all():
        return weights, None
    points = tuple((name, round(float(weight), 3)) for name, weight in zip(PRIOR, weights, strict=True) if name != "no_thing" or (rows[:, -1] > 0).any())
    trial = _drawn(chances(rows[later], weights), is_answered[later], table["customer_id"].to_numpy()[later])
    if not trial[1].any() or trial[1].all():
        return weights, None
    auc, kept = measured(*trial)
    figure = ScoreFigure(
        is_learned=answers >= FEWEST_ANSWERS,
        learned_until_day=split - 1,
        learned_from=answers,
        tested_on=int(later.sum()),
        answers=int(is_answered[later].sum()),
        auc=auc,
        bands=bands(chances(rows[later], weights), is_answered[later]),
        curve=tuple(Keeping(percent, share) for percent, share in zip(PERCENTS, kept, strict=True)),
        points=points,
    )
    return weights, figure


def _drawn(score: Floats, is_answered: Bools, customer: Ints) -> tuple[Floats, Bools, Ints]:
    """All of them, or where there are very many, those of some customers: intervals need no more."""
    customers, which = np.unique(customer, return_inverse=True)
    share = min(1.0, MOST_TRIED / len(score))
    kept = np.random.default_rng(SEED).random(len(customers)) < share if share < 1 else np.ones(len(customers), dtype=bool)
    return score[kept[which]], is_answered[kept[which]], which[kept[which]]


def measured(score: Floats, is_answered: Bools, customer: Ints) -> tuple[Interval, list[Interval]]:
    """The area under the curve, and the share of answers that the best percents keep; customers are drawn again for the intervals."""
    _, block = np.unique(-score, return_inverse=True)
    customers = int(customer.max()) + 1
    drawing = np.random.default_rng(SEED)
    draws = np.empty((REPEATS + 1, 1 + len(PERCENTS)))
    for repeat in range(REPEATS + 1):
        weight = np.ones(customers) if repeat == 0 else drawing.multinomial(customers, np.full(customers, 1 / customers)).astype(np.float64)
        draws[repeat] = _ranked(block, is_answered, weight[customer])
    figures = [figure_of(float(draws[0, n]), draws[1:, n][~np.isnan(draws[1:, n])]) for n in range(1 + len(PERCENTS))]
    auc, *kept = (Interval(figure.value, figure.low, figure.high) for figure in figures)
    return auc, kept


def _ranked(block: Ints, is_answered: Bools, weight: Floats) -> Floats:
    """Area and kept shares for weighted sends; equal scores share a block. Source: Mann and Whitney (1947)."""
    yes = np.bincount(block, weight * is_answered)
    every = np.bincount(block, weight, len(yes))
    no = every - yes
    above = np.cumsum(yes) - yes
    pairs = yes.sum() * no.sum()
    if not pairs:
        return np.full(1 + len(PERCENTS), np.nan)
    area = ((above + yes / 2) * no).sum() / pairs
    limits = every.sum() * np.array(PERCENTS) / 100
    kept = np.interp(limits, np.concatenate(([0.0], np.cumsum(every))), np.concatenate(([0.0], np.cumsum(yes)))) / yes.sum()
    return np.concatenate(([area], kept))


def bands(score: Floats, is_answered: Bools) -> tuple[Band, ...]:
    """The bands of scores that hold a send, lowest first: how many, what was foreseen, what was seen."""
    place = np.clip(np.searchsorted(np.array(BANDS), score, side="right") - 1, 0, len(BANDS) - 2)
    return tuple(
        Band(BANDS[n], BANDS[n + 1], int((place == n).sum()), float(score[place == n].mean()), float(is_answered[place == n].mean())) for n in np.unique(place)
    )
