-- The numbers of sources by name.
SELECT source_id, name FROM source WHERE name IN (?)
