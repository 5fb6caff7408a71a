-- A row where an answer of ours in a conversation with a customer has not left, nobody knows whether it did, or it came back.
SELECT c.seq FROM conversation AS c JOIN answer_letter AS a ON a.seq = c.seq JOIN letter AS l ON l.letter_id = a.letter_id
WHERE c.customer_id = ? AND c.thread_id = ?
  AND (l.state <> 'sent' OR EXISTS (SELECT 1 FROM letter_return AS r WHERE r.letter_id = l.letter_id AND r.what IN ('gone', 'refused'))) LIMIT 1
