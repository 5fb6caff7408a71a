"""The catalogue as the book needs it: which integer a key has, and which types lie under a category or a department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from habitue.content.model import Things
from habitue.words.vocabulary import Level


@dataclass(frozen=True)
class Catalogue:
    """Keys and parents of items. A product's parent is its type, a type's its category, a category's its department."""

    ids: Mapping[tuple[Level, str], int] = field(default_factory=dict)
    parents: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[int, int, str, int]]) -> Catalogue:
        """A catalogue from rows of the truth's `item`: item_id, level, key, parent_id."""
        ids, parents = {}, {}
        for item_id, level, key, parent_id in rows:
            ids[Level(level), key] = item_id
            parents[item_id] = parent_id
        return cls(ids, parents)

    @cached_property
    def types(self) -> tuple[int, ...]:
        """Every type, in the order of its integer."""
        return tuple(sorted(item_id for (level, _), item_id in self.ids.items() if level == Level.TYPE))

    def keys_of(self, level: Level) -> dict[str, int]:
        """Key to item, for one level."""
        return {key: item_id for (each, key), item_id in self.ids.items() if each == level}

    def category_of(self, type_id: int) -> int:
        return self.parents[type_id]

    def department_of(self, type_id: int) -> int:
        """The department above a type, or 0 where none is known."""
        return self.parents.get(self.parents[type_id], 0)

    def types_of(self, things: Things) -> tuple[int, ...]:
        """The types that a union of catalogue keys covers, sorted, each once; keys that the catalogue does not know cover none."""
        if things.any:
            return self.types
        found = {self.ids[Level.TYPE, key] for key in things.types if (Level.TYPE, key) in self.ids}
        found |= {self.parents[self.ids[Level.PRODUCT, key]] for key in things.products if (Level.PRODUCT, key) in self.ids}
        for level, keys in ((Level.CATEGORY, things.categories), (Level.DEPARTMENT, things.departments)):
            for key in keys:
                found.update(self._types_under.get(self.ids.get((level, key), -1), ()))
        return tuple(sorted(found.intersection(self.types)))

    @cached_property
    def _types_under(self) -> dict[int, list[int]]:
        """The types under each category and each department."""
        under: dict[int, list[int]] = {}
        for type_id in self.types:
            category = self.parents[type_id]
            under.setdefault(category, []).append(type_id)
            if category in self.parents:
                under.setdefault(self.parents[category], []).append(type_id)
        return under


def keys_by_level(things: Things) -> tuple[tuple[Level, str, tuple[str, ...]], ...]:
    """Level, name of the key in the book's file, and catalogue keys, for each level that a union can name."""
    return (
        (Level.PRODUCT, "products", things.products),
        (Level.TYPE, "types", things.types),
        (Level.CATEGORY, "categories", things.categories),
        (Level.DEPARTMENT, "departments", things.departments),
    )
