-- The lists of the catalogue (leaflets, coupons) that hold other products in one campaign than in another.
CREATE OR REPLACE TEMP TABLE list_of_campaign AS
SELECT DISTINCT lower(trim(part_of)) AS word, lower(trim(campaign)) AS campaign FROM raw_catalogue WHERE part_of IS NOT NULL AND campaign IS NOT NULL
