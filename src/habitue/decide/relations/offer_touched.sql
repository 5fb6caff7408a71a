-- One row a moment and asked offer from one of whose categories she has ever bought.
select distinct q.moment_id, q.action_id
from affinity as n
join offer_category as b on b.category_id = n.category_id
join asked as q on q.moment_id = n.moment_id and q.action_id = b.action_id
