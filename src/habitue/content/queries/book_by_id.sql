-- What a version of the book said.
SELECT actions FROM book WHERE book_id = ?
