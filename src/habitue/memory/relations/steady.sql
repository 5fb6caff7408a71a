-- One row a moment and thing that she buys regularly: four times or more, a week apart or more, the gaps' standard deviation at most half of their mean.
with slow as (
  select h.moment_id, h.item_id, h.times - 1 as gaps, h.last_day - h.first_day as span_days
  from habit as h
  where h.times >= 4 and h.last_day - h.first_day >= 7 * (h.times - 1)
),
gap as (
  select s.moment_id, s.item_id, s.gaps, s.span_days,
    b.age_days - lag(b.age_days) over (partition by s.item_id, s.moment_id order by b.age_days) as gap_days
  from slow as s
  cross join bought_type as b
  where b.item_id = s.item_id and b.moment_id = s.moment_id
)
select g.moment_id, g.item_id
from gap as g
group by g.item_id, g.moment_id, g.gaps, g.span_days
having (g.gaps * sum(g.gap_days * g.gap_days) - g.span_days * g.span_days) * 4 <= g.span_days * g.span_days
