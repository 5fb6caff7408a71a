"""The shared vocabulary: small closed lists, each with the integer that stands for it in every relation.

The integers are part of the stored data: a new word takes a new number, and no number is used again.
"""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a word to a customer is for."""

    OFFER = 1
    CONTENT = 2
    SERVICE = 3
    QUESTION = 4
    GESTURE = 5
    SET_ASIDE = 6


class Channel(IntEnum):
    """By which way a word leaves."""

    EMAIL = 1
    SMS = 2
    POST = 3
    SHOP = 4
    PHONE = 5
    SITE = 6


class Purpose(IntEnum):
    """What a customer allows us to use her data and our voice for."""

    ADVICE = 1
    OFFERS = 2
    INVITATIONS = 3
    SERVICE = 4
    HEALTH = 5
    PROFILING = 6
    AUDIENCES = 7
    MEASUREMENT = 8


class Basis(IntEnum):
    """What makes it lawful to write to her for a purpose: her consent; that she bought the like and was offered to refuse; that she was told she may refuse."""

    CONSENT = 1
    SIMILAR_PRODUCTS = 2
    LEGITIMATE_INTEREST = 3


class Collected(IntEnum):
    """Where and how her word on a leave was taken; `BEFORE` is a no that was kept, sealed, when she was forgotten."""

    SOURCE = 0
    COUNTER = 1
    CALL = 2
    LETTER = 3
    REPLY = 4
    HER_PAGE = 5
    FORM = 6
    ONE_CLICK = 7
    BEFORE = 8


class Place(IntEnum):
    """Where an order was made."""

    SHOP = 1
    WEB = 2
    PHONE = 3


class Level(IntEnum):
    """How finely the catalogue names a thing."""

    PRODUCT = 1
    TYPE = 2
    CATEGORY = 3
    DEPARTMENT = 4


class Thread(IntEnum):
    """What a conversation is about, as far as judgement must know."""

    QUESTION = 1
    COMPLAINT = 2


class Subject(IntEnum):
    """What a statement of preference is about: a thing of the catalogue, what things are like, a way to reach her, an hour, or how often we write at all."""

    THING = 1
    ATTRIBUTE = 2
    CHANNEL = 3
    HOUR = 4
    RHYTHM = 5


class Told(IntEnum):
    """How we know what she thinks; the first two are declarations, and beat the third."""

    SHE_SAID = 1
    SELLER_NOTED = 2
    INFERRED = 3


class Strength(IntEnum):
    """How strongly she thinks so; an inference that is stronger lasts longer."""

    SLIGHT = 1
    PLAIN = 2
    STRONG = 3
