"""Every key of a file is found on its line, whatever stands in strings, comments and arrays."""

from __future__ import annotations

import tomllib
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from habitue.content.places import Path, lines_of

AWKWARD = """# [[action]] in a comment = 1
[[action]]
key = "a [b] # c = {d}"   # a comment with [ and "
channels = [   # opened here
  "email",     # ] not yet
  'sms ] "',

  "post",
]
say = { en = "one, two } three", fr = 'quatre ] #' }
whom = \"\"\"
item_times > 1 # = [x]
and weekday = 1\"\"\"
when.hour = 10
"quoted.key" = 1

[action.about]
types = ["A", "B"]

[[action]]
key = '''
two
lines'''
on = 2017-11-02
ratio = 1.5
[action.when]
hour = 11
"""


def test_it_finds_each_key_among_strings_comments_and_arrays_that_look_like_others() -> None:
    lines = lines_of(AWKWARD)
    assert lines["action", 0, "key"] == 3
    assert [lines["action", 0, "channels", place] for place in range(3)] == [5, 6, 8]
    assert lines["action", 0, "say", "fr"] == 10
    assert lines["action", 0, "when", "hour"] == 14
    assert lines["action", 0, "quoted.key"] == 15
    assert (lines["action", 0, "about"], lines["action", 0, "about", "types", 1]) == (17, 18)
    assert (lines["action", 1], lines["action", 1, "on"], lines["action", 1, "when", "hour"]) == (20, 24, 27)


def test_it_finds_exactly_the_keys_that_the_reader_finds() -> None:
    assert set(lines_of(AWKWARD)) - {("action",)} == _paths(tomllib.loads(AWKWARD)) - {("action",)}


def test_windows_line_ends_and_an_empty_file_are_no_trouble() -> None:
    assert lines_of("") == {}
    assert lines_of("a = 1\r\n\r\nb = [\r\n1]\r\n")["b", 0] == 4


NASTY = st.text(alphabet="ab[]{}=,.#'\" \\é", max_size=8)
COMMENT = st.sampled_from(["", " # [x] = {", ' # "', " # '''"])


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    """Tables, arrays of tables and pairs in many styles; every key is a name used once, so that its line can be recognised."""
    names = (f"k{number}x" for number in count())
    text: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        text.append(draw(st.sampled_from(["[[many]]", f"[{next(names)}]", f"[{next(names)}.{next(names)}]", ""])) + draw(COMMENT))
        for _ in range(draw(st.integers(0, 3))):
            text.append(f"{next(names)} = {draw(values(names))}{draw(COMMENT)}")
    return "\n".join(text)


def values(names: object, depth: int = 2) -> st.SearchStrategy[str]:
    basic = NASTY.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
    literal = NASTY.map(lambda text: "'" + text.replace("'", "") + "'")
    long_basic = NASTY.map(lambda text: '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"') + '\n[x] = 1"""')
    long_literal = NASTY.map(lambda text: "'''" + text.replace("'", "") + "\n# [y]'''")
    plain = st.sampled_from(["1", "-2.5", "true", "2017-10-01", "1e3", "07:30:00"])
    simple = st.one_of(basic, literal, long_basic, long_literal, plain)
    if depth == 0:
        return simple
    inner = st.lists(st.deferred(lambda: values(names, depth - 1)), max_size=3)
    arrays = st.tuples(inner, COMMENT, st.sampled_from(["", "\n"])).map(lambda parts: _array(*parts))
    braces = inner.map(lambda items: "{" + ", ".join(f"{next(names)} = {item}" for item in items) + "}")  # type: ignore[call-overload]
    return st.one_of(simple, arrays, braces)


def _array(items: list[str], comment: str, gap: str) -> str:
    end = f"{comment}\n" if gap else ""
    return "[" + end + "".join(f"{item},{end}" for item in items) + gap + "]"


@given(toml_texts())
def test_every_key_of_any_file_is_found_on_a_line_that_holds_it(text: str) -> None:
    values = tomllib.loads(text)
    lines = lines_of(text)
    assert _paths(values) == set(lines)
    shown = text.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1] in shown[line - 1]


def _paths(value: object, path: Path = ()) -> set[Path]:
    """All paths that tomllib sees."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return {(*path, key) for key, _ in inner} | {found for key, item in inner for found in _paths(item, (*path, key))}
