-- Stops the post until a person has looked.
INSERT INTO post_stop (stopped_at) VALUES (?) ON CONFLICT (stopped_at) DO UPDATE SET released_at = 0
