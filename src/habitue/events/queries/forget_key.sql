-- What a message said is known no more, not even as a hash: whatever is told under its id is let go.
UPDATE event_key SET body_hash = ? WHERE key = ?
