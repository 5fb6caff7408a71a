-- Which actions say the same.
CREATE OR REPLACE TEMP TABLE content_action AS SELECT DISTINCT content_id, action_id FROM send
