-- Lets the rows go that imports of before an instant set aside; their counts stay.
DELETE FROM import_reject WHERE run_id IN (SELECT run_id FROM import_run WHERE begun_at < ?) RETURNING 1
