-- By which names and addresses strangers wrote, by their talk, the last first.
SELECT talk, name, sender FROM stray WHERE sender <> '' ORDER BY stray_id DESC
