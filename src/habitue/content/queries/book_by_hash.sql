-- Which number a version of the book has, by the hash of its content.
SELECT book_id FROM book WHERE hash = ?
