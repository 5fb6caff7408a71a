-- Counts of stock, by the thing as it was counted.
CREATE OR REPLACE TEMP TABLE stock AS
SELECT n.item_id, r.instant AS known_at, r.line AS seq, r.units FROM raw_stock AS r JOIN named AS n ON n.text = r.thing AND n.level = r.level AND n.campaign IS NULL
