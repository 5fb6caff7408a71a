-- One row a day that is asked about and action of the book that may begin a word on such a day: it has begun, and the weekday is one of its own.
select distinct m.today, a.action_id, a.basis, a.because_days
from moment as m
join action_weekday as d on d.weekday = m.weekday
join action as a on a.action_id = d.action_id
where m.today >= a.from_day
