-- Every thing that a send named, with its neighbourhood; 0 stands for none. Under a department of its own stands what she said of wider things (`preference`).
CREATE OR REPLACE TEMP TABLE thing AS
SELECT item_id, category_id, item_id + 10000000000 AS department_id, 250 AS margin_permille FROM neighbourhood UNION ALL SELECT 0, 0, 0, 250
