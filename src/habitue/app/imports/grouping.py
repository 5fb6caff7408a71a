"""From order lines to orders: which lines belong together, which stand twice, which contradict their order. Arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from habitue.events.model import OrderLine
from habitue.events.tables import Rejects

DAY_SECONDS = 86_400


@dataclass
class Grouped:
    """Lines of whole orders, the lines of an order together and in one fixed order, orders by customer and time.

    `starts` has one more entry than there are orders: order n has the rows from starts[n] to starts[n + 1].
    `gifts` holds the products that are for somebody else, of the orders that have any.
    """

    order_keys: list[str]
    customer_keys: list[str]
    sold_at: list[int]
    places: list[int]
    shop_keys: list[str]
    starts: list[int]
    products: pa.Array
    quantities: np.ndarray
    amounts: np.ndarray
    line_numbers: np.ndarray
    gifts: dict[int, tuple[str, ...]]

    def lines_of(self, orders: range) -> list[tuple[OrderLine, ...]]:
        """The lines of each of these consecutive orders; made piece by piece, since a million lines as objects are heavy."""
        first, last = self.starts[orders.start], self.starts[orders.stop]
        products = self.products.slice(first, last - first).to_pylist()
        lines = list(map(OrderLine, products, self.quantities[first:last].tolist(), self.amounts[first:last].tolist()))
        return [tuple(lines[self.starts[n] - first : self.starts[n + 1] - first]) for n in orders]

    def numbers_of(self, order: int) -> list[int]:
        """Where the order's lines stand in the file."""
        numbers: list[int] = self.line_numbers[self.starts[order] : self.starts[order + 1]].tolist()
        return numbers

    def size_of(self, order: int) -> int:
        """How many lines the order has."""
        return self.starts[order + 1] - self.starts[order]


def grouped(table: pa.Table) -> tuple[Grouped, Rejects, int]:
    """The orders of these lines, the lines that contradict their order, and how many lines stand in the file twice."""
    columns = {name: table[name].combine_chunks() for name in ("order", "customer", "product", "shop")}
    coded = {name: array.dictionary_encode() for name, array in columns.items()}
    code = {name: array.indices.to_numpy() for name, array in coded.items()}
    number = {name: table[name].to_numpy() for name in ("line", "at", "place", "quantity", "amount", "gift")}
    by_line = np.lexsort((number["line"], code["order"]))
    starts = np.flatnonzero(np.diff(code["order"][by_line], prepend=-1))
    head = np.repeat(by_line[starts], np.diff([*starts, len(by_line)]))  # the first line of each row's order
    rejected = _contradictions(coded, code, number, by_line, head)
    keep = np.ones(len(by_line), bool)
    keep[[row for row, _ in rejected]] = False
    twice = _standing_twice(table, code, number, by_line, starts, keep)
    keep[twice] = False
    reasons = [(int(number["line"][row]), reason) for row, reason in rejected]
    return _arranged(coded, code, number, np.flatnonzero(keep), by_line[starts]), reasons, len(twice)


def _contradictions(coded: dict[str, pa.Array], code: dict[str, np.ndarray], number: dict[str, np.ndarray], by_line: np.ndarray, head: np.ndarray) -> Rejects:
    other = code["customer"][by_line] != code["customer"][head]
    late = np.abs(number["at"][by_line] - number["at"][head]) > DAY_SECONDS
    found: Rejects = []
    for place in np.flatnonzero(other | late).tolist():
        row, first = int(by_line[place]), int(head[place])
        order, line = coded["order"].dictionary[int(code["order"][row])].as_py(), int(number["line"][first])
        what = "belongs to another customer" if other[place] else "was made on another day"
        found.append((row, f"order “{order}” {what} on its first line, {line}"))
    return found


