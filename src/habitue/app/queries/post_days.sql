-- How many letters each of the days before one made.
SELECT letters FROM post_day WHERE day >= ? AND day < ?
