-- Which of these hashes are of somebody who was forgotten, and when that was.
SELECT hash, erased_at FROM tombstone WHERE hash IN (?)
