-- Which profiles have these numbers, cards and devices.
SELECT value, profile_id FROM identifier WHERE kind IN ('customer', 'card', 'device') AND value IN (?)
