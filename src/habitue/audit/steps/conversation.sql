-- What she wrote and what was answered, thread by thread; without threads, her questions are one and her complaints another.
CREATE OR REPLACE TEMP TABLE conversation AS
SELECT k.customer_id, m.instant AS known_at, m.line AS seq, CAST(hash(coalesce(m.thread, 'kind ' || m.kind)) % 4611686018427387904 AS BIGINT) AS thread_id, m.kind, m.is_open, m.day
FROM raw_message AS m
JOIN customer_key AS k ON k.key = m.customer
WHERE k.is_sent = 1
