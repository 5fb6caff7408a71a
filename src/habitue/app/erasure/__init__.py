"""Forgetting somebody in every room and file of the house, and for good."""
