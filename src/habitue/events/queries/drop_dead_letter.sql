-- Forgets a dead letter that goes back among the arrivals.
DELETE FROM dead_letter WHERE letter_id = ?
