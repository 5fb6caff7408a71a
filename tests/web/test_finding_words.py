"""Whatever the check can say of a letter is said in French on the console; what a library says is quoted in it, marked as English."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape

from habitue.content import check_book, letter_images, letter_lint, letter_liquid, letter_mjml, letters, mjml_rules, mjml_style, page, reading_files, rendering
from habitue.web.finding_words import FINDINGS, WHYS, said_of_letter
from habitue.web.retelling import form_of
from habitue.web.tongue import tongue
from tests.content.test_letter_lint import SHOP, SOUND, found
from tests.content.test_mjml_letters import page as mjml
from tests.content.test_mjml_letters import put
from tests.content.writing import action_text, write_book

WHERE_IT_IS_SAID = (letter_images, letter_lint, letter_liquid, letter_mjml, letters, mjml_rules, mjml_style, page, reading_files, rendering)
READ_OVER_A_LETTER = ("missing", "text", "close")
NAMED = {
    "place": ("into its alt", "between the square brackets"),
    "guard": ("",),
    "self.heading": ("What stands over the letter",),
    "mistake.what": ("There is no such image.",),
    "_plain(_AT_LINE.sub('', what))": ("x.",),
}
"""What stands in a sentence where an x would make another of it."""
OF_THE_FRAME = {each for words in rendering.WORDS.values() for each in words.values()}
"""What stands below every letter, in the reader's language: nobody's mistake."""
LINES = [
    "{{ thign }}",
    "{{ thing | upcsae }}",
    "{{ thing.name }}",
    "{{ name }}",
    "{% iff name %}",
    "{% if name %}",
    "{{ name",
    "{{ thing | truncate: 'a', 'b', 'c', 'd' }}",
    "{% if %}a{% endif %}",
    "{% for a in (1..2000) %}a{% endfor %}",
    "[a](shop.example)",
    "[a](#b)",
    "[a]()",
    "![](https://x.example/a.png)",
    "![x](a.gif)",
    "![x]({{ thing }}.png)",
    "Do not reply.",
    "Our new campaign is out.",
    "You get 20 % off.",
    "Call me, sweetheart.",
]
HEADS = [
    "",
    'subjet = "a"',
    "subject = 3",
    'subject = ""',
    "subject = [1]",
    'subject = "a',
    "subject",
    'subject = "\\d"',
    "subject = 2017-13-45",
    "[a]\n[a]",
    "a = }",
]
PARTS = [
    *(f"<{tag}>a</{tag}>" for tag in ("mj-raw", "mj-hero", "mj-social", "form", "mj-body", "p", "mj-txet")),
    "<mj-text colour='red'>a</mj-text>",
    "<mj-text onclick='a'>a</mj-text>",
    "<mj-text color='{{ thing }}'>a</mj-text>",
    "<mj-text font-size='9999px'>a</mj-text>",
    "<mj-text color='url(a)'>a</mj-text>",
    "<mj-text css-class='habitue-after'>a</mj-text>",
    "<mj-text><b>a</mj-text>",
    "<mj-text>a < b</mj-text>",
    "<mj-image />",
    "<mj-image src='a.png' />",
    "words",
    "",
]
STYLES = ["p {", "p { a { b } }", "@import 'a';", "@page { a: b }", "/* a", "color: red", "{{ thing }}"]


NAMES = {f"%({name})s" for form in FINDINGS for name in (form_of(form, [form]) or ("", {}))[1]}


def sentences() -> Iterator[str]:
    """Each sentence in those files, with an x for whatever it names."""
    for module in WHERE_IT_IS_SAID:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # what describes the code
        parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        if module is page:
            tree.body = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in READ_OVER_A_LETTER]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr) and node not in texts | parts:
                yield from (each for each in written(node) if each.endswith(".") and " " in each and (each[0].isupper() or each[0] in "“<{x"))
    yield from (f"The file cannot be read from here on: {plain}" for _, plain in reading_files._PLAIN)
    yield from (f"A letter has no <x>: {why}." for why in mjml_rules._REFUSED.values())


def written(text: ast.Constant | ast.JoinedStr) -> list[str]:
    said = [""]
    for part in text.values if isinstance(text, ast.JoinedStr) else [text]:
        if isinstance(part, ast.Constant):
            ways: tuple[str, ...] = (str(part.value),)
        else:
            name = ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""
            ways = ("",) if name.startswith("did_you_mean") else NAMED.get(name, ("x",))
        said = [before + way for before in said for way in ways]
    return said


def all_in_french(what: str) -> bool:
    said, is_english = said_of_letter(tongue("fr"), what)
    assert said_of_letter(tongue("en"), what) == (escape(what), False)
    return not is_english and said != escape(what)


def test_every_sentence_of_the_check_has_its_french_with_the_same_values() -> None:
    assert len(said := set(sentences())) > 75
    assert sorted(each for each in said - OF_THE_FRAME if not all_in_french(each)) == []
    assert {known[0] for each in said if (known := form_of(each, FINDINGS))} == set(FINDINGS)
    for form in FINDINGS + WHYS:
        french = tongue("fr").say(form)
        assert french != form
        assert {each for each in NAMES if each in french} == {each for each in NAMES if each in form} - {"%(language)s"}, form
    assert said_of_letter(tongue("fr"), "Something else.") == ("Something else.", True)


@pytest.mark.parametrize("line", LINES)
def test_what_a_marketer_writes_in_a_letter_is_answered_in_french(tmp_path: Path, line: str) -> None:
    every = found(tmp_path, f"{SOUND}\n\n{line}\n")
    assert [each.what for each in every if not all_in_french(each.what)] == []


def test_what_stands_over_a_letter_and_what_it_brings_as_mjml_is_answered_in_french(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(letter='"coffee"'), shop=SHOP)
    (tmp_path / "letters").mkdir()
    for number, head in enumerate(HEADS):
        (tmp_path / "letters" / f"head-{number}.en.md").write_text(f"+++\n{head}\n+++\nHello\n")
    for number, part in enumerate(
        [mjml(part) for part in PARTS] + [mjml("<mj-text>a</mj-text>", f"<mj-title>a</mj-title><mj-style>{each}</mj-style>") for each in STYLES]
    ):
        put(tmp_path, part, f"part-{number}.en.mjml")
    every = [each for each in check_book(tmp_path) if each.file.startswith("letters/")]
    assert len({each.file for each in every}) == len(HEADS) + len(PARTS) + len(STYLES)
    assert sorted({each.what for each in every if not all_in_french(each.what)}) == []


def test_what_a_library_says_is_quoted_as_it_is_and_what_a_letter_says_stays_text() -> None:
    said, _ = said_of_letter(tongue("fr"), "This is no MJML from here on (not <well> formed).")
    assert said.endswith('dit\u202f: <q lang="en">not &lt;well&gt; formed</q>.')
    assert "&lt;b&gt;%(x)s" in said_of_letter(tongue("fr"), "It says “<b>%(x)s”; a shopkeeper would not. Say it as you would across the counter.")[0]
    said, _ = said_of_letter(tongue("fr"), "The image “a.png” cannot be shown. The image has 1,000,001 bytes; 1,000,000 are allowed.")
    assert "L’image a 1\u202f000\u202f001 octets" in said
    said, _ = said_of_letter(tongue("fr"), "A letter has no <mj-hero>: few mailboxes show it; give a background to <mj-section>.")
    assert "peu de messageries la montrent" in said
