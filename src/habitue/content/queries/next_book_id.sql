-- The number that the next version of the book takes.
SELECT coalesce(max(book_id), 0) + 1 FROM book
