-- What things are like is known by a number made of its name (`positive_number("attribute", name)`): the names themselves, which may be somebody's own words,
-- are kept no more. The word in braces is a step of `migrate`: SQL makes no such number on both databases.

ALTER TABLE attribute ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
{attribute_numbers};
UPDATE preference_fact SET item_id = (SELECT a.number FROM attribute AS a WHERE a.attribute_id = preference_fact.item_id)
  WHERE subject = 2 AND item_id IN (SELECT attribute_id FROM attribute);
UPDATE product_attribute SET attribute_id = (SELECT a.number FROM attribute AS a WHERE a.attribute_id = product_attribute.attribute_id);
UPDATE thing_attribute SET attribute_id = (SELECT a.number FROM attribute AS a WHERE a.attribute_id = thing_attribute.attribute_id);
CREATE INDEX product_of_attribute ON product_attribute (attribute_id);
DROP TABLE attribute;
DELETE FROM projection_file;
