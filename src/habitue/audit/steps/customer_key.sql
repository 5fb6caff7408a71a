-- Every customer key of the sends and orders once, with the number that stands for it from here on; those we wrote to come first.
CREATE OR REPLACE TEMP TABLE customer_key AS
SELECT key, CAST(row_number() OVER (ORDER BY max(is_sent) DESC, key) AS BIGINT) AS customer_id, CAST(max(is_sent) AS BIGINT) AS is_sent
FROM (SELECT DISTINCT customer AS key, 1 AS is_sent FROM raw_send UNION ALL SELECT DISTINCT customer AS key, 0 AS is_sent FROM raw_line)
GROUP BY key
