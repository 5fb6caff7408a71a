"""Habitué: to be relevant, or to be silent."""

__version__ = "0.1.0"
