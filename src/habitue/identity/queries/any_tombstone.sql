-- A row where anybody was ever forgotten here.
SELECT number FROM forgetting LIMIT 1
