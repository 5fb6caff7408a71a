-- One row a moment and thing she has bought: how often, how lately, at which rhythm, at which price, and how likely within seven days.
-- Units: decayed in thousandths of a purchase day (half-life 90 days), due and chance in thousandths, price in cents for one.
with step as (
  select b.moment_id, b.lesson_id, b.today, b.item_id, b.day,
    b.day - lag(b.day) over (partition by b.moment_id, b.item_id order by b.day) as gap,
    b.day * 10000000 + case
      when b.amount_cents <= 0 then 0
      when b.amount_cents * 1000 // b.quantity_milli > 9999999 then 9999999
      else b.amount_cents * 1000 // b.quantity_milli
    end as day_and_price
  from bought_type as b
),
counted as (
  select s.moment_id, s.lesson_id, s.today, s.item_id,
    count(*) as times,
    cast(sum(case when s.day >= s.today - 28 then 1 else 0 end) as bigint) as times_28,
    cast(sum(case when s.day >= s.today - 14 then 1 else 0 end) as bigint) as times_14,
    cast(sum(d.weight) as bigint) as decayed,
    min(s.day) as first_day,
    max(s.day) as last_day,
    cast(sum(s.gap * s.gap) as bigint) as gap_squares,
    max(s.day_and_price) as last_day_and_price
  from step as s
  join decay as d on d.age_days = s.today - s.day
  group by s.moment_id, s.lesson_id, s.today, s.item_id
)
select c.moment_id, c.lesson_id, c.today, c.item_id, c.times, c.times_28, c.times_14, c.decayed, c.first_day, c.last_day,
  c.today - c.last_day as days_since,
  coalesce((c.last_day - c.first_day) // nullif(c.times - 1, 0), 0) as gap_days,
  coalesce((c.today - c.last_day) * 1000 * (c.times - 1) // nullif(c.last_day - c.first_day, 0), 0) as due_permille,
  case when c.times >= 4
    and ((c.times - 1) * c.gap_squares - (c.last_day - c.first_day) * (c.last_day - c.first_day)) * 4
      <= (c.last_day - c.first_day) * (c.last_day - c.first_day) then 1 else 0 end as is_regular,
  c.last_day_and_price - (c.last_day_and_price // 10000000) * 10000000 as price_cents
from counted as c
