-- One row a moment and thing that she buys or spoke of, where a word of hers bears on it: what she thinks of it all told, who told it and on which day.
-- The word that counts is chosen as `valued_item` chooses it: her declaration on the thing, else on what it is like, else on what it belongs to; then what is inferred.
with spoken as (
  select h.moment_id, h.item_id
  from habit as h
  union
  select t.moment_id, t.item_id
  from taste as t
),
weighed as (
  select s.moment_id, s.item_id,
    coalesce(t.declared, u.declared, t1.declared, t2.declared, t3.declared, t.word, u.word, t1.word, t2.word, t3.word) as word
  from spoken as s
  left join item as i on i.item_id = s.item_id
  left join item as i1 on i1.item_id = i.parent_id
  left join item as i2 on i2.item_id = i1.parent_id
  left join taste as t on t.moment_id = s.moment_id and t.item_id = s.item_id
  left join unlike_her as u on u.moment_id = s.moment_id and u.item_id = s.item_id
  left join taste as t1 on t1.moment_id = s.moment_id and t1.item_id = i.parent_id
  left join taste as t2 on t2.moment_id = s.moment_id and t2.item_id = i1.parent_id
  left join taste as t3 on t3.moment_id = s.moment_id and t3.item_id = i2.parent_id
)
select w.moment_id, w.item_id, w.word - w.word // 10 * 10 - 1 as feeling, w.word // 10 - w.word // 100 * 10 as told, w.word // 100 as said_day
from weighed as w
where w.word > 0
