-- The waits of which a letter tells.
SELECT seq FROM reminder WHERE letter_id = ? ORDER BY seq
