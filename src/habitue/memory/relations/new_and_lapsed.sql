-- One row a moment and thing that has come into her life or gone out of it: new, first bought within four weeks and at least twice, while she came before that;
-- or lapsed, bought four times or more, and three of her own gaps late, while she still comes.
select f.moment_id, f.item_id, f.decayed, f.last_day, case when f.first_day >= f.today - 28 then 1 else 0 end as is_new
from foreseen as f
join rhythm as r on r.moment_id = f.moment_id
where (f.first_day >= f.today - 28 and f.times >= 2 and r.first_day < f.today - 84)
  or (f.times >= 4 and f.due_permille >= 3000 and r.last_day >= f.today - 28)
