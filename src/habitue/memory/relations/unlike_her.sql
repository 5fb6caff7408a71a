-- One row a moment and type all of whose products are as she does not want things to be (organic, sweetened): since when, and who told it (`word` and `declared` as in `taste`).
-- Only a no is a row: a yes to what things are like lifts nothing.
select s.moment_id, a.item_id, max(s.said_day * 100 + s.told * 10) as word, max(case when s.told < 3 then s.said_day * 100 + s.told * 10 end) as declared
from stated as s
join thing_attribute as a on a.attribute_id = s.item_id
where s.subject = 2 and s.standing = 0 and s.feeling < 0
group by s.moment_id, a.item_id
