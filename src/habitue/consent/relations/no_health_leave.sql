-- No row, as if nobody had ever allowed us to keep what touches her health: read in place of `health_leave` where words of the past are shown to people.
select m.moment_id, 0 as is_granted
from moment as m
where m.moment_id < 0
