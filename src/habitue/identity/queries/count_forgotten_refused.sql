-- Counts what came in again of somebody who was forgotten, and was let go.
INSERT INTO forgotten_refused (day, way, messages) VALUES (?, ?, ?)
ON CONFLICT (day, way) DO UPDATE SET messages = forgotten_refused.messages + excluded.messages
