-- Keeps a version of the book.
INSERT INTO book (book_id, hash, actions, known_at) VALUES (?, ?, ?, ?)
