"""How relevant a send was, as a chance that it is answered: a few ratios of habits and past answers, weighed. Pure numbers.

The weights begin as those of one grocer's paper coupons and move with the brand's own answers as far as those can carry it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from habitue.measure.model import Bools, Floats, Ints

HALF_LIFE_DAYS = 90
STEADY = HALF_LIFE_DAYS / np.log(2)  # the decayed count of a habit of one a day
PRIOR: dict[str, float] = {"base": -5.8, "own": 0.5, "near": 0.25, "answers": 1.0, "awake": 0.2, "lately": 1.0, "like": 0.2, "no_thing": 0.0}
"""The weights before a brand's own answers are known: rounded from those learned on a grocer's letters before October 2017."""
RIDGE = 10.0
FREE = 1e-3  # the base rate is the brand's own as soon as there is one
USUAL_RATE = 0.006
FEWEST_ANSWERS = 30
STEPS = 60


def ratios(told: Mapping[str, Floats]) -> Floats:
    """What a send is weighed by, one column a weight of `PRIOR`.

    `own`: how large a part of her visits the thing has. `near`: likewise what others who buy as she does in its neighbourhood take of it.
    `answers`: what she answered against what was to be expected of anyone. `awake`: whether she comes as often as she used to.
    `lately`: whether she has just been there. `like`: how such things are answered by everybody.
    """
    visits, known = told["visits"], told["is_thing_known"]
    reach = np.maximum(10.0, STEADY * (1 - 0.5 ** (told["days_of_data"] / HALF_LIFE_DAYS)))
    rate = np.where(told["rate"] > 0, told["rate"], USUAL_RATE)
    columns = {
        "base": np.ones(len(visits)),
        "own": known * (np.log((told["own"] + 0.1) / (visits + 3)) + 4.5),
        "near": known * (np.log((told["near"] + 0.03) / (visits + 3)) + 5),
        "answers": np.log((told["answers"] + 0.5) / (told["expected"] + 0.5)),
        "awake": np.log((told["visits_28"] + 1) / (28 * visits / reach + 1)),
        "lately": np.exp(-told["days_since_last"] / 14),
        "like": known * np.log((told["like_answers"] + 3) / (told["like_sends"] * rate + 3)),
        "no_thing": 1.0 - known,
    }
    return np.column_stack([columns[name] for name in PRIOR])


def learn_weights(rows: Floats, is_answered: Bools) -> Floats:
    """The weights that these sends teach, held to the usual ones by a ridge; Newton steps, halved until they help.

    Source: Hastie, Tibshirani and Friedman (2009), "The Elements of Statistical Learning", section 4.4.1, with a quadratic penalty.
    """
    prior, answered = np.array(list(PRIOR.values())), is_answered.astype(np.float64)
    ridge = np.where(np.array(list(PRIOR)) == "base", FREE, RIDGE)

    def worth(weights: Floats) -> float:
        odds = rows @ weights
        return float(answered @ odds - np.logaddexp(0, odds).sum() - 0.5 * ridge @ (weights - prior) ** 2)

    weights, now = prior, worth(prior)
    for _ in range(STEPS):
        chance = chances(rows, weights)
        slope = rows.T @ (answered - chance) - ridge * (weights - prior)
        step = np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge), slope)
        part = 1.0
        while part > 1e-4 and not worth(weights + part * step) >= now:
            part /= 2
        weights = weights + part * step
        better = worth(weights)
        if better - now < 1e-7:
            break
        now = better
    return np.asarray(weights, dtype=np.float64)


def chances(rows: Floats, weights: Floats) -> Floats:
    """The score: the chance of an answer, between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-(rows @ weights))), dtype=np.float64)


def split_day(day: Ints, is_answered: Bools) -> int:
    """The day from which sends are held back: half of the answered sends left before it."""
    answered = np.sort(day[is_answered])
    return int(answered[len(answered) // 2]) if len(answered) else 0
