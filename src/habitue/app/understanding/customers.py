"""By which column two files know the same people: the pair of columns with most customers in common."""

from __future__ import annotations

from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.understanding.layouts_texts import written
from habitue.app.understanding.recognised import Candidate, Recognised, masked
from habitue.words.errors import BadInput

ROWS_COMPARED = 200_000
IDENTIFIERS = {"email": "e-mail address", "phone": "telephone number", "card": "card", "customer": "number"}


def common_identity(sends: Recognised, orders: Recognised, *others: Recognised) -> tuple[Recognised, ...]:
    """All of them with the customer's column by which they know each other's people; a file without customers stays as it is.

    The first 200,000 rows are compared, and all of them where those have nobody in common.
    Raises: BadInput where two files have no customer in common.
    """
    sends, orders, known = _matched(sends, orders)
    return sends, orders, *(_joined(other, known, sends, orders) if "customer" in other.mapping.columns else other for other in others)


def _matched(sends: Recognised, orders: Recognised) -> tuple[Recognised, Recognised, pa.Array]:
    for rows in (ROWS_COMPARED, 0):
        theirs, ours = ({one: customers(file, one, rows) for one in file.candidates} for file in (sends, orders))
        pairs = list(product(theirs, ours))
        counts = [_common(theirs[one], ours[other]) for one, other in pairs]
        if any(counts):
            one, other = pairs[counts.index(max(counts))]
            return _by(sends, one, theirs[one]), _by(orders, other, ours[other]), pc.unique(pa.concat_arrays([theirs[one], ours[other]]))
    raise BadInput(_nobody(sends, orders))


def _joined(file: Recognised, known: pa.Array, sends: Recognised, orders: Recognised) -> Recognised:
    for rows in (ROWS_COMPARED, 0):
        found = {one: customers(file, one, rows) for one in file.candidates}
        best = max(found, key=lambda one: _common(found[one], known))
        if _common(found[best], known):
            return _by(file, best, found[best])
        known = pa.concat_arrays([customers(one, one.candidates[0], 0) for one in (sends, orders)]) if rows else known
    raise BadInput(_nobody(file, orders))


def customers(file: Recognised, by: Candidate, rows: int) -> pa.Array:
    """The distinct customers of a file by that column, of its first rows or, with 0, of all."""
    table, found, seen = file.by(by).opened(), list[pa.Array](), 0
    try:
        for batch in table.batches(["customer"]):
            found.append(pc.unique(written(batch.columns["customer"]).drop_null()))
            seen += len(batch.lines)
            if rows and seen >= rows:
                break
    finally:
        table.close()
    return pc.unique(pa.concat_arrays(found))


def _common(one: pa.Array, other: pa.Array) -> int:
    return pc.sum(pc.is_in(one, value_set=other)).as_py() or 0


def _by(file: Recognised, candidate: Candidate, values: pa.Array) -> Recognised:
    return file.by(candidate, tuple(map(masked, values[:2].to_pylist())))


def _nobody(one: Recognised, other: Recognised) -> str:
    said = (
        f"{file.path.name} knows them by {' or '.join(f'{IDENTIFIERS[one.identifier]} (column “{one.column}”)' for one in file.candidates)}"
        for file in (one, other)
    )
    return f"{one.path.name} and {other.path.name} have no customer in common: {'; '.join(said)}. Give two files that know the same people by the same thing."
