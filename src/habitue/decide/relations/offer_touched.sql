-- One row a moment and asked offer from one of whose categories she has ever bought.
with about as (
  select distinct ai.action_id, i.parent_id as category_id
  from action as a
  join action_item as ai on ai.action_id = a.action_id
  join item as i on i.item_id = ai.item_id
  where a.kind = 1 and a.basis in (2, 4)
)
select distinct q.moment_id, q.action_id
from asked as q
join about as b on b.action_id = q.action_id
join affinity as n on n.moment_id = q.moment_id and n.category_id = b.category_id