def _standing_twice(
    table: pa.Table, code: dict[str, np.ndarray], number: dict[str, np.ndarray], by_line: np.ndarray, starts: np.ndarray, keep: np.ndarray
) -> list[int]:
    """Rows that repeat what the file said before: a line with the same key and content, or an order told whole a second time further down."""
    keys, twice = table["line_key"].combine_chunks(), list[int]()
    said = np.stack([code["product"], number["quantity"], number["amount"]], axis=1)
    ends = np.append(starts[1:], len(by_line))
    has_keys = keys.null_count < len(keys)
    is_torn = number["line"][by_line[ends - 1]] - number["line"][by_line[starts]] != ends - starts - 1
    for start, end, torn in zip(starts.tolist(), ends.tolist(), is_torn.tolist(), strict=True):
        if not (torn or has_keys):
            continue
        rows = [int(row) for row in by_line[start:end] if keep[row]]
        if has_keys:
            seen: set[tuple[object, ...]] = set()
            for row in rows:
                what = (keys[row].as_py(), *said[row].tolist())
                (twice.append(row) if what[0] is not None and what in seen else seen.add(what))
        else:
            twice += _second_telling(rows, said, number["line"])
    return twice


def _second_telling(rows: list[int], said: np.ndarray, line: np.ndarray) -> list[int]:
    """The later tellings of an order whose lines come in equal blocks with other lines in between."""
    breaks = [place for place in range(1, len(rows)) if line[rows[place]] != line[rows[place - 1]] + 1]
    if not breaks:
        return []
    size = breaks[0]
    if len(rows) % size or breaks != list(range(size, len(rows), size)):
        return []
    blocks = [sorted(said[row].tolist() for row in rows[at : at + size]) for at in range(0, len(rows), size)]
    return rows[size:] if all(block == blocks[0] for block in blocks) else []


def _arranged(coded: dict[str, pa.Array], code: dict[str, np.ndarray], number: dict[str, np.ndarray], rows: np.ndarray, heads: np.ndarray) -> Grouped:
    """The kept rows in their final order. `heads` is the first row of each order, by order code."""
    orders = len(heads)
    at = np.full(orders, np.iinfo(np.int64).max)
    np.minimum.at(at, code["order"][rows], number["at"][rows])
    rank = np.empty(orders, np.int64)
    rank[np.lexsort((np.arange(orders), at, code["customer"][heads]))] = np.arange(orders)
    names = coded["product"].dictionary
    product_rank = np.empty(len(names), np.int64)
    product_rank[pc.array_sort_indices(names).to_numpy()] = np.arange(len(names))
    row_rank, product = rank[code["order"][rows]], product_rank[code["product"][rows]]
    rows = rows[np.lexsort((number["amount"][rows], number["quantity"][rows], product, row_rank))]
    starts = np.flatnonzero(np.diff(code["order"][rows], prepend=-1))
    chosen = code["order"][rows[starts]]
    first = heads[chosen]
    return Grouped(
        order_keys=coded["order"].dictionary.take(pa.array(chosen)).to_pylist(),
        customer_keys=coded["customer"].dictionary.take(pa.array(code["customer"][first])).to_pylist(),
        sold_at=at[chosen].tolist(),
        places=number["place"][first].tolist(),
        shop_keys=coded["shop"].dictionary.take(pa.array(code["shop"][first])).to_pylist(),
        starts=[*starts.tolist(), len(rows)],
        products=names.take(pa.array(code["product"][rows])),
        quantities=number["quantity"][rows],
        amounts=number["amount"][rows],
        line_numbers=number["line"][rows],
        gifts=_gifts(number["gift"][rows], starts, names, code["product"][rows]),
    )


def _gifts(is_gift: np.ndarray, starts: np.ndarray, names: pa.Array, product: np.ndarray) -> dict[int, tuple[str, ...]]:
    found: dict[int, set[str]] = {}
    for row in np.flatnonzero(is_gift).tolist():
        order = int(np.searchsorted(starts, row, side="right")) - 1
        found.setdefault(order, set()).add(names[int(product[row])].as_py())
    return {order: tuple(sorted(keys)) for order, keys in found.items()}


def chunks(total: int, size: int) -> Iterator[range]:
    """The numbers below `total` in pieces."""
    for start in range(0, total, size):
        yield range(start, min(start + size, total))
