"""The planted history as plain files, as a brand would bring them, and the labels beside: line of sends.csv to what is wrong there."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.audit.history import SHOP_ZONE, History, Thing
from tests.audit.planting import Plan, Said

SENDS = (*("customer", "at", "channel", "kind", "campaign", "message", "thing", "level", "subject", "text", "sender", "answered_at", "bounced_at"),)
HEADS = {
    "orders": ("order", "customer", "sold_at", "product", "quantity", "amount"),
    "catalogue": ("product", "type", "category", "department", "part_of"),
    "preferences": ("customer", "item", "level", "feeling", "at"),
    "messages": ("customer", "at", "thread", "kind", "state"),
    "consents": ("customer", "granted", "at", "purpose", "channel"),
    "stock": ("item", "level", "units", "at"),
}


@dataclass(frozen=True)
class Label:
    """What an honest audit finds in one line, and the scene that it comes from."""

    faults: frozenset[str]
    scene: str


def write(plan: Plan, folder: Path) -> dict[int, Label]:
    """Writes every file; gives what is to be found by line of sends.csv, whose first is the head."""
    folder.mkdir(exist_ok=True)
    rows = {**plan.rows, "orders": _orders(plan.history), "catalogue": _catalogue(plan), "consents": [*_first_consents(plan), *plan.rows["consents"]]}
    for name, head in HEADS.items():
        _write(folder / f"{name}.csv", head, rows.get(name, ()))
    sends = [(said, what, faults) for said in sorted(plan.said, key=lambda said: said.at) for what, faults in said.things]
    _write(folder / "sends.csv", SENDS, (_send(said, what) for said, what, _ in sends))
    return {line: Label(frozenset(said.faults + faults), said.scene) for line, (said, _, faults) in enumerate(sends, 2)}


def _send(said: Said, what: Thing | None) -> tuple[object, ...]:
    named = (what.text, what.level) if what else ("", "")
    head = (said.customer, said.at, said.channel, said.kind, said.campaign, said.message)
    return (*head, *named, said.subject, said.text, said.sender, said.answered_at, said.bounced_at)


def _orders(history: History) -> Iterator[tuple[object, ...]]:
    written: dict[int, str] = {}
    for her, lines in history.lines.items():
        for line in (*lines, *history.returned[her]):
            if line.at not in written:
                written[line.at] = f"{datetime.fromtimestamp(line.at, SHOP_ZONE):%Y-%m-%dT%H:%M:%S}"
            yield line.order, her, written[line.at], line.product, line.units, f"{line.cents / 100:.2f}"


def _catalogue(plan: Plan) -> Iterator[tuple[object, ...]]:
    yield from ((*product, "") for product in plan.history.products.values())
    for leaflet in plan.by_level["leaflet"].values():
        yield from ((*plan.history.products[key], leaflet.text) for key in sorted(leaflet.products))


def _first_consents(plan: Plan) -> Iterator[tuple[object, ...]]:
    for her, since in plan.consents_from.items():
        yield from ((her, "yes", since, "", channel) for channel in ("email", "post", *["sms"] * plan.has_sms(her)))


def _write(file: Path, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(["" if cell is None else cell.isoformat() if isinstance(cell, datetime) else cell for cell in row] for row in rows)
