-- How many of these there are from before an instant, and when the first of them came.
SELECT COUNT(*), MIN(received_at) FROM dead_letter WHERE received_at < ?
