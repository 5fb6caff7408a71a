-- What was sealed of these identifiers: which leaves were given or taken back, and on which day.
SELECT hash, purpose, channel, day, is_granted FROM sealed_leave WHERE hash IN (?) ORDER BY day, purpose, channel, is_granted
