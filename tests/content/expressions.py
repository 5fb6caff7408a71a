"""Audience expressions that a person could write, as hypothesis draws them: whole numbers and yes-or-nos over a few columns."""

from __future__ import annotations

from hypothesis import strategies as st

SOME = ("item_times", "weekday", "birthday_in_days", "is_regular")
LITERALS = st.integers(0, 50).map(str)
NUMBERS = st.recursive(
    st.one_of(LITERALS, st.sampled_from(SOME)),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(" ".join),
        st.tuples(inner, st.integers(1, 9).map(str)).map(lambda parts: f"{parts[0]} // {parts[1]}"),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=4,
)
COMPARISONS = st.one_of(
    st.tuples(NUMBERS, st.sampled_from(["=", "<>", "!=", "<", "<=", ">", ">="]), NUMBERS).map(" ".join),
    st.tuples(NUMBERS, LITERALS, LITERALS).map(lambda parts: f"{parts[0]} between {parts[1]} and {parts[2]}"),
    st.tuples(NUMBERS, LITERALS, LITERALS).map(lambda parts: f"{parts[0]} not in ({parts[1]}, -{parts[2]})"),
    NUMBERS.map(lambda text: f"({text}) is not null"),
)
CONDITIONS = st.recursive(
    st.one_of(COMPARISONS, st.sampled_from(["true", "false"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join),
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, NUMBERS, NUMBERS).map(lambda parts: f"case when {parts[0]} then {parts[1]} else {parts[2]} end > 3"),
    ),
    max_leaves=3,
)
PERSON = st.tuples(st.integers(0, 60), st.integers(1, 7), st.integers(-1, 30), st.integers(0, 1))
