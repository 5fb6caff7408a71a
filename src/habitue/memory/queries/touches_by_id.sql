-- To whom and when these touches were sent.
SELECT touch_id, customer_id, day, known_at FROM touch WHERE touch_id IN (?)
