"""What do we know: rhythm, habits, tastes, what was said and what waits."""
