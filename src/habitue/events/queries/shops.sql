-- The numbers and zones of shops by key.
SELECT shop_id, key, zone FROM shop WHERE key IN (?)
