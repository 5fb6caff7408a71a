-- How many of these there are from before an instant, and when the first of them came.
SELECT COUNT(*), MIN(at) FROM talk_note WHERE at < ?
