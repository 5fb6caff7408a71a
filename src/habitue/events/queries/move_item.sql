-- Hangs an item under another parent.
UPDATE item SET parent_id = ?, seq = ? WHERE item_id = ?
