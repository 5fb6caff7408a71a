-- By what every profile is recognised, that nobody else has: its number, its device.
SELECT kind, value, profile_id FROM identifier WHERE kind IN ('customer', 'device')
