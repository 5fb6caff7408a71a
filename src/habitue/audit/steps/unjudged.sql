-- The sends that could not be judged, by what was missing.
SELECT why_unjudged, count(*) AS sends FROM found WHERE NOT is_judged GROUP BY ALL ORDER BY sends DESC
