-- One row a moment and thing that she buys regularly: four times or more, a week apart or more, the gaps' standard deviation at most half of their mean.
with slow as (
  select h.moment_id, h.item_id, h.times - 1 as gaps, h.last_day - h.first_day as span_days
  from habit as h
  where h.times >= 4 and h.last_day - h.first_day >= 7 * (h.times - 1)
),
gap as (
  select s.moment_id, s.item_id, s.gaps, s.span_days,
    b.day - lag(b.day) over (partition by s.moment_id, s.item_id order by b.day) as gap_days
  from slow as s
  join bought_type as b on b.moment_id = s.moment_id and b.item_id = s.item_id
)
select g.moment_id, g.item_id
from gap as g
group by g.moment_id, g.item_id, g.gaps, g.span_days
having (g.gaps * sum(g.gap_days * g.gap_days) - g.span_days * g.span_days) * 4 <= g.span_days * g.span_days
