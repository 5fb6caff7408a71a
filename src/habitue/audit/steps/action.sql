-- One action for each content, thing, kind and channel of the sends: what a book would hold had it said this. A kind that no file tells is taken for an offer
-- of which nobody knows whether it asked. An hour that no file tells is noon, which no guard minds.
CREATE OR REPLACE TEMP TABLE action AS
SELECT DISTINCT action_id, action_id AS rank, CASE WHEN kind = 0 THEN 1 ELSE kind END AS kind, {purpose} AS purpose, {purpose} * 10 + channel AS route_id,
  2 AS basis, 12 AS hour, 0 AS from_day, 2932896 AS until_day, 0 AS relation_millicents, 0 AS cost_millicents, 1 AS use_basis, 1000 AS use_permille,
  0 AS factor_permille, CASE WHEN kind IN (1, 4) THEN 1 ELSE 0 END AS is_asking, 28 AS repeat_days, 0 AS after_action_id, 0 AS after_days, 0 AS because_days,
  0 AS budget_most, 0 AS budget_days, 5 AS priority, CASE WHEN kind = 3 THEN 0 ELSE 1 END AS is_capped, 0 AS is_held,
  0 AS is_reckoned
FROM send
