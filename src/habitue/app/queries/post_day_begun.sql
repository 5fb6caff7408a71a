-- A row where a day's words are in the post.
SELECT day FROM post_day WHERE day = ?
