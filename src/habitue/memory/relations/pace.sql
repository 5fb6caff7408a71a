-- One row a moment whose customer chose how often she hears from us: -1 less often, 1 more often (0, as everybody, has no row). Her own word; a no before a yes.
select s.moment_id, min(s.feeling) as pace
from stated as s
where s.subject = 5 and s.standing = 0 and s.feeling <> 0
group by s.moment_id
