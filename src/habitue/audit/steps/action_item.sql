-- The thing of each action.
CREATE OR REPLACE TEMP TABLE action_item AS SELECT DISTINCT action_id, item_id, 0 AS because_item_id FROM send
