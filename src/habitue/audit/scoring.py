"""The relevance score of every send: learned from the earlier half of the answers, tried on the later sends, which it has not seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
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
MOST_GROUPS, MOST_STEPS = 1_000, 2_000
SOME_LINES = 3_000_000
Counts = npt.NDArray[np.number[Any]]


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
    foreseen, is_seen = chances(rows[later], weights), is_answered[later]
    auc, kept = measured(foreseen, is_seen, np.unique(table["customer_id"].to_numpy()[later], return_inverse=True)[1])
    figure = ScoreFigure(
        is_learned=answers >= FEWEST_ANSWERS,
        learned_until_day=split - 1,
        learned_from=answers,
        tested_on=int(later.sum()),
        answers=int(is_seen.sum()),
        auc=auc,
        bands=bands(foreseen, is_seen),
        curve=tuple(Keeping(percent, share) for percent, share in zip(PERCENTS, kept, strict=True)),
        points=points,
    )
    return weights, figure


def measured(score: Floats, is_answered: Bools, customer: Ints) -> tuple[Interval, list[Interval]]:
    """The area under the curve, and the share of answers that the best percents keep; customers are drawn again for the intervals.

    Sends and answers are first counted by group of customers and step of the score, so that a draw weighs groups and not sends. Up to
    `MOST_GROUPS` customers each is a group of its own. Source: Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 6.
    """
    groups = min(customers := int(customer.max()) + 1, MOST_GROUPS)
    group = customer if customers == groups else np.random.default_rng(SEED).integers(0, groups, customers)[customer]
    step = _steps(score)
    width = int(step.max()) + 1
    every, yes = (np.bincount(group * width + step, part, groups * width).reshape(groups, width) for part in (np.ones(len(score)), is_answered))
    weights = np.random.default_rng(SEED).multinomial(groups, np.full(groups, 1 / groups), REPEATS).astype(np.float64)
    drawn = np.array([_ranked(*one) for one in zip(weights @ every, weights @ yes, strict=True)])
    _, place = np.unique(-score, return_inverse=True)
    point = _ranked(np.bincount(place), np.bincount(place, is_answered))
    figures = [figure_of(float(value), draws[~np.isnan(draws)]) for value, draws in zip(point, drawn.T, strict=True)]
    auc, *kept = (Interval(figure.value, figure.low, figure.high) for figure in figures)
    return auc, kept


def _steps(score: Floats) -> Ints:
    """For each send the place of its score from the best on, in at most `MOST_STEPS` steps of about as many sends each; equal scores share one."""
    values, place, counts = np.unique(-score, return_inverse=True, return_counts=True)
    if len(values) <= MOST_STEPS:
        return place
    _, step = np.unique((np.cumsum(counts) - counts) * MOST_STEPS // len(score), return_inverse=True)
    return np.asarray(step[place])


def _ranked(every: Counts, yes: Counts) -> Floats:
    """Area and kept shares of sends and answers, counted by step of the score from the best on. Source: Mann and Whitney (1947)."""
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
