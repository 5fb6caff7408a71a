-- Takes back that a touch was claimed.
DELETE FROM touch_step WHERE touch_id = ? AND step = ?
