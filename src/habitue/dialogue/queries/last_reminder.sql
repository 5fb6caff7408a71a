-- By which letter anybody was told of a step last.
SELECT MAX(letter_id) FROM (SELECT letter_id FROM reminder WHERE step = ? UNION ALL SELECT letter_id FROM stray_reminder WHERE step = ?) AS told
