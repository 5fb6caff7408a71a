-- One row a moment whose customer ever decided whether we may keep what touches her health (purpose 5): 1 where every way by which she told us says yes.
-- A no by any way stands until it is taken back by the same way: what touches health is rather not kept.
select p.moment_id, min(p.is_granted) as is_granted
from said_leave as p
where p.purpose = 5
group by p.moment_id
