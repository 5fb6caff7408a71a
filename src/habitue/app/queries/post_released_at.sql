-- When the post was let go last; 0 where it never was stopped.
SELECT COALESCE(MAX(released_at), 0) FROM post_stop
