-- How many letters a mail server took since an instant, by the day of UTC.
SELECT ended_at / 86400, COUNT(*) FROM letter_attempt WHERE ended_at >= ? AND outcome = 'sent' GROUP BY 1
