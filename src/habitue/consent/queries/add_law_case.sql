-- Keeps a request of the law.
INSERT INTO law_case (case_id, profile_id, asked, door, received_day, source, outside_id) VALUES (?, ?, ?, ?, ?, ?, ?)
