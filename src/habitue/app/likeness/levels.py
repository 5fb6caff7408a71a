"""How two people's fields may stand to each other, and how often each level is met: in one person's two records, among housemates, among strangers.

The model is that of Fellegi and Sunter (1969) with a third class. Two records belong to one person, to two people of one household, or to strangers;
a level's weight is the logarithm of the ratio of its frequencies. Housemates share an address by nature, so that only what they do not share, the given
name above all, may tell one person from two.

Source: `one` of names and addresses is counted on the labelled pairs of FEBRL 1 and 2 (Christen, 2005) and rounded, a little more for who moves; FEBRL 3
and 4, on which likeness is measured, were not looked at before all of it stood. `one` of title, e-mail, telephone and birthday is ours, and so is `house`:
nobody publishes how often two of one family share a name, so it errs on the side of silence. `stranger` is only where a house begins; `comparing.py`
counts it anew among the house's own customers.
"""

from __future__ import annotations

from dataclasses import dataclass

from habitue.app.likeness.model import Agreement


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two fields stand to each other: the condition in DuckDB's SQL, and its share in each class.

    Units: shares of the pairs in which both have the field; a level without shares says nothing.
    `frequency` names the column whose commonness is weighed: a Martin met twice says less than a Kerbiriou.
    """

    agreement: Agreement
    sql: str
    one: float = 0.0
    house: float = 0.0
    stranger: float = 0.0
    frequency: str = ""

    @property
    def is_silent(self) -> bool:
        return not self.one


def _unknown(*columns: str) -> Level:
    return Level("unknown", " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr"))


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _near(one: str, other: str, winkler: float, letters: int) -> str:
    """Alike by their letters and first letters, or by a few slips of the pen in words that are long enough to have some.

    The slips are counted only where the letters are half alike: counting them takes five times as long.
    """
    slips = f"jaro_similarity({one}, {other}) >= 0.7 AND least(length({one}), length({other})) > {letters + 2} AND levenshtein({one}, {other}) <= {letters}"
    return f"(jaro_winkler_similarity({one}, {other}) >= {winkler} OR ({slips}))"


def _close(column: str, winkler: float = 0.9, letters: int = 1) -> str:
    return _near(f"{column}_l", f"{column}_r", winkler, letters)


_TWO_NAMES = "(is_known_name_l AND is_known_name_r)"
_GIVEN_AS_FAMILY = f"(NOT (is_known_name_l AND family_is_name_r) AND {_near('given_l', 'family_r', 0.86, 2)} OR given_l = family_r)"
_FAMILY_AS_GIVEN = f"(NOT (family_is_name_l AND is_known_name_r) AND {_near('family_l', 'given_r', 0.86, 2)} OR family_l = given_r)"
EXCHANGED = f"(whole_l = turned_r OR whole_l = whole_r OR ({_GIVEN_AS_FAMILY} AND {_FAMILY_AS_GIVEN}))"
HALF_EXCHANGED = f"({_GIVEN_AS_FAMILY} OR {_FAMILY_AS_GIVEN})"
_CROSSED = f"({_near('way_l', 'beside_r', 0.9, 1)} OR {_near('beside_l', 'way_r', 0.9, 1)})"
_SAME_STEM = "regexp_replace(given_l, '[aeioy]+$', '') = regexp_replace(given_r, '[aeioy]+$', '')"
_SAME_HOUSE = "(house_l = house_r)"
_EITHER_HOUSE = "(house_l IS NULL OR house_r IS NULL)"
_CITY_NEAR = _close("city", 0.88, 2)
_POSTCODE_NEAR = "(digits_l = digits_r OR levenshtein(postcode_l, postcode_r) <= 1)"

FIELDS: dict[str, tuple[Level, ...]] = {
    "title": (
        _unknown("woman"),
        Level("same", _same("woman"), 0.99, 0.35, 0.5),
        Level("other", "ELSE", 0.01, 0.65, 0.5),
    ),
    "given_name": (
        Level("same", _same("given"), 0.65, 0.0001, 0.004, "given"),
        Level("near", EXCHANGED, 0.09, 0.0001, 0.000001),
        _unknown("given"),
        Level("near", "(length(given_l) = 1 OR length(given_r) = 1) AND given_l[1] = given_r[1]", 0.01, 0.1, 0.07),
        Level("near", "given_first_l = given_r OR given_l = given_first_r", 0.01, 0.03, 0.002),
        Level("near", f"NOT {_TWO_NAMES} AND {_SAME_STEM}", 0.01, 0.01, 0.0005),  # Louis and Louise: an ending tells a brother from a sister
        Level("near", f"NOT {_TWO_NAMES} AND {_close('given')}", 0.12, 0.0002, 0.002),
        Level("near", f"NOT {_TWO_NAMES} AND {_close('given', 0.8, 2)}", 0.01, 0.01, 0.02),
        Level("near", HALF_EXCHANGED, 0.03, 0.01, 0.003),
        Level("other", "ELSE", 0.08, 0.85, 0.9),
    ),
    "family_name": (
        Level("same", _same("family_bare"), 0.66, 0.7, 0.001, "family_bare"),
        Level("unknown", EXCHANGED),
        _unknown("family"),
        Level(
            "near",
            f"{_same('family')} OR family_first_l = family_bare_r OR family_last_l = family_bare_r OR family_bare_l = family_first_r"
            " OR family_bare_l = family_last_r",
            0.01,
            0.05,
            0.0005,
        ),
        Level("near", f"{_close('family_bare')}", 0.23, 0.04, 0.001, "family_bare"),
        Level("near", f"{_close('family_bare', 0.82, 2)}", 0.01, 0.01, 0.01),
        Level("other", "ELSE", 0.09, 0.2, 0.98),
    ),
    "street": (
        Level("same", _same("door"), 0.45, 0.45, 0.0001, "door"),
        Level("near", f"{_SAME_HOUSE} AND {_close('way')}", 0.22, 0.22, 0.0001, "door"),
        Level("near", f"{_same('way')} AND {_EITHER_HOUSE}", 0.06, 0.06, 0.0005, "way"),
        Level("near", f"{_close('way')} AND {_EITHER_HOUSE}", 0.03, 0.03, 0.0005, "way"),
        Level("near", f"{_same('way')}", 0.09, 0.09, 0.001, "way"),
        Level("near", f"{_close('way')}", 0.05, 0.05, 0.001, "way"),
        Level("near", _CROSSED, 0.07, 0.07, 0.0001),
        _unknown("way"),
        Level("other", _SAME_HOUSE, 0.03, 0.03, 0.01),
        Level("other", "ELSE", 0.05, 0.002, 0.98),
    ),
    "beside": (
        Level("same", _same("beside"), 0.68, 0.68, 0.005, "beside"),
        Level("unknown", _CROSSED),
        _unknown("beside"),
        Level("near", _close("beside", 0.88, 2), 0.31, 0.31, 0.005, "beside"),
        Level("other", "ELSE", 0.01, 0.01, 0.99),
    ),
    "town": (
        Level("same", _same("place"), 0.54, 0.54, 0.001, "place"),
        Level("same", f"{_same('postcode')} AND {_CITY_NEAR}", 0.15, 0.15, 0.0001, "postcode"),
        Level("near", _same("postcode"), 0.08, 0.08, 0.002, "postcode"),
        Level("near", f"{_same('city')} AND {_POSTCODE_NEAR}", 0.12, 0.12, 0.0005, "city"),
        Level("near", _same("city"), 0.03, 0.03, 0.001, "city"),
        Level("near", f"{_CITY_NEAR} AND {_POSTCODE_NEAR}", 0.05, 0.05, 0.0005),
        Level("near", f"{_CITY_NEAR}", 0.01, 0.01, 0.002),
        Level("unknown", "(postcode_l IS NULL OR postcode_r IS NULL) AND (city_l IS NULL OR city_r IS NULL)"),
        Level("other", f"NOT {_POSTCODE_NEAR}", 0.05, 0.002, 0.98),
        Level("other", "ELSE", 0.01, 0.01, 0.02),
    ),
    "email": (
        _unknown("email"),
        Level("same", _same("email"), 0.6, 0.25, 0.000001),
        Level("near", "jaro_winkler_similarity(email_l, email_r) >= 0.9 AND levenshtein(email_l, email_r) <= 1", 0.05, 0.01, 0.00001),
        Level("other", "ELSE", 0.35, 0.74, 0.999),
    ),
    "phone": (
        _unknown("phone"),
        Level("same", _same("phone"), 0.65, 0.3, 0.000001),
        Level("other", "ELSE", 0.35, 0.7, 0.999),
    ),
    "birthday": (
        _unknown("birthday"),
        Level("same", _same("birthday"), 0.95, 0.003, 0.00274),
        Level("other", "ELSE", 0.05, 0.997, 0.99726),
    ),
}
