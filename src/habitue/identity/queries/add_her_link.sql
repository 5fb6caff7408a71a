-- A link of hers; its secret is known to whoever has the link alone.
INSERT INTO her_link (secret_hash, profile_id, kind, made_at) VALUES (?, ?, ?, ?)
