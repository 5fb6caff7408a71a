-- For whom a file, a server or she herself has told that address, where letters to it do not come back, whoever told it.
SELECT i.profile_id FROM identifier AS i
WHERE i.kind = 'email' AND i.value = ? AND i.is_vouched = 1
  AND NOT EXISTS (SELECT 1 FROM identifier AS d WHERE d.kind = 'email' AND d.value = i.value AND d.dead_at <> 0)
