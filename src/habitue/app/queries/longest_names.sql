-- The longest given name that anybody here has, and the longest name of a thing: what a letter must have room for.
SELECT
  (SELECT given_name FROM person ORDER BY length(given_name) DESC, given_name LIMIT 1),
  (SELECT name FROM item_name WHERE language = ? ORDER BY length(name) DESC, name LIMIT 1)
