-- Keeps what a person said of two customers by itself, so that nothing proposes them again.
INSERT INTO proposal (one_profile_id, other_profile_id, reason, chance_permille, evidence, found_at, answer, answered_at) VALUES (?, ?, ?, 0, '', ?, ?, ?)
ON CONFLICT (one_profile_id, other_profile_id, reason) DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at
