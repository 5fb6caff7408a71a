-- What the shop noted beside a customer's conversation, the oldest first.
SELECT n.note_id, n.at, n.who, n.words FROM profile AS p JOIN talk_note AS n ON n.profile_id = p.profile_id
WHERE p.customer_id = ? AND n.thread_id = ? ORDER BY n.at, n.note_id
