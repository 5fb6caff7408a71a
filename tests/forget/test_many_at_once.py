"""Looking for many people at once finds what the simple definition finds: an address, a telephone, a full name or a number, each by its own pattern."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from habitue.words.telephones import GAP
from habitue.words.whom import FEWEST_SIGNS, Whom

SPACE = "[ \u00a0\u202f]"
MAILBOXES = ("zoe@a.org", "a.org@zoe", "o'brien@a.org", "brien@a.org", "b@zoe@a.org", "straße@a-b.org", "zoe+1@a.org.b", "nobody", "é@a.o-", "@", "zoe@a..org")
WORDS = (
    "zoe",
    "Zoé",
    "STRASSE",
    "straße",
    "le goff",
    "le",
    "goff",
    "anne-marie",
    "marie",
    "o'brien",
    "d'",
    "(x)",
    "",
    " ",
    "marie claire",
    "claire",
    "ana",
    "a",
)
KEYS = ("web:471100", "471100", "a-471100", "zq 4711 x", "shop:web:47-11", "4711", "471100:", ":471100", "straße1")
JOINS = ("", " ", "  ", "\u00a0", "-", ".", "@", "+", "_", "'", "\n", "x", "1", ",", "é", "e\u0301", ":")
DIGITS = ("33", "6", "98", "76", "54", "32", "0", "00", "+", "698765432", "0698765432", "+33698765432", "(0)", "49", "+49")
NATIONAL = "698765432", "6 98 76 54 32", "6.98.76.54.32", "69876 54 32 1", "6987654  32", "6 98 76 54 3"
FRENCH = "33", "698765432"


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def simply_named(whom: Whom, text: str, *, keys: bool) -> bool:
    """The definition: whatever of hers, as it is, between what cannot be a part of it."""
    each = [rf"(?<![\w.+-]){re.escape(plain(value))}(?![\w-]|\.\w)" for value in whom.of_kind("email")]
    pairs = [pair for one, other in whom.names if one.strip() and other.strip() for pair in ((one, other), (other, one))]
    each += [rf"\b{re.escape(plain(one))}{SPACE}+{re.escape(plain(other))}\b" for one, other in pairs]
    each += [rf"(?<![\w-]){re.escape(key)}(?![\w-])" for key in whom.keys if keys and len(key) >= FEWEST_SIGNS]
    return any(re.search(pattern, plain(text)) for pattern in each)


names = st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS))


@st.composite
def people_and_texts(draw: st.DrawFn) -> tuple[Whom, str]:
    """Somebody, and a text in which things of hers stand between other signs, and like them."""
    mailboxes, keys = draw(st.sets(st.sampled_from(MAILBOXES), max_size=3)), draw(st.sets(st.sampled_from(KEYS), max_size=3))
    pairs = tuple(sorted(draw(st.sets(names, max_size=3))))
    whom = Whom((1,), (*(("email", each) for each in sorted(mailboxes)), *(("customer", each) for each in sorted(keys))), pairs)
    hers = [*mailboxes, *keys, *(f"{one}{space}{other}" for pair in pairs for one, other in (pair, pair[::-1]) for space in (" ", "\u00a0 ", "-"))]
    signs = st.sampled_from(JOINS)
    middle = draw(st.sampled_from(hers)) if hers else ""
    return whom, "".join((draw(st.sampled_from(("", *WORDS))), draw(signs), middle, draw(signs), draw(signs), draw(st.sampled_from(("", *WORDS)))))


LE_GOFF = Whom((1,), (), (("zoe", "le goff"),))


@given(people_and_texts())
@example((LE_GOFF, "Zoe le Goffic"))
@example((LE_GOFF, "LE GOFF\u00a0Zoe"))
@example((LE_GOFF, "Zoe le Gall"))
@example((LE_GOFF, "Tangle goff zoe"))
def test_many_are_found_as_each_alone_would_be(both: tuple[Whom, str]) -> None:
    whom, text = both
    assert whom.is_named_in(text) == simply_named(whom, text, keys=False)
    assert whom.is_written_in(text) == simply_named(whom, text, keys=True)


@given(st.sets(names, max_size=6), st.sets(st.sampled_from(WORDS), max_size=9))
def test_two_names_in_two_values_are_found_as_each_alone_would_be(pairs: set[tuple[str, str]], values: set[str]) -> None:
    whom = Whom((1,), (), tuple(pairs))
    said = {plain(value) for value in values}
    assert whom.bears_names(values) == any({plain(one), plain(other)} <= said for one, other in whom.names if one and other)


@given(st.sets(st.sampled_from(KEYS), max_size=4), st.sampled_from((*KEYS, "11", "1100", "47-11", "web:47-11", "ss1", "strasse1")))
def test_a_number_of_a_shop_that_nobody_knows_is_hers_with_or_without_the_shop(held: set[str], text: str) -> None:
    whom = Whom((1,), tuple(("customer", each) for each in held))
    keys = [value.casefold() for value in whom.of_kind("customer")]
    assert whom.is_identified("customer", text, None) == any(key == text.casefold() or key.endswith(f":{text.casefold()}") for key in keys)


@given(st.tuples(*map(st.sampled_from, (DIGITS, JOINS, ("", "0", "00", "33", "0033", "+33", "+33 (0)"), JOINS, NATIONAL, JOINS, DIGITS))).map("".join))
def test_a_telephone_is_found_as_a_pattern_of_it_would_find_it(text: str) -> None:
    code, national = (GAP.join(digits) for digits in FRENCH)
    begins = rf"(?:(?:00{GAP})?{code}{GAP})?(?:0{GAP})?"
    after_a_code = rf"(?:\+{GAP}|(?<!\d)00{GAP})(?!{code})"
    whom = Whom((1,), (("phone", "+33698765432"),))
    simply = re.search(rf"(?<!\d){begins}{national}(?!\d)", text)
    assert not whom.is_named_in(text) or simply
    if not re.search(after_a_code, text):
        assert whom.is_named_in(text) == bool(simply)
