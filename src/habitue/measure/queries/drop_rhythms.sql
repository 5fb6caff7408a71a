-- Drops how things were bought, of every lesson.
DELETE FROM item_rhythm
