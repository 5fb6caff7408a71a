-- Every thing that a send named, with its neighbourhood; 0 stands for none.
CREATE OR REPLACE TEMP TABLE thing AS
SELECT item_id, category_id, 0 AS department_id, 250 AS margin_permille FROM neighbourhood UNION ALL SELECT 0, 0, 0, 250
