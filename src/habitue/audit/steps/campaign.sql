-- Every campaign once, by its name, else by the subject of its messages.
CREATE OR REPLACE TEMP TABLE campaign AS
SELECT key, CAST(row_number() OVER (ORDER BY key) AS BIGINT) AS campaign_id FROM (SELECT DISTINCT coalesce(campaign, subject, '') AS key FROM send_row)
