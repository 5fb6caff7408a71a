"""The audit of the grocer's 27 campaigns: writes the sends as a brand would bring them; orders and products are read where the package has put them.

Campaigns of type B and C sent every coupon of the campaign to every household of it: one send a household, campaign and coupon. Letters of type A held
sixteen coupons of hundreds, chosen for each household, and the data does not say which: they are sends of which nobody knows what they named.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import msgspec

from habitue.app.audits.auditing import Asking
from habitue.store import Settings
from habitue.workshop.grocer import CURRENCY, LICENCE_NOTE, ZONE, Grocer, grocer

SENDS, CATALOGUE, MAPPING = "campaign-sends.parquet", "campaign-catalogue.parquet", "campaign-files.toml"
TITLE = {"en": "A grocer’s 27 campaigns of 2017", "fr": "Les 27 campagnes d’un épicier en 2017"}
NOTES = {
    "en": (
        LICENCE_NOTE.split(" Names,")[0],
        "Campaigns of type B and C sent every coupon of the campaign to every household of it; each coupon is one send.",
        "Letters of type A held sixteen coupons chosen for each household; which, was not recorded. They cannot be judged by what they named, and stand apart.",
        "The data begins with 2017: letters of late 2016 reached people of whom no purchase is known yet.",
    ),
    "fr": (
        "Données : « The Complete Journey », 84.51°, 2017, pour la recherche et l’enseignement seulement.",
        "Les campagnes de type B et C ont envoyé chaque bon de la campagne à chacun de ses foyers ; chaque bon est un envoi.",
        "Les lettres de type A contenaient seize bons choisis pour chaque foyer ; lesquels, on ne l’a pas noté. On ne peut les juger : elles sont à part.",
        "Les données commencent en 2017 : les lettres de fin 2016 ont touché des gens dont on ne connaît encore aucun achat.",
    ),
}


def audit_demo(out: Path, settings: Settings) -> tuple[Asking, Settings]:
    """The demo's files, written into a folder beside the report, and the house's settings with the grocer's zone and currency.

    Raises: BadInput where the grocer's package is missing.
    """
    shop, folder = grocer(), out.with_name(out.name + "-files")
    folder.mkdir(parents=True, exist_ok=True)
    _write(shop, _SENDS, folder / SENDS)
    _write(shop, _CATALOGUE, folder / CATALOGUE)
    (folder / MAPPING).write_text(_MAPPING, encoding="utf-8")
    files = {"sends": folder / SENDS, "orders": shop.file("transactions"), "catalogue": folder / CATALOGUE}
    asking = Asking(files, out, folder / MAPPING, language=settings.language, title=TITLE[settings.language], notes=NOTES[settings.language])
    return asking, msgspec.structs.replace(settings, zone=ZONE, currency=CURRENCY)


def _write(shop: Grocer, sql: str, path: Path) -> None:
    fresh = path.with_suffix(".new")
    with duckdb.connect() as engine:
        for name in ("products", "campaigns", "campaign_descriptions", "coupons", "coupon_redemptions"):
            engine.execute(f"create view {name} as select * from read_parquet('{_quoted(shop.file(name))}')")
        engine.execute(f"copy ({sql}) to '{_quoted(fresh)}' (format parquet)")
    fresh.replace(path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


_SENDS = """
with named as (
  select distinct campaign_id, coupon_upc from coupons join campaign_descriptions using (campaign_id) where campaign_type <> 'Type A'
),
used as (
  select household_id, campaign_id, coupon_upc, min(redemption_date) as used_on from coupon_redemptions group by all
),
used_letter as (
  select household_id, campaign_id, min(redemption_date) as used_on from coupon_redemptions group by all
)
select c.household_id::varchar as customer, strftime(d.start_date, '%Y-%m-%d') as "at", 'post' as channel, 'offer' as kind,
  'Campaign ' || lpad(c.campaign_id::varchar, 2, '0') || ' (' || lower(d.campaign_type) || ')' as campaign,
  case when n.coupon_upc is not null then 'Coupon ' || n.coupon_upc end as thing,
  strftime(coalesce(u.used_on, case when n.coupon_upc is null then l.used_on end), '%Y-%m-%d') as answered_at
from campaigns as c
join campaign_descriptions as d using (campaign_id)
left join named as n on n.campaign_id = c.campaign_id
left join used as u on u.household_id = c.household_id and u.campaign_id = c.campaign_id and u.coupon_upc = n.coupon_upc
left join used_letter as l on l.household_id = c.household_id and l.campaign_id = c.campaign_id
order by d.start_date, c.campaign_id, c.household_id, n.coupon_upc
"""
_CATALOGUE = """
select p.product_id::varchar as product, p.product_type as type, p.product_category as category, p.department, n.part_of, n.campaign
from products as p
left join (
  select distinct product_id, 'Coupon ' || coupon_upc as part_of,
    'Campaign ' || lpad(campaign_id::varchar, 2, '0') || ' (' || lower(campaign_type) || ')' as campaign
  from coupons join campaign_descriptions using (campaign_id) where campaign_type <> 'Type A'
) as n using (product_id)
order by p.product_id, n.part_of, n.campaign
"""
_MAPPING = """# What each column of the grocer's files tells.
[orders.columns]
order = "basket_id"
customer = "household_id"
sold_at = "transaction_timestamp"
product = "product_id"
quantity = "quantity"
amount = "sales_value"

[orders.forms]
times_in = "UTC"
"""
