-- Lets go what the shop noted beside what strangers wrote before an instant.
DELETE FROM stray_note WHERE at < ? RETURNING 1
