"""A brand’s files on their way in: watched, tried out, read a column at once, taken in."""
