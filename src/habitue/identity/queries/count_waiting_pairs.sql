-- How many pairs wait for a person.
SELECT COUNT(*) FROM proposal WHERE place > 0
