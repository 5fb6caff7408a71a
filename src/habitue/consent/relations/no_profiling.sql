-- One row a moment whose customer says no to profiling (purpose 6): by any way by which she spoke of it, and has not said yes since by the same.
select p.moment_id
from said_leave as p
where p.purpose = 6
group by p.moment_id
having min(p.is_granted) = 0
