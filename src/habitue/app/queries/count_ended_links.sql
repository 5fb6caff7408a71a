-- How many links of before an instant open nothing any more, and when the first of them was made.
SELECT COUNT(*), MIN(made_at) FROM her_link WHERE made_at < ? AND (ended_at > 0 OR kind = 'confirm')
