-- Who of the shop has a customer's conversation in hand; the last word first, where two cards that became one said so.
SELECT g.person FROM profile AS p JOIN talk_given AS g ON g.profile_id = p.profile_id WHERE p.customer_id = ? AND g.thread_id = ? ORDER BY g.at DESC
