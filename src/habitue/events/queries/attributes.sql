-- The numbers of attributes by key.
SELECT attribute_id, key FROM attribute WHERE key IN (?)
