-- What each of those messages said, thing by thing.
CREATE OR REPLACE TEMP TABLE asked AS SELECT DISTINCT touch_id AS moment_id, action_id FROM send WHERE part = {part}
