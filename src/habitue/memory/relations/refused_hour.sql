-- One row a moment and hour of sending at which she does not want to hear from us: her newest word on that hour of that weekday is a no.
-- A span reaches up to its last hour without it, over midnight where it ends before it begins; weekdays likewise, both ends included, 0 for every day.
-- Where it is declared, what is inferred of the hour says nothing.
with spoken as (
  select s.moment_id, s.seq, s.feeling, s.told, s.said_at, s.said_day, s.from_hour, s.until_hour
  from stated as s
  join moment as m on m.moment_id = s.moment_id
  where s.subject = 4 and s.standing = 0
    and (s.from_weekday = 0 or m.weekday between s.from_weekday and s.until_weekday
      or (s.from_weekday > s.until_weekday and (m.weekday >= s.from_weekday or m.weekday <= s.until_weekday)))
),
sending as (
  select distinct p.moment_id, case when m.hour < 0 then a.hour else m.hour end as at_hour
  from spoken as p
  join moment as m on m.moment_id = p.moment_id
  cross join action as a
),
ranked as (
  select h.moment_id, h.at_hour, p.feeling, p.said_day,
    row_number() over (
      partition by h.moment_id, h.at_hour
      order by case when p.told = 3 then 1 else 0 end, p.said_at desc, p.told, p.feeling, p.from_hour, p.until_hour, p.seq) as place
  from sending as h
  join spoken as p on p.moment_id = h.moment_id
  where (p.from_hour < p.until_hour and h.at_hour >= p.from_hour and h.at_hour < p.until_hour)
    or (p.from_hour >= p.until_hour and (h.at_hour >= p.from_hour or h.at_hour < p.until_hour))
)
select r.moment_id, r.at_hour, r.said_day from ranked as r where r.place = 1 and r.feeling < 0
