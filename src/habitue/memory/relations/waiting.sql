-- One row a moment whose customer waits for us: since when, for an answer (thread kind 1) or over a complaint (kind 2).
with ranked as (
  select m.moment_id, c.thread_id, c.kind, c.is_open, c.day,
    row_number() over (partition by m.moment_id, c.thread_id order by c.known_at desc, c.seq desc) as place
  from moment as m
  join conversation as c on c.customer_id = m.customer_id
  where c.known_at < m.as_of
)
select r.moment_id,
  max(case when r.kind = 2 then 1 else 0 end) as is_complaint_open,
  max(case when r.kind = 1 then 1 else 0 end) as is_answer_due,
  min(r.day) as since_day
from ranked as r
where r.place = 1 and r.is_open = 1
group by r.moment_id
