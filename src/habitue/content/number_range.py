"""What an expression over the documented columns can amount to, without any data: from the range of each column.

Used twice: to refuse arithmetic that could leave 64 bits, and to warn of a condition that can never be true. Where a column's range is
wide, so is the answer; it never excludes a value that can happen.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from habitue.content.columns import COLUMNS

BIGGEST = 2**62  # half of what a BIGINT holds: the other half is left to the judgement's own sums

Range = tuple[int, int]
Ranges = Mapping[str, Range]
ALL_RANGES: dict[str, Range] = {name: (column.low, column.high) for name, column in COLUMNS.items()}
_TURNED: dict[type[exp.Expr], type[exp.Expr]] = {exp.LT: exp.GT, exp.LTE: exp.GTE, exp.GT: exp.LT, exp.GTE: exp.LTE, exp.EQ: exp.EQ}


def range_of(node: exp.Expr, ranges: Ranges = ALL_RANGES) -> Range:
    """The least and the greatest whole number that a checked number expression can give."""
    if isinstance(node, exp.Literal):
        return int(node.name), int(node.name)
    if isinstance(node, exp.Column):
        return ranges[node.name]
    if isinstance(node, exp.Paren):
        return range_of(node.this, ranges)
    if isinstance(node, exp.Neg):
        low, high = range_of(node.this, ranges)
        return -high, -low
    if isinstance(node, exp.Case):
        values = [range_of(branch.args["true"], ranges) for branch in node.args["ifs"]] + [range_of(node.args["default"], ranges)]
        return min(low for low, _ in values), max(high for _, high in values)
    return _range_of_operation(node, range_of(node.this, ranges), range_of(node.expression, ranges))


def _range_of_operation(node: exp.Expr, left: Range, right: Range) -> Range:
    if isinstance(node, exp.Add):
        return left[0] + right[0], left[1] + right[1]
    if isinstance(node, exp.Sub):
        return left[0] - right[1], left[1] - right[0]
    if isinstance(node, exp.Mul):
        corners = [one * other for one in left for other in right]
        return min(corners), max(corners)
    if right[0] == right[1] > 0:
        return _cut(left[0], right[0]), _cut(left[1], right[0])
    most = max(-left[0], left[1])  # a division by a whole number never makes a number larger
    return (0 if left[0] >= 0 and right[0] >= 0 else -most), most


def _cut(number: int, divisor: int) -> int:
    """A division that cuts towards zero, as every engine's does."""
    return number // divisor if number >= 0 else -(-number // divisor)


def can_be_true(node: exp.Expr, ranges: Ranges = ALL_RANGES) -> bool:
    """False only where no customer and no thing could ever satisfy the condition."""
    if isinstance(node, exp.Paren):
        return can_be_true(node.this, ranges)
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Or):
        return can_be_true(node.this, ranges) or can_be_true(node.expression, ranges)
    if isinstance(node, exp.And):
        parts = list(_parts_of_and(node))
        narrowed = _narrowed(parts, dict(ranges))
        return all(low <= high for low, high in narrowed.values()) and all(can_be_true(part, narrowed) for part in parts)
    if isinstance(node, exp.Between):
        value, low, high = (range_of(node.args[part], ranges) for part in ("this", "low", "high"))
        return value[1] >= low[0] and value[0] <= high[1] and low[0] <= high[1]
    if isinstance(node, exp.In):
        least, most = range_of(node.this, ranges)
        return any(least <= range_of(number, ranges)[0] <= most for number in node.expressions)
    if type(node) in (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE):
        return _can_compare(node, range_of(node.this, ranges), range_of(node.expression, ranges))
    return True


def _can_compare(node: exp.Expr, left: Range, right: Range) -> bool:
    if isinstance(node, exp.EQ):
        return left[0] <= right[1] and right[0] <= left[1]
    if isinstance(node, exp.NEQ):
        return not (left == right and left[0] == left[1])
    if isinstance(node, exp.LT):
        return left[0] < right[1]
    if isinstance(node, exp.LTE):
        return left[0] <= right[1]
    return left[1] > right[0] if isinstance(node, exp.GT) else left[1] >= right[0]


def _parts_of_and(node: exp.Expr) -> list[exp.Expr]:
    inner = node.unnest()
    if isinstance(inner, exp.And):
        return _parts_of_and(inner.this) + _parts_of_and(inner.expression)
    return [inner]


def _narrowed(parts: list[exp.Expr], ranges: dict[str, Range]) -> dict[str, Range]:
    """What is left of each column's range once every part that compares it with a constant holds."""
    for part in parts:
        for column, sign, constant in _plain_bounds(part):
            low, high = ranges[column]
            if sign in (exp.EQ, exp.GT, exp.GTE):
                low = max(low, constant + (sign is exp.GT))
            if sign in (exp.EQ, exp.LT, exp.LTE):
                high = min(high, constant - (sign is exp.LT))
            ranges[column] = (low, high)
    return ranges


def _plain_bounds(part: exp.Expr) -> list[tuple[str, type[exp.Expr], int]]:
    """`column < 3`, `3 > column` and `column between 1 and 3`, as bounds of that column."""
    if isinstance(part, exp.Between) and isinstance(part.this.unnest(), exp.Column):
        ends = [range_of(part.args[end]) for end in ("low", "high")]
        signs: tuple[type[exp.Expr], ...] = (exp.GTE, exp.LTE)
        return [(part.this.unnest().name, sign, end[0]) for sign, end in zip(signs, ends, strict=True) if end[0] == end[1]]
    sign: type[exp.Expr] = type(part)
    if sign not in _TURNED:
        return []
    left, right = part.this.unnest(), part.expression.unnest()
    if isinstance(right, exp.Column):
        left, right, sign = right, left, _TURNED[sign]
    constant = range_of(right)
    if isinstance(left, exp.Column) and constant[0] == constant[1]:
        return [(left.name, sign, constant[0])]
    return []
