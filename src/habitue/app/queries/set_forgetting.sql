-- Says what an erasure did, and what of it is left to do.
UPDATE forgetting SET what = ?, is_left = ? WHERE number = ?
