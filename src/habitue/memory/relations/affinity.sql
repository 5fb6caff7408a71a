-- One row a moment and category from which she has bought: how much it is hers, in thousandths of a decayed purchase.
select h.moment_id, max(h.today) as today, i.parent_id as category_id, cast(sum(h.decayed) as bigint) as decayed, max(h.last_day) as last_day
from habit as h
cross join item as i
where i.item_id = h.item_id
group by i.parent_id, h.moment_id
