"""Rows and orders of a file that tell of somebody who was forgotten: they are set aside with a reason that names nobody, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habitue.app.erasure.forgotten import FORGOTTEN
from habitue.app.erasure.heeding import Heeding, Telling
from habitue.app.erasure.noes_kept import No
from habitue.app.imports.customers import CHANNELS
from habitue.app.imports.desk import Desk, Row
from habitue.app.imports.sends import why_left
from habitue.consent.model import MARKETING
from habitue.identity.tombstones import Named
from habitue.words.vocabulary import Channel, Purpose

TOLD_BESIDE = ("email", "phone", "card")
WITHOUT_PEOPLE = ("products", "stock")


def unforgotten(desk: Desk, rows: list[Row], heeding: Heeding) -> list[Row]:
    """The rows that may be kept; inside the transaction that keeps them. A day without an hour counts from its beginning."""
    if desk.mapping.kind in WITHOUT_PEOPLE or not heeding.is_needed():
        return rows
    gone = heeding.let_go([_telling(desk, row, heeding) for row in rows])
    for row, is_gone in zip(rows, gone, strict=True):
        if is_gone:
            desk.reject(row, FORGOTTEN)
    heeding.count("files", sum(gone), desk.now)
    return [row for row, is_gone in zip(rows, gone, strict=True) if not is_gone]


def _telling(desk: Desk, row: Row, heeding: Heeding) -> Telling:
    """A row that describes somebody is her own act where it dates her coming; a yes is; what was sent to her is ours."""
    named: list[Named] = [(desk.mapping.customers_by, row["customer"])] if row.get("customer") else []
    if desk.mapping.kind == "customers":
        named += [(kind, row[kind]) for kind in TOLD_BESIDE if row.get(kind)]
        since = None if row.get("since") is None else heeding.began(row["since"])
        return Telling(tuple(named), since, came_at=since, noes=tuple(_noes(desk, row)), is_describing=True)
    named += [("touch", row["touch"])] if row.get("touch") else []
    at = heeding.day_of(row["at"])
    is_yes = desk.mapping.kind == "consents" and row["granted"]
    return Telling(tuple(named), at, came_at=at if is_yes else None, seen_at=at, noes=tuple(_noes(desk, row)))


def _noes(desk: Desk, row: Row) -> Iterator[No]:
    """What a row says that she wants no more."""
    if desk.mapping.kind == "customers":
        for name, channel in CHANNELS.items():
            if row.get(f"agrees_{name}") is not None and not row[f"agrees_{name}"]:
                yield from ((purpose, channel, row.get(f"agrees_{name}_at") or desk.now) for purpose in MARKETING)
    elif desk.mapping.kind == "consents" and not row["granted"]:
        yield Purpose(row["purpose"]), Channel(row["channel"]), row["at"]
    elif desk.mapping.kind == "sends" and (what := why_left(row)):
        yield from ((purpose, Channel(row["channel"]), what[0]) for purpose in MARKETING)


def forgotten_orders(heeding: Heeding, by: str, source: str, orders: Sequence[tuple[str, str, int]]) -> set[int]:
    """The places of the orders (customer, order, UTC second) that are of somebody forgotten; inside the transaction that would keep them."""
    if not heeding.is_needed():
        return set()
    told: list[Telling] = []
    for customer, order, at in orders:
        named: tuple[Named, ...] = ((by, customer), ("order", f"{source}\x1f{order}"))
        day = heeding.day_of(at)
        told.append(Telling(named, day, came_at=day))
    return {place for place, is_gone in enumerate(heeding.let_go(told)) if is_gone}
