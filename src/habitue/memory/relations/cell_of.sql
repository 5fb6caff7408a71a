-- One row a moment and thing she has bought: her habit, its share of her baskets, and the cell of the scorecard into which it falls (before the thing's pull).
-- Units: share in thousandths of her decayed shopping days. The steps are those that the lessons are learned with (room measure).
with shared as (
  select h.*, coalesce(r.visits_91, 0) as visits_91, coalesce(h.decayed * 1000 // nullif(r.visits_decayed, 0), 0) as share_permille
  from habit as h
  left join rhythm as r on r.moment_id = h.moment_id
)
select s.*,
  ((case when s.share_permille < 40 then 0 when s.share_permille < 70 then 1 when s.share_permille < 100 then 2 when s.share_permille < 140 then 3
    when s.share_permille < 190 then 4 when s.share_permille < 250 then 5 when s.share_permille < 320 then 6 when s.share_permille < 400 then 7
    when s.share_permille < 490 then 8 when s.share_permille < 600 then 9 when s.share_permille < 720 then 10 when s.share_permille < 850 then 11 else 12 end * 8
  + case when s.visits_91 < 5 then 0 when s.visits_91 < 9 then 1 when s.visits_91 < 13 then 2 when s.visits_91 < 18 then 3
    when s.visits_91 < 24 then 4 when s.visits_91 < 32 then 5 when s.visits_91 < 42 then 6 else 7 end) * 5
  + case when s.times_14 < 1 then 0 when s.times_14 < 2 then 1 when s.times_14 < 3 then 2 when s.times_14 < 5 then 3 else 4 end) * 7
  + case when s.times < 2 then 0 when s.due_permille < 300 then 1 when s.due_permille < 600 then 2 when s.due_permille < 1000 then 3
    when s.due_permille < 1600 then 4 when s.due_permille < 2500 then 5 else 6 end as cell
from shared as s
