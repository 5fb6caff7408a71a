-- One row a moment: everything about its customer that an action may ask for, with zeros where nothing is known yet.
-- Units: days, cents, counts; late in thousandths; -1 where a birthday or an anniversary is unknown or more than 30 days off.
with soon as (
  select m.moment_id, min(d.day) - m.today as in_days
  from moment as m
  join customer_now as c on c.moment_id = m.moment_id
  join calendar as d on d.mmdd = c.birthday_mmdd and d.day >= m.today and d.day <= m.today + 30
  group by m.moment_id, m.today
)
select m.moment_id, m.customer_id, m.as_of, m.today, m.hour, m.weekday, m.lesson_id, m.wheel_permille,
  c.has_email, c.has_sms, c.has_post, c.has_phone, c.control_permille, c.paused_until_day,
  m.today - c.since_day as days_first,
  coalesce(m.today - r.first_day, 0) as days_since_first,
  coalesce(m.today - r.last_day, 9999) as days_since_last,
  coalesce(r.visits, 0) as visits,
  coalesce(r.visits_28, 0) as visits_28, coalesce(r.visits_91, 0) as visits_91, coalesce(r.visits_decayed, 0) as visits_decayed,
  coalesce(r.baskets_28, 0) as baskets_28, coalesce(r.baskets_91, 0) as baskets_91, coalesce(r.baskets_365, 0) as baskets_365,
  coalesce(r.web_baskets_91, 0) as web_baskets_91,
  coalesce(r.gap_days, 0) as gap_days, coalesce(r.late_permille, 0) as late_permille, coalesce(r.is_regular, 0) as is_regular,
  coalesce(r.spend_28_cents, 0) as spend_28_cents, coalesce(r.spend_365_cents, 0) as spend_365_cents,
  coalesce(w.usual_weekday, 0) as usual_weekday,
  coalesce(s.in_days, -1) as birthday_in_days,
  (m.today - c.since_day) * 12 // 365 as months_as_customer,
  case when m.today - c.since_day >= 330 and (m.today - c.since_day + 30) // 365 > (m.today - c.since_day - 1) // 365
    then ((m.today - c.since_day + 30) // 365) * 365 - (m.today - c.since_day) else -1 end as anniversary_in_days,
  coalesce(p.words_7, 0) as words_7, coalesce(p.words_28, 0) as words_28, coalesce(p.unanswered_28, 0) as unanswered_28,
  coalesce(p.asked_91, 0) as asked_91, coalesce(p.given_91, 0) as given_91, coalesce(p.last_said_day, 0) as last_said_day,
  coalesce(q.is_complaint_open, 0) as is_complaint_open, coalesce(q.is_answer_due, 0) as is_answer_due,
  coalesce(q.since_day, 0) as waiting_since_day
from moment as m
join customer_now as c on c.moment_id = m.moment_id
left join rhythm as r on r.moment_id = m.moment_id
left join weekday_habit as w on w.moment_id = m.moment_id
left join pressure as p on p.moment_id = m.moment_id
left join waiting as q on q.moment_id = m.moment_id
left join soon as s on s.moment_id = m.moment_id
