"""Writing the files that a shop would bring, and asking the truth what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from habitue.app.imports.bringing import Brought, take_in, understand_file
from habitue.app.imports.importing import ImportReport, import_file
from habitue.app.understanding.forms import Asked
from habitue.store import Settings, Truth
from habitue.words.vocabulary import Channel, Purpose

ORDERS = "order,customer,product,sold_at,quantity,amount\n"
SUMS = """SELECT i.value, o.order_key, p.key, sum(l.quantity_milli), sum(l.amount_cents)
FROM order_line AS l
JOIN identifier AS i ON i.profile_id = l.profile_id AND i.kind = 'customer'
JOIN item AS p ON p.item_id = l.product_id
JOIN (SELECT DISTINCT order_id, order_key FROM orders) AS o ON o.order_id = l.order_id
GROUP BY i.value, o.order_key, p.key HAVING sum(l.quantity_milli) <> 0 OR sum(l.amount_cents) <> 0
ORDER BY 1, 2, 3"""

LEAVE = """SELECT i.value, c.purpose, c.channel, c.is_granted
FROM consent AS c
JOIN profile AS p ON p.customer_id = c.customer_id
JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'email'
ORDER BY c.known_at, c.seq"""


class Bringing:
    """A shop's desk: writes a file, imports it, and remembers where everything is."""

    def __init__(self, truth: Truth, settings: Settings, folder: Path) -> None:
        self.truth, self.settings, self.folder = truth, settings, folder

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def bring(self, kind: str, content: str | bytes | Path, mapping: str = "", name: str = "shop.csv") -> ImportReport:
        """Imports that content as a file of that name, through that mapping."""
        path = content if isinstance(content, Path) else self.file(name, content)
        mapping_path = self.file("mapping.toml", mapping) if mapping else None
        return import_file(self.truth, self.settings, path, mapping_path, kind)

    def export(self, name: str, content: str | bytes, **asked: Any) -> list[ImportReport]:
        """Brings an export as it is: it is understood, and taken in as if somebody had said yes."""
        return take_in(self.truth, self.settings, self.understood(name, content, **asked))

    def table(self, columns: dict[str, Any], is_understood: bool) -> list[ImportReport]:
        """Brings orders as a Parquet file, by the names of its columns or as an export that must be understood."""
        path = self.folder / "shop.parquet"
        pq.write_table(pa.table(columns), path)
        return take_in(self.truth, self.settings, understand_file(path, self.settings)) if is_understood else [self.bring("orders", path)]

    def understood(self, name: str, content: str | bytes, **asked: Any) -> Brought:
        return understand_file(self.file(name, content), self.settings, asked=Asked(**asked))

    def leave(self) -> dict[str, set[str]]:
        """By address: what each may be sent now, as “purpose channel”, by her latest word."""
        found: dict[str, dict[str, int]] = {}
        for address, purpose, channel, is_granted in self.ask(LEAVE):
            found.setdefault(address, {})[f"{Purpose(purpose).name} {Channel(channel).name}".lower()] = is_granted
        return {address: {leave for leave, is_granted in said.items() if is_granted} for address, said in found.items()}

    def ask(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        return self.truth.run(sql, params)

    def one(self, sql: str, *params: Any) -> Any:
        return self.ask(sql, *params)[0][0]

    def sums(self) -> list[tuple[Any, ...]]:
        """What each customer bought in each order, corrections and refunds counted in."""
        return [(*names, int(quantity), int(amount)) for *names, quantity, amount in self.ask(SUMS)]
