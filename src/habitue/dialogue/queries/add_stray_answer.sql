-- We answered what a stranger wrote, and what stood before it.
INSERT INTO stray_answer (said_id, stray_id, letter_id, at, words, who) VALUES (?, ?, ?, ?, ?, ?)
