"""Likeness: who among the customers may be one person twice, or live together. It proposes, and never merges; its only reader is a person who decides."""

from habitue.app.likeness.finding import alike
from habitue.app.likeness.model import Agreement, Alike, Reason, Somebody

__all__ = ["Agreement", "Alike", "Reason", "Somebody", "alike"]
