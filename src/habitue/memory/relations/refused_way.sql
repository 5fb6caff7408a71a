-- One row a moment and channel by which she does not want to hear from us.
select s.moment_id, s.item_id as channel, max(s.said_day) as said_day
from stated as s
where s.subject = 3 and s.standing = 0 and s.feeling < 0
group by s.moment_id, s.item_id
