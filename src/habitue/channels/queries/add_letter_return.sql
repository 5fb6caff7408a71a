-- Writes down what came back of a letter, once by the mail that brought it.
INSERT INTO letter_return (letter_id, mail, at, what, status, address_hash) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING letter_id
