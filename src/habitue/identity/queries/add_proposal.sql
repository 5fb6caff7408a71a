-- Proposes that two profiles are one customer's; what stands already stays.
INSERT INTO proposal (one_profile_id, other_profile_id, reason, chance_permille, evidence, found_at, answer, answered_at) VALUES (?, ?, ?, ?, ?, ?, '', 0)
ON CONFLICT (one_profile_id, other_profile_id, reason) DO NOTHING
