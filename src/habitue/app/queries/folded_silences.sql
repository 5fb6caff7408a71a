-- How many silences of a day were folded into counts, by reason.
SELECT reason, customers FROM silence_count WHERE day = ? ORDER BY reason
