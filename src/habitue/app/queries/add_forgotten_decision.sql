-- Adds to the decisions of a day that were made on somebody who is forgotten.
INSERT INTO forgotten_decision (day, reason, kind, customers) VALUES (?, ?, ?, 1)
ON CONFLICT (day, reason, kind) DO UPDATE SET customers = forgotten_decision.customers + 1
