-- By which letter anybody was told of a step last.
SELECT MAX(letter_id) FROM reminder WHERE step = ?
