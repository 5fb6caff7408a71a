-- The waits of strangers of which a letter tells.
SELECT stray_id FROM stray_reminder WHERE letter_id = ? ORDER BY stray_id
