-- Which of these message keys were written before, under which number, with which body.
SELECT key, seq, body_hash FROM event_key WHERE key IN (?)
