-- Writes down what became of a thing that she said; whoever pressed last is believed.
INSERT INTO proposal_settled (seq, proposal, is_kept, at, who) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (seq, proposal) DO UPDATE SET is_kept = excluded.is_kept, at = excluded.at, who = excluded.who
