-- How many rows that imports set aside before an instant there are, and when the first of those imports began.
SELECT COUNT(*), MIN(r.begun_at) FROM import_reject AS j JOIN import_run AS r ON r.run_id = j.run_id WHERE r.begun_at < ?
