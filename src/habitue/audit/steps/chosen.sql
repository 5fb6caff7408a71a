-- The campaigns in which not everybody was told of the same thing: there the thing itself was chosen for her.
CREATE OR REPLACE TEMP TABLE chosen AS SELECT campaign_id, count(DISTINCT named_id) > 1 AS is_chosen FROM send GROUP BY campaign_id
