-- Lets a message's key point to its newest body: the source has changed an order.
UPDATE event_key SET seq = ?, body_hash = ? WHERE key = ?
