-- Every key on one level of the catalogue.
SELECT key FROM item WHERE level = ? ORDER BY key
