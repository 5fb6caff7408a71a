-- What these types are like as a whole.
SELECT item_id, attribute_id FROM thing_attribute WHERE item_id IN (?)
