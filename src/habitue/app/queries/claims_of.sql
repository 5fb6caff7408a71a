-- Every word to these profiles, ours or a source's, and when it was claimed (none: it was not, or nobody here sends it).
SELECT f.touch_id, f.profile_id, f.day, s.at FROM touch_fact AS f LEFT JOIN touch_step AS s ON s.touch_id = f.touch_id AND s.step = 1 WHERE f.profile_id IN (?)
