-- What she wrote and what was answered, thread by thread; without threads, her questions are one and her complaints another.
-- A row that names no kind is of the kind of what it answers (1 question). An answer ends a question; a complaint stays open until it is closed, where states are told (2 answered, 3 closed).
CREATE OR REPLACE TEMP TABLE conversation AS
WITH kinds AS (
  SELECT * EXCLUDE (kind), coalesce(last_value(nullif(kind, 0) IGNORE NULLS) OVER (PARTITION BY customer, thread ORDER BY instant, line), 1) AS kind
  FROM raw_message
)
SELECT k.customer_id, m.instant AS known_at, m.line AS seq, CAST(hash(coalesce(m.thread, 'kind ' || m.kind)) % 4611686018427387904 AS BIGINT) AS thread_id, m.kind,
  CASE WHEN m.state = 3 OR (m.state = 2 AND m.kind = 1) OR (m.state = 0 AND m.is_ours = 1) THEN 0 ELSE 1 END AS is_open, m.day
FROM kinds AS m
JOIN customer_key AS k ON k.key = m.customer
WHERE k.is_sent = 1
