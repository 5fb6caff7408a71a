-- Every conversation that somebody of the shop has in hand: whose it is, its thread, and who; the last word last.
SELECT p.customer_id, g.thread_id, g.person FROM profile AS p JOIN talk_given AS g ON g.profile_id = p.profile_id ORDER BY g.at
