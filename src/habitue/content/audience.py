"""Whom an action may concern: an expression over documented columns, checked word by word before anything else sees it.

Three nets, each of which would do alone: the text may hold only known words and signs, the tree that SQLGlot makes of it may hold only
known nodes with known parts, and every node must be of the right sort (a yes-or-no, or a whole number) and within 64 bits.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from habitue.content.audience_text import ALLOWED, check_text, short
from habitue.content.columns import COLUMNS
from habitue.content.number_range import BIGGEST, range_of
from habitue.words.errors import Refused

MOST_DEEP = 64
_LOGIC: dict[type[exp.Expr], tuple[str, ...]] = {exp.And: ("this", "expression"), exp.Or: ("this", "expression"), exp.Not: ("this",)}
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.IntDiv)
_PARTS: dict[type[exp.Expr], frozenset[str]] = {
    **{node: frozenset(parts) for node, parts in _LOGIC.items()},
    **{node: frozenset({"this", "expression"}) for node in (*_COMPARISONS, *_ARITHMETIC, exp.Is)},
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Case: frozenset({"this", "ifs", "default"}),
    exp.If: frozenset({"this", "true"}),
    exp.Paren: frozenset({"this"}),
    exp.Neg: frozenset({"this"}),
    exp.Literal: frozenset({"this"}),
    exp.Boolean: frozenset({"this"}),
    exp.Null: frozenset(),
    exp.Column: frozenset({"this"}),
    exp.Identifier: frozenset({"this"}),
}


def parse_whom(text: str) -> exp.Expression:
    """The expression, checked and made safe to run anywhere: divisors cannot be zero, arithmetic is 64 bits wide.

    Raises: Refused with a sentence that names what was found and what is allowed.
    """
    tree = _safe(checked(text))
    if not isinstance(tree, exp.Expression):
        raise Refused(f"“{short(text)}” is no expression. {ALLOWED}")
    return tree


def checked(text: str) -> exp.Expr:
    """The expression as it was written, once nothing in it is beyond the allow-list.

    Raises: Refused.
    """
    check_text(text)
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as wrong:
        raise Refused(f"The expression “{short(text)}” cannot be read: a bracket, a sign or a number is missing or too many. {ALLOWED}") from wrong
    if len(trees) != 1 or trees[0] is None:
        raise Refused(f"The expression is empty. {ALLOWED}")
    tree = trees[0]
    check_nodes(tree)
    if not _is_yes_or_no(tree):
        raise Refused(f"“{short(text)}” is a number, not a yes or no; compare it, as in “{short(text)} = 1”.")
    return tree


def columns_in(tree: exp.Expr) -> set[str]:
    """The names of all columns that an expression reads."""
    return {column.name for column in tree.find_all(exp.Column)}


def check_nodes(tree: exp.Expr) -> None:
    """The second net: known nodes with known parts, at a bounded depth; walks without recursion.

    Raises: Refused.
    """
    waiting: list[tuple[exp.Expr, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MOST_DEEP:
            raise Refused(f"The expression is too long a chain: {MOST_DEEP} steps are allowed; “in (1, 2, 3)” replaces many an “or”.")
        if type(node) not in _PARTS:
            raise Refused(f"The expression holds “{short(node.sql('duckdb'))}”, which is not allowed. {ALLOWED}")
        for part, value in node.args.items():
            if value is None or value is False or value == [] or part in _PARTS[type(node)]:
                continue
            raise Refused(f"“{short(node.sql('duckdb'))}” is written in a way that is not allowed. {ALLOWED}")
        if isinstance(node, exp.Column) and node.name not in COLUMNS:
            raise Refused(f"The expression holds “{short(node.name)}”, which is no column. {ALLOWED}")
        waiting += [(child, depth + 1) for child in node.iter_expressions()]


def _is_yes_or_no(node: exp.Expr) -> bool:
    """The third net: True for a yes-or-no, False for a whole number; every part must be of its sort.

    Raises: Refused where a number stands for a yes-or-no or the other way round.
    """
    if isinstance(node, exp.Paren):
        return _is_yes_or_no(node.this)
    if isinstance(node, (exp.Boolean, exp.And, exp.Or, exp.Not)):
        for part in _LOGIC.get(type(node), ()):
            _expect(node.args[part], True)
        return True
    if isinstance(node, (*_COMPARISONS, exp.Between, exp.In, exp.Is)):
        _check_comparison(node)
        return True
    if isinstance(node, exp.Case):
        return _is_case_yes_or_no(node)
    if isinstance(node, (*_ARITHMETIC, exp.Neg)):
        for operand in node.iter_expressions():
            _expect(operand, False)
        _check_arithmetic(node)
        return False
    if isinstance(node, (exp.Literal, exp.Column)):
        return False
    raise Refused(f"“{short(node.sql('duckdb'))}” cannot stand alone. {ALLOWED}")


def _expect(node: exp.Expr, is_yes_or_no: bool) -> None:
    if _is_yes_or_no(node) is not is_yes_or_no:
        found = short(node.sql("duckdb"))
        if is_yes_or_no:
            raise Refused(f"“{found}” is a number where a yes or no is needed; compare it, as in “{found} = 1”.")
        raise Refused(f"“{found}” is a yes or no where a number is needed; use case when … then 1 else 0 end.")


def _check_comparison(node: exp.Expr) -> None:
    _expect(node.this, False)
    if isinstance(node, exp.Is):
        if not isinstance(node.expression, exp.Null):
            raise Refused(f"“{short(node.sql('duckdb'))}”: after “is” only null or not null is allowed.")
    elif isinstance(node, exp.In):
        listed = node.expressions
        if not listed or not all(_is_number_as_written(number) for number in listed):
            raise Refused(f"“{short(node.sql('duckdb'))}”: after “in” a list of whole numbers is needed, as in (1, 2, 3).")
    else:
        for part in set(node.args) & {"expression", "low", "high"}:
            _expect(node.args[part], False)


def _is_number_as_written(node: exp.Expr) -> bool:
    return isinstance(node.this if isinstance(node, exp.Neg) else node, exp.Literal)


def _is_case_yes_or_no(node: exp.Case) -> bool:
    branches: list[exp.Expr] = []
    for branch in node.args["ifs"]:
        _expect(branch.this, node.this is None)
        branches.append(branch.args["true"])
    if node.this is not None:
        _expect(node.this, False)
    otherwise = node.args.get("default")
    if otherwise is None:
        raise Refused(f"“{short(node.sql('duckdb'))}” lacks its “else”; without one it would be neither yes nor no.")
    sort = _is_yes_or_no(otherwise)
    for value in branches:
        _expect(value, sort)
    return sort


def _check_arithmetic(node: exp.Expr) -> None:
    found = short(node.sql("duckdb"))
    if isinstance(node, exp.IntDiv) and isinstance(node.expression.unnest(), exp.Literal) and int(node.expression.unnest().name) == 0:
        raise Refused(f"“{found}” divides by zero.")
    low, high = range_of(node)
    if max(-low, high) > BIGGEST:
        raise Refused(f"“{found}” could grow past what a 64-bit whole number holds; multiply fewer or smaller things.")


def _safe(tree: exp.Expr) -> exp.Expr:
    """A copy in which a divisor of zero gives null and the left of every operation is 64 bits wide (DuckDB's literals are 32)."""
    copy = tree.copy()
    for node in list(copy.find_all(*_ARITHMETIC)):
        if isinstance(node, exp.IntDiv) and not isinstance(node.expression, exp.Literal):
            node.set("expression", exp.Nullif(this=node.expression.copy(), expression=exp.Literal.number(0)))
        if not isinstance(node.this, _ARITHMETIC):
            node.set("this", exp.cast(node.this.copy(), exp.DataType.Type.BIGINT))
    return copy
