-- What became of the words that were put into the post, by the day that decided on them.
SELECT day, state, COUNT(*) FROM letter WHERE day BETWEEN ? AND ? AND touch_id <> 0 GROUP BY day, state ORDER BY day, state
