"""Likeness: who among the customers may be one person twice. It proposes, and never merges; its only reader is a person who decides."""

from habitue.app.likeness.finding import alike
from habitue.app.likeness.model import Agreement, Alike, Somebody

__all__ = ["Agreement", "Alike", "Somebody", "alike"]
