-- One row a send with its verdict: judged where its relevance could be seen or a wrong was found; else why it could not.
CREATE OR REPLACE TEMP TABLE found AS
SELECT s.send_id, s.line, s.rows, s.touch_id, s.customer_id, s.known_at, s.day, s.hour, s.channel, s.kind, s.campaign_id, s.item_id, s.named_id, s.is_answered,
  coalesce(s.cost_millicents, CASE s.channel {costs} ELSE 0 END) AS cost_millicents, v.* EXCLUDE (send_id), v.faults > 0 AS is_fault, v.faults > 0 OR v.looked_for & {no_affinity} > 0 AS is_judged,
  CASE WHEN s.kind = 3 THEN 'service' WHEN s.named_id IS NULL THEN 'no_thing' WHEN s.item_id = 0 THEN 'unknown_thing' WHEN v.days_since_last >= 9999 THEN 'no_purchase' ELSE 'little_history' END
    AS why_unjudged
FROM send AS s
JOIN verdict AS v USING (send_id)
