-- For whom a file, a server or she herself has told that address, and letters to it do not come back.
SELECT profile_id FROM identifier WHERE kind = 'email' AND value = ? AND is_vouched = 1 AND dead_at = 0
