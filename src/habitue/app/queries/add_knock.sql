-- Counts a knock.
INSERT INTO knock (what, at, number, until) VALUES (?, ?, ?, ?)
