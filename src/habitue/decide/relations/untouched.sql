-- One row a moment and asked action about things of which she, who bought on five days or more in 13 weeks, has never touched a category.
select q.moment_id, q.action_id
from asked as q
join her as h on h.moment_id = q.moment_id
left join offer_touched as o on o.moment_id = q.moment_id and o.action_id = q.action_id
where h.visits_91 >= 5 and o.moment_id is null
