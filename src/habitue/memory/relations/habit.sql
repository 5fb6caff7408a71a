-- One row a moment and thing she has bought: how often, how lately, at which rhythm, at which price.
-- Units: decayed in thousandths of a purchase day (half-life 90 days), due in thousandths of her own gap, price in cents for one.
with counted as (
  select b.moment_id, b.item_id, max(b.today) as today, max(b.lesson_id) as lesson_id,
    count(*) as times,
    cast(sum(case when b.day >= b.today - 28 then 1 else 0 end) as bigint) as times_28,
    cast(sum(case when b.day >= b.today - 14 then 1 else 0 end) as bigint) as times_14,
    cast(sum(d.weight) as bigint) as decayed,
    min(b.day) as first_day,
    max(b.day) as last_day,
    max(b.day * 10000000 + case
      when b.amount_cents <= 0 then 0
      when b.amount_cents * 1000 // b.quantity_milli > 9999999 then 9999999
      else b.amount_cents * 1000 // b.quantity_milli
    end) as last_day_and_price
  from bought_type as b
  join decay as d on d.age_days = b.today - b.day
  group by b.moment_id, b.item_id
)
select c.moment_id, c.lesson_id, c.today, c.item_id, c.times, c.times_28, c.times_14, c.decayed, c.first_day, c.last_day,
  c.today - c.last_day as days_since,
  coalesce((c.last_day - c.first_day) // nullif(c.times - 1, 0), 0) as gap_days,
  coalesce((c.today - c.last_day) * 1000 * (c.times - 1) // nullif(c.last_day - c.first_day, 0), 0) as due_permille,
  c.last_day_and_price - (c.last_day_and_price // 10000000) * 10000000 as price_cents
from counted as c
