-- One row a campaign.
SELECT k.key AS name, f.campaign_id, count(*) AS sends, count(*) FILTER (is_judged) AS judged, count(*) FILTER (is_fault) AS at_fault,
  count(*) FILTER (is_answered = 1) AS answered, min(day) AS first_day, max(day) AS last_day, {faults}
FROM found AS f
JOIN campaign AS k USING (campaign_id)
GROUP BY k.key, f.campaign_id
ORDER BY sends DESC, name
