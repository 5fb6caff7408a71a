"""Importing the catalogue: products with their type, category and department, and the plain names of anything in it."""

from __future__ import annotations

from habitue.app.imports.desk import Desk, Row
from habitue.events.catalogue import ProductRow, keep_names, keep_products, things_ids
from habitue.words.vocabulary import Level

PATH = " > "
LANGUAGES = ("en", "fr")


def import_products(desk: Desk, rows: list[Row]) -> None:
    """Rows of level product bring the catalogue up to date; rows of another level only name a thing that it has.

    Of several categories in one cell, the first counts; a path of them, as “Meat > Veal”, ends in the type. Where a known export tells no type, the
    product's own name is one, as for a shop that is fetched: without a type it would be nobody's habit.
    """
    rows = list({row["line"]: row for row in reversed(rows)}.values())[::-1]
    products = [row for row in rows if row["level"] == Level.PRODUCT]
    kept = [row for row in products if row.get("product") or row.get("item")]
    for row in products:
        if not (row.get("product") or row.get("item")):
            desk.reject(row, "product: nothing is written")
    news = keep_products(desk.truth, [_product(row, is_export=bool(desk.mapping.layout)) for row in kept])
    desk.accepted += sum(news)
    desk.repeated += len(news) - sum(news)
    _name_others(desk, [row for row in rows if row["level"] != Level.PRODUCT])


def _product(row: Row, *, is_export: bool) -> ProductRow:
    key = row.get("product") or row.get("item") or ""
    told = row.get("attributes")
    category, *below = (row.get("category") or "").split(PATH)
    names = _names(row)
    type_name = row.get("type") or (below[-1] if below else "") or (next(iter(names.values()), "") if is_export else "")
    return ProductRow(key, type_name, category, row.get("department") or "", names, tuple(told.split(", ")) if told else None)


def _names(row: Row) -> dict[str, str]:
    return {language: name for language in LANGUAGES if (name := row.get(f"name_{language}"))}


def _name_others(desk: Desk, rows: list[Row]) -> None:
    """`item` is the key of the thing: "CATEGORY/TYPE" for a type, its name for a category or a department."""
    things = things_ids(desk.truth, {(Level(row["level"]), row["item"]) for row in rows if row.get("item")})
    named: list[tuple[Row, int]] = []
    for row in rows:
        number = things.get((Level(row["level"]), row.get("item") or ""))
        if number is None:
            desk.reject(row, f"item: the catalogue has no {Level(row['level']).name.lower()} “{row.get('item') or ''}”")
        elif not _names(row):
            desk.reject(row, "name_en: neither name_en nor name_fr is written")
        else:
            named.append((row, number))
    news = keep_names(desk.truth, {number: _names(row) for row, number in named})
    desk.accepted += sum(number in news for _, number in named)
    desk.repeated += sum(number not in news for _, number in named)
