-- How many suggestions a model made before an instant, and when it made the oldest.
SELECT COUNT(*), MIN(at) FROM model_proposal WHERE at < ?
