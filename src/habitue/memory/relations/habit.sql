-- One row a moment and thing she has bought: how often, how lately, at which rhythm, at which price.
-- Units: decayed in thousandths of a purchase day (half-life 90 days), due in thousandths of her own gap, price in cents for one.
with counted as (
  select b.moment_id, b.item_id,
    count(*) as times,
    cast(sum(case when b.age_days <= 28 then 1 else 0 end) as bigint) as times_28,
    cast(sum(case when b.age_days <= 14 then 1 else 0 end) as bigint) as times_14,
    cast(sum(d.weight) as bigint) as decayed,
    max(b.age_days) as first_age_days,
    min(b.age_days) as last_age_days,
    max(case
      when b.amount_cents <= 0 then 0
      when b.amount_cents * 1000 // b.quantity_milli > 9999999 then 9999999
      else b.amount_cents * 1000 // b.quantity_milli
    end - b.age_days * 10000000) as price_of_the_last
  from bought_type as b
  join decay as d on d.age_days = b.age_days
  group by b.item_id, b.moment_id
)
select c.moment_id, m.lesson_id, m.today, c.item_id, c.times, c.times_28, c.times_14, c.decayed,
  m.today - c.first_age_days as first_day, m.today - c.last_age_days as last_day, c.last_age_days as days_since,
  coalesce((c.first_age_days - c.last_age_days) // nullif(c.times - 1, 0), 0) as gap_days,
  coalesce(c.last_age_days * 1000 * (c.times - 1) // nullif(c.first_age_days - c.last_age_days, 0), 0) as due_permille,
  c.price_of_the_last + c.last_age_days * 10000000 as price_cents
from counted as c
cross join moment as m
where m.moment_id = c.moment_id
