"""Who is compared with whom: those who share one of several keys. A key that too many share is left aside, so that the work never grows out of hand."""

from __future__ import annotations

from habitue.store.columnar import Columnar

PAIRS_A_PERSON = 2
PAIRS_AT_LEAST = 200_000
"""How many pairs a key may give: so many for each person, and so many for a small house."""

BEARERS, PEOPLE_A_BEARER = 5, 20_000
"""A given name that so many customers bear is a name, and no slip of the pen; in a large house, one in so many."""

_SOUND = "regexp_replace(regexp_replace({0}, 'ph', 'f', 'g'), '[aeiouyh]', '', 'g')"
KEYS: dict[str, tuple[str, ...]] = {
    "letters": ("letters",),
    "name_and_postcode": (_SOUND.format("family_bare"), "postcode"),
    "name_and_city": (_SOUND.format("family_bare"), "city[:5]"),
    "given_and_postcode": ("given", "postcode"),
    "given_and_city": ("given[:4]", "city"),
    "given_and_way": ("given[:4]", "way[:6]"),
    "name_and_way": ("family_bare[:4]", "way[:6]"),
    "name_and_house": ("family_bare[:6]", "house"),
    "door": ("house", "way[:5]", "coalesce(city[:3], '')"),
    "way": ("way", "postcode"),
    "beside": ("beside", "house"),
    "beside_and_postcode": ("beside", "postcode"),
    "given_and_beside": ("given", "beside"),
    "email": ("email",),
    "phone": ("phone",),
    "birthday": ("birthday", _SOUND.format("family_bare")),
}
"""By name: the parts of a key; whoever lacks a part, or has it empty, has no such key."""


def block(db: Columnar, people: int) -> tuple[str, ...]:
    """Adds each person's keys to the table `spelt`, as `person`; gives the keys that some share.

    Of each key the commonest values are left empty until the pairs that it gives fit. Ten thousand people behind one door, or one name at the till for
    everybody who gave none, are no likeness.
    """
    budget = max(PAIRS_AT_LEAST, PAIRS_A_PERSON * people)
    columns = ", ".join(f"{_key(parts)} AS key_{name}" for name, parts in KEYS.items())
    borne = f"SELECT given FROM spelt WHERE given IS NOT NULL GROUP BY 1 HAVING count(*) >= {max(BEARERS, people // PEOPLE_A_BEARER)}"
    db.keep("keyed", f"SELECT * REPLACE (is_known_name OR coalesce(given IN ({borne}), false) AS is_known_name), {columns} FROM spelt")
    shared = [name for name in KEYS if _leave_aside(db, name, budget)]
    joins = " ".join(f"LEFT JOIN few_{name} ON few_{name}.value = key_{name}" for name in shared)
    kept = ", ".join([f"few_{name}.value AS {name}_key" for name in shared])
    db.keep("person", f"SELECT keyed.* EXCLUDE ({', '.join(f'key_{name}' for name in KEYS)}){', ' if kept else ''}{kept} FROM keyed {joins}")
    db.drop("keyed", "spelt", *(f"few_{name}" for name in KEYS))
    return tuple(f"{name}_key" for name in shared)


def _key(parts: tuple[str, ...]) -> str:
    every = " AND ".join(f"nullif(CAST({part} AS VARCHAR), '') IS NOT NULL" for part in parts if not part.startswith("coalesce"))
    return f"CASE WHEN {every} THEN hash({', '.join(parts)}) END"


def _leave_aside(db: Columnar, name: str, budget: int) -> bool:
    """Keeps the values of a key that few enough share, the rarest first; says whether there are any."""
    db.keep(
        f"few_{name}",
        f"""
        WITH counted AS (SELECT key_{name} AS value, count(*) AS people FROM keyed WHERE key_{name} IS NOT NULL GROUP BY 1 HAVING count(*) > 1),
          sizes AS (SELECT people, sum(sum(people * (people - 1) // 2)) OVER (ORDER BY people) AS pairs FROM counted GROUP BY people)
        SELECT value FROM counted WHERE people IN (SELECT people FROM sizes WHERE pairs <= {budget})""",
    )
    return bool(db.run(f"SELECT count(*) FROM few_{name}")[0][0])
