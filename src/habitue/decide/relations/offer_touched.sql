-- One row a moment and asked offer, from one of whose categories she has ever bought.
select distinct q.moment_id, q.action_id
from affinity as n
cross join offer_category as b
cross join asked as q
where b.category_id = n.category_id and q.moment_id = n.moment_id and q.action_id = b.action_id
