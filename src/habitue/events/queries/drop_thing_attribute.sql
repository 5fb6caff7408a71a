-- Takes back that a type is like that as a whole.
DELETE FROM thing_attribute WHERE item_id = ? AND attribute_id = ?
