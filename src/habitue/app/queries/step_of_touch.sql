-- The last step that a planned touch took, and to which customer it belongs.
SELECT s.step, s.reason, p.customer_id FROM touch_step AS s JOIN profile AS p ON p.profile_id = s.profile_id WHERE s.touch_id = ? ORDER BY s.step DESC
