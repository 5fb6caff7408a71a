-- What was said, once: the same thing, else the same words, else the same subject, else the same campaign. Of a send that tells none of these, nobody knows what it said.
CREATE OR REPLACE TEMP TABLE content_key AS
SELECT key, CAST(row_number() OVER (ORDER BY key) AS BIGINT) AS content_id
FROM (
  SELECT DISTINCT coalesce('thing ' || thing_id, 'words ' || words_key, 'subject ' || subject, 'campaign ' || campaign, 'send ' || send_id) AS key FROM send_row
)
