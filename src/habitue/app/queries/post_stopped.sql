-- Since when the post is stopped, if it is.
SELECT stopped_at FROM post_stop WHERE released_at = 0 LIMIT 1
