-- The baskets of one part.
CREATE OR REPLACE TEMP TABLE basket AS SELECT * EXCLUDE (part) FROM basket_all WHERE part = {part} AND customer_id IN (SELECT customer_id FROM moment)
