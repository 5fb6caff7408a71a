-- Drops the silences that were counted; what was said stays.
DELETE FROM decision WHERE day < ? AND reason > 0
