-- The findings with an apostrophe before every text that a spreadsheet would take for a formula.
SELECT * REPLACE (
  CASE WHEN regexp_matches(customer, '^[-=+@\t\r]') THEN '''' || customer ELSE customer END AS customer,
  CASE WHEN regexp_matches(campaign, '^[-=+@\t\r]') THEN '''' || campaign ELSE campaign END AS campaign,
  CASE WHEN regexp_matches(thing, '^[-=+@\t\r]') THEN '''' || thing ELSE thing END AS thing
)
FROM finding
