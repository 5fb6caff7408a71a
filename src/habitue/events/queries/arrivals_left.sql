-- Which of these requests are not sorted yet.
SELECT arrival_id FROM arrival WHERE arrival_id IN (?)
