-- Writes a statement of preference, without her own words.
INSERT INTO preference_fact (profile_id, known_at, seq, subject, item_id, feeling, strength, told, said_at, said_day, until_day,
  from_hour, until_hour, from_weekday, until_weekday, is_health, said_where)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
