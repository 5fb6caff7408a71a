"""measure: what came true, what did it change, and how sure are we?"""

from habitue.measure.calibration import Band, area_under_curve, calibration
from habitue.measure.cells import CELLS, FULL_CELLS, PULL_UNKNOWN, PULLS, cell_expression, cells_of
from habitue.measure.model import Bought, Examples, Figure, Foreseen, Habits, ItemRhythm, Learned, Point, Purchases
from habitue.measure.replay import METHODS, OURS, PERCENTS, curve_of, foresee
from habitue.measure.rhythms import item_rhythms
from habitue.measure.rules import learn
from habitue.measure.showing import curve_objects, curve_table
from habitue.measure.training import ACTIVE_DAYS, LEAST_DECAYED, WINDOW_DAYS, lesson_day, training_days

__all__ = [
    "ACTIVE_DAYS",
    "CELLS",
    "FULL_CELLS",
    "LEAST_DECAYED",
    "METHODS",
    "OURS",
    "PERCENTS",
    "PULLS",
    "PULL_UNKNOWN",
    "WINDOW_DAYS",
    "Band",
    "Bought",
    "Examples",
    "Figure",
    "Foreseen",
    "Habits",
    "ItemRhythm",
    "Learned",
    "Point",
    "Purchases",
    "area_under_curve",
    "calibration",
    "cell_expression",
    "cells_of",
    "curve_objects",
    "curve_of",
    "curve_table",
    "foresee",
    "item_rhythms",
    "learn",
    "lesson_day",
    "training_days",
]
