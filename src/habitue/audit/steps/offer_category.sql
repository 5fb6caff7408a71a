-- The neighbourhood of each action's thing, where one is known.
CREATE OR REPLACE TEMP TABLE offer_category AS
SELECT DISTINCT s.action_id, n.category_id FROM send AS s JOIN neighbourhood AS n ON n.item_id = s.item_id WHERE n.category_id > 0
