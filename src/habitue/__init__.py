"""Habitué: to be relevant, or to be silent."""
