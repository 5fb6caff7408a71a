-- Keeps how one thing is bought, as of a lesson.
INSERT INTO item_rhythm (lesson_id, item_id, gap_days, buyers, price_cents, pull) VALUES (?, ?, ?, ?, ?, ?)
