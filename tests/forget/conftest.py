"""Every story here begins in the same small shop, to which somebody comes who wants to be forgotten later."""

from tests.cast import shop

__all__ = ["shop"]
