-- Lets the links of before an instant go that open nothing any more.
DELETE FROM her_link WHERE made_at < ? AND (ended_at > 0 OR kind = 'confirm') RETURNING 1
