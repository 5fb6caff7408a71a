"""Every story here begins in the same small shop."""

from tests.cast import shop

__all__ = ["shop"]
