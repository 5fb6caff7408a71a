-- Every thing that a file names, once, by its text: each has a number of its own, since it may be a product, a type, a category or a leaflet.
-- Numbers lie apart from those of types and categories. A leaflet that differs from campaign to campaign is one thing for each.
CREATE OR REPLACE TEMP TABLE named AS
SELECT text, level, campaign, CAST(10000000000 + row_number() OVER (ORDER BY text, level, campaign) AS BIGINT) AS item_id
FROM (
  SELECT r.thing AS text, r.level, l.campaign
  FROM raw_send AS r
  LEFT JOIN list_of_campaign AS l ON l.word = lower(trim(r.thing)) AND l.campaign = lower(trim(r.campaign))
  WHERE r.thing IS NOT NULL
  UNION SELECT thing, level, NULL FROM raw_preference
  UNION SELECT thing, level, NULL FROM raw_stock
)
