-- What came with a stranger's answer comes with that event from now on.
UPDATE attachment SET seq = ?, stray_id = 0 WHERE stray_id = ?
