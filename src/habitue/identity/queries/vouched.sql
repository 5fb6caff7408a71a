-- The profiles for which a file, a server or she herself has told that identifier.
SELECT profile_id FROM identifier WHERE kind = ? AND value = ? AND is_vouched = 1
