-- To whom and when these touches were sent.
SELECT touch_id, profile_id, day, known_at FROM touch_fact WHERE touch_id IN (?)
