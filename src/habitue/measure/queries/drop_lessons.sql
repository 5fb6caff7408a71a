-- Drops every lesson.
DELETE FROM lesson
