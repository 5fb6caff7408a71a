"""A house into one file, and back into an empty house."""
