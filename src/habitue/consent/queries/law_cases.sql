-- These requests of the law.
SELECT case_id, profile_id, asked, door, received_day, source, outside_id FROM law_case WHERE case_id IN (?)
