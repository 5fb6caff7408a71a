-- One row a moment whose customer has bought: when she comes, how regularly, how much.
-- Units: days, cents; late in thousandths of her own gap.
with step as (
  select v.moment_id, v.today, v.day, v.baskets, v.web_baskets, v.phone_baskets, v.amount_cents,
    v.day - lag(v.day) over (partition by v.moment_id order by v.day) as gap
  from visit as v
),
counted as (
  select s.moment_id, s.today, count(*) as visits, min(s.day) as first_day, max(s.day) as last_day,
    cast(sum(case when s.day >= s.today - 28 then s.baskets else 0 end) as bigint) as baskets_28,
    cast(sum(case when s.day >= s.today - 91 then s.baskets else 0 end) as bigint) as baskets_91,
    cast(sum(case when s.day >= s.today - 365 then s.baskets else 0 end) as bigint) as baskets_365,
    cast(sum(case when s.day >= s.today - 28 then 1 else 0 end) as bigint) as visits_28,
    cast(sum(case when s.day >= s.today - 91 then 1 else 0 end) as bigint) as visits_91,
    cast(sum(case when s.day >= s.today - 91 then s.web_baskets else 0 end) as bigint) as web_baskets_91,
    cast(sum(case when s.day >= s.today - 91 then s.phone_baskets else 0 end) as bigint) as phone_baskets_91,
    cast(sum(case when s.day >= s.today - 28 then s.amount_cents else 0 end) as bigint) as spend_28_cents,
    cast(sum(case when s.day >= s.today - 365 then s.amount_cents else 0 end) as bigint) as spend_365_cents,
    cast(sum(s.gap * s.gap) as bigint) as gap_squares,
    cast(sum(d.weight) as bigint) as visits_decayed
  from step as s
  join decay as d on d.age_days = s.today - s.day
  group by s.moment_id, s.today
)
select c.moment_id, c.visits, c.first_day, c.last_day, c.baskets_28, c.baskets_91, c.baskets_365, c.visits_28, c.visits_91, c.visits_decayed,
  c.web_baskets_91, c.phone_baskets_91, c.spend_28_cents, c.spend_365_cents,
  coalesce((c.last_day - c.first_day) // nullif(c.visits - 1, 0), 0) as gap_days,
  coalesce((c.today - c.last_day) * 1000 * (c.visits - 1) // nullif(c.last_day - c.first_day, 0), 0) as late_permille,
  case when c.visits >= 4
    and ((c.visits - 1) * c.gap_squares - (c.last_day - c.first_day) * (c.last_day - c.first_day)) * 4
      <= 3 * (c.last_day - c.first_day) * (c.last_day - c.first_day) then 1 else 0 end as is_regular
from counted as c
