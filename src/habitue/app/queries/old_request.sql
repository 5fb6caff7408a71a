-- Whether any request is older than that.
SELECT 1 FROM door_request WHERE made_at <= ? LIMIT 1
