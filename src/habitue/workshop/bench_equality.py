"""`habitue bench equality`: how many decisions and verdicts differ between one customer alone and everyone, and between engines. None may."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from habitue.app import open_house
from habitue.store import Settings
from habitue.workshop.bench import Figure, Told, interval
from habitue.workshop.bench_houses import on_postgres
from habitue.workshop.equality import compared, moments, some_customers

DAYS, CUSTOMERS = 20, 500


def bench_equality(settings: Settings, days: int = DAYS, customers: int = CUSTOMERS, tell: Told = print) -> Iterator[Figure]:
    """Rows that differ between SQLite, PostgreSQL and the installed DuckDB, with the upper end of what the sample leaves possible."""
    with open_house(settings) as house:
        whens, chosen = moments(house, days), some_customers(house, customers)
        tell("copying the truth to PostgreSQL")
        with on_postgres(settings) as copy, open_house(copy) as other:
            tell(f"{days} days × {len(chosen)} customers, alone twice and among everyone")
            found = compared((house, other), whens, chosen)
    for example in found.examples:
        tell(example)
    rows = found.decisions + found.verdicts
    # three in n: the 95 % upper bound where none of n was seen (Hanley and Lippman-Hand, 1983)
    most = 1e6 * 3 / max(rows, 1) if found.differing == 0 else 1e6 * found.differing / rows
    engines = f"SQLite and PostgreSQL alone, DuckDB {version('duckdb')} among everyone"
    yield interval("equality: rows that differ", "rows", found.differing, found.differing, found.differing, engines)
    yield interval("equality: decisions compared", "decisions", found.decisions, found.decisions, found.decisions, f"{days} days × {len(chosen)} customers")
    yield interval("equality: verdicts compared", "verdicts", found.verdicts, found.verdicts, found.verdicts, "reasons, evidence and terms, column by column")
    yield interval("equality: rows that may differ, in a million", "rows", 1e6 * found.differing / max(rows, 1), 0, most, "95 % upper bound")
