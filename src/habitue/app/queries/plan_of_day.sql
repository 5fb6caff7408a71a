-- By which book and with which lesson a day is planned.
SELECT book_id, lesson_id FROM plan WHERE day = ?
