-- Why every action was said or not on that day, anew.
UPDATE decision SET reasons = ? WHERE customer_id = ? AND day = ?
