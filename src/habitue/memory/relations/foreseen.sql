-- One row a moment and thing she has bought: her habit with the chance, learned from everyone before the moment, that she buys it within seven days.
-- Units: chance in thousandths; pull 0 to 7 says how much more often this thing is bought again than others of a like habit.
select c.moment_id, c.today, c.item_id, c.times, c.times_28, c.decayed, c.first_day, c.last_day, c.days_since, c.gap_days, c.due_permille,
  case when s.moment_id is null then 0 else 1 end as is_regular, c.price_cents,
  c.share_permille, coalesce(p.permille, 0) as chance_permille
from cell_of as c
left join steady as s on s.moment_id = c.moment_id and s.item_id = c.item_id
left join item_rhythm as r on r.lesson_id = c.lesson_id and r.item_id = c.item_id
left join chance as p on p.lesson_id = c.lesson_id and p.cell = c.cell * 8 + coalesce(r.pull, 4)
