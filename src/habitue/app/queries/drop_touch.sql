-- Takes away a word that was planned and not said: it presses nobody.
DELETE FROM touch_fact WHERE touch_id = ?
