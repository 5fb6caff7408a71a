"""The words of identity: who someone is, what is known of her from an instant on, and her name and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

IdentifierKind = Literal["customer", "email", "phone", "card"]
SharedKind = Literal["email", "phone", "card"]
SHARED_KINDS: tuple[SharedKind, ...] = ("email", "phone", "card")
"""What people share. A device has its own way: once two have used it, it is nobody's."""
IDENTIFIER_KINDS: tuple[IdentifierKind, ...] = ("customer", "email", "phone", "card")


@dataclass(frozen=True, slots=True)
class Who:
    """The profile that an event belongs to, and the customer to whom that profile now belongs."""

    profile_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class Holders:
    """The profiles that told one identifier, oldest first; `is_shared` where a person of the shop said that several people use it.

    Where a browser alone told it (`is_told_only`), it names nobody: anybody may write by the key that stands in a page.
    """

    who: tuple[Who, ...]
    is_shared: bool
    is_told_only: bool = False

    @property
    def is_one(self) -> bool:
        """Whether they are one customer, so that the identifier names her."""
        return not (self.is_shared or self.is_told_only) and len(self.customers) == 1

    @property
    def customers(self) -> list[int]:
        """The customers whom they are now, each once, that of the oldest profile first."""
        return list(dict.fromkeys(each.customer_id for each in self.who))


@dataclass(frozen=True, slots=True)
class Person:
    """A name and addresses, as one profile tells them or all of hers; empty where unknown. Lives in the truth's `person` relation and nowhere else."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a profile tells judgement of its customer, from `known_at` on.

    Units: `birthday_mmdd` is month × 100 + day, 0 where unknown; `country` the number of its two letters, 0 where none was told;
    `control_permille` 0 to 999; `bucket_hash` 0 to 65535.
    """

    profile_id: int
    known_at: int
    seq: int
    since_day: int
    birthday_mmdd: int
    has_email: int
    has_sms: int
    has_post: int
    has_phone: int
    country: int
    control_permille: int
    bucket_hash: int
