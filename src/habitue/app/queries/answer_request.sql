-- Says that a request was confirmed; its address is nobody's to keep here any more.
UPDATE door_request SET answered_at = ?, email = '', proof = '' WHERE letter_id = ?
