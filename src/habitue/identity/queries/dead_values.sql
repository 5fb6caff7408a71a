-- Those of these addresses to which letters come back, whoever told them.
SELECT DISTINCT value FROM identifier WHERE kind = 'email' AND dead_at <> 0 AND value IN (?)
