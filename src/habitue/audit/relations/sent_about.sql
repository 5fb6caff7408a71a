-- One row a moment, asked action and thing: when the same had last been said to her, by whatever channel. Read in place of `said_about` by an audit.
select q.moment_id, q.action_id, i.item_id, max(s.day) as last_day
from asked as q
join moment as m on m.moment_id = q.moment_id
join action_item as i on i.action_id = q.action_id
join content_action as c on c.action_id = q.action_id
join sent as s on s.customer_id = m.customer_id and s.content_id = c.content_id
where s.known_at < m.as_of and s.day >= m.today - 365
group by q.moment_id, q.action_id, i.item_id
