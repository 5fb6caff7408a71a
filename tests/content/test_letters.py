"""Letters: whatever a customer or a catalogue is called, a letter stays the letter that the marketer wrote; and none runs away."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.content.letters import Letter, letter_of
from habitue.content.rendering import WORDS, Frame, Rendered, render
from habitue.words.errors import BookError

FIRST_BOOK = Path(str(files("habitue.content") / "first_book"))
STARTERS = ("apology", "birthday", "discovery", "invitation", "letter", "order", "question", "recipe", "set-aside", "thanks")
FRAMES = {
    "en": Frame("Martin’s Grocery", "Because you come often.", "https://regulars.example.org/her/abc", "https://regulars.example.org/out/abc"),
    "fr": Frame("Épicerie Martin", "Parce que vous venez souvent.", "https://regulars.example.org/her/abc", "https://regulars.example.org/out/abc"),
}
VALUES = {
    "en": {"name": "Alma", "thing": "Ground coffee", "because": "Tea", "since": "March 2016", "order": "A-1042"},
    "fr": {"name": "Alma", "thing": "Café moulu", "because": "Thé", "since": "mars 2016", "order": "A-1042"},
}


def letter(body: str, subject: str = "A word", language: str = "en") -> Letter:
    return Letter("test", language, subject, "", body, "letters/test.en.md", 4, 2, 3)


def rendered(body: str, subject: str = "A word", language: str = "en", **values: str) -> Rendered:
    return render(letter(body, subject, language), values, FRAMES[language])


class Shape(HTMLParser):
    """The tags and attributes of a page, without what any of them says; and the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[object] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(name, value) for name, value in attrs if name != "aria-label"]))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append(data)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("name", STARTERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_letters_that_a_shop_begins_with(golden: Callable[[str, str], None], name: str, language: str) -> None:
    found = letter_of(FIRST_BOOK, name, language)
    full, bare = (render(found, values, FRAMES[language]) for values in (VALUES[language], {"thing": VALUES[language]["thing"]}))
    golden(f"letters/{name}.{language}.txt", f"Subject: {full.subject}\n\n{full.text}\n===== knowing nothing of her\nSubject: {bare.subject}\n\n{bare.text}")
    golden(f"letters/{name}.{language}.html", full.html + "\n")


@pytest.mark.parametrize("name", STARTERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_says_why_that_she_can_answer_how_to_change_the_rhythm_and_the_way_out(name: str, language: str) -> None:
    said, frame = render(letter_of(FIRST_BOOK, name, language), VALUES[language], FRAMES[language]), FRAMES[language]
    words = Shape(said.html).words
    for each in (f"{WORDS[language]['why']} {frame.why}", WORDS[language]["answer"], WORDS[language]["rhythm"], WORDS[language]["leave"]):
        assert each in words
        assert each in said.text
    for address in (frame.her_page, frame.way_out):
        assert f'href="{address}"' in said.html
        assert f"<{address}>" in said.text


HOSTILE = (
    "<script>alert(1)</script>",
    "</p></td></table><h1>x",
    "</title></style><h1>x",
    '"><img src=x onerror=alert(1)>',
    "--> <!-- ]]> <![CDATA[",
    "<mj-raw><b>x</b></mj-raw>",
    "**bold** _it_ `code` ~~~",
    "[press](https://evil.example)",
    "![x](https://evil.example/i.png)",
    "<https://evil.example>",
    "[x]: https://evil.example",
    "# heading",
    "1. one",
    "- one",
    "> quote",
    "    four spaces",
    "***",
    "===",
    "&lt;b&gt; &amp; &#60;b&#62;",
    "back\\slash \\*",
    "{{ brand }}",
    "{% for i in (1..9) %}x{% endfor %}",
    "{{ 7 | times: 7 }}",
    "${7*7} $brand $$ <%= 7*7 %> #{7*7} @(7*7)",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ config.items() }} {{ request.application.__globals__ }}",
    "{% include '/etc/passwd' %}{% render 'x' %}",
    "%0aBcc: x@evil.example",
)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(
    "body",
    [
        "{{ name }}",
        "Hello **{{ name }}**, you.",
        "- {{ name }}\n- b",
        "# {{ name }}",
        "[{{ name }}](https://shop.example/)",
        "a\n{{ name }}\nb",
        "a\n\n    {{ name }}",
        "a `{{ name }}` b",
    ],
)
def test_nothing_that_she_or_the_catalogue_is_called_becomes_markup(body: str, hostile: str) -> None:
    plain, tried = rendered(body, subject="For {{ name }}", name="Alma"), rendered(body, subject="For {{ name }}", name=hostile)
    assert Shape(tried.html).tags == Shape(plain.html).tags
    assert Shape(tried.html).words.count(" ".join(hostile.split())) == Shape(plain.html).words.count("Alma") == 2  # the title and the letter
    assert "Alma" in plain.text
    assert tried.text == plain.text.replace("Alma", " ".join(hostile.split()))


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_no_name_at_all_becomes_markup(name: str) -> None:
    tried = rendered("Hello *{{ name }}*,\n\nthere.", subject="For {{ name }}", name=name + "x")
    assert Shape(tried.html).tags == Shape(rendered("Hello *{{ name }}*,\n\nthere.", name="x").html).tags
    assert "\n" not in tried.subject
    assert "\r" not in tried.subject


def test_a_value_is_one_line_with_an_end_and_turns_nothing_around() -> None:
    said = rendered("Hello {{ name }},", subject="For {{ name }}", name="a\r\nBcc: x\u202egro\x00" + "b" * 1_000_000)
    assert said.subject.startswith("For a Bcc: xgro bbb")
    assert len(said.subject) == 200
    assert len(said.html) < 20_000


def test_the_brand_and_the_reason_are_escaped_too() -> None:
    frame = Frame('<i>"Martin" & fils</i>', "Because of <b>you</b> {{ name }} $body.", "https://x.example/?a=1&b=2", "https://x.example/out")
    said = render(letter("Hello,"), {}, frame)
    assert "<i>" not in said.html
    assert "<b>" not in said.html
    assert "Because of <b>you</b> {{ name }} $body." in Shape(said.html).words
    assert 'href="https://x.example/?a=1&amp;b=2"' in said.html


def test_html_in_a_letter_is_text() -> None:
    assert "<script" not in rendered("<script>alert(1)</script>\n\n<b>x</b>").html


@pytest.mark.parametrize("frame", [{"her_page": ""}, {"her_page": "javascript:alert(1)"}, {"way_out": "/out/abc"}, {"why": " "}])
def test_nothing_leaves_without_its_reason_and_its_ways_out(frame: dict[str, str]) -> None:
    with pytest.raises(BookError):
        render(letter("Hello,"), {}, Frame(**{**FRAMES["en"].__dict__, **frame}))


def test_a_letter_about_her_order_needs_no_way_out() -> None:
    said = render(letter("Hello,"), {}, Frame("Martin", "Because you ordered.", "https://x.example/her", ""))
    assert WORDS["en"]["leave"] not in said.text


NESTED = "{% if name %}" * 3_000 + "x" + "{% endif %}" * 3_000


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{% for i in (1..1000000000) %}{% endfor %}", "goes round"),
        ("{% for i in (1..900) %}{% for j in (1..900) %}x{% endfor %}{% endfor %}", "goes round"),
        ("{% assign x = 'abcdefghij' %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}", "grows past"),
        ("{% for i in (1..1000) %}" + "a" * 1_000 + "{% endfor %}", "grows past"),
        (NESTED, "beyond all measure"),
        ("{{ name.__class__.__mro__ }}", "Nothing fills"),
        ("{{ secret }}", "Nothing fills"),
        ("{{ name | pop }}", "no filter"),
        ("{{ name | base64_encode }}", "no filter"),
        ("{{ name | times: 9 }}", "no filter"),
        ("{% include 'x' %}", "no {% include %}"),
        ("{{ name", "never closed"),
        ("{% if name %}x", "{% endif %} is missing"),
        ("{{ because }}", "is empty"),
    ],
)
def test_a_letter_that_would_run_away_or_break_stops_with_a_sentence(body: str, sentence: str) -> None:
    with pytest.raises(BookError, match=re.escape(sentence)) as stopped:
        rendered(f"Hello,\n{body}", name="Alma")
    assert (stopped.value.file, stopped.value.line) == ("letters/test.en.md", 5 if "is missing" not in sentence and body != NESTED else stopped.value.line)


def test_of_two_thousand_people_each_gets_her_own_letter() -> None:
    names = [f"canary{number:05}" for number in range(2_000)]
    body = letter("Hello {{ name }},\n\n**{{ thing }}** is in.", subject="For {{ name }}")
    for number, name in enumerate(names):
        said = render(body, {"name": name, "thing": f"thing-{name}"}, FRAMES["en"])
        assert set(re.findall(r"canary\d{5}", said.subject + said.html + said.text)) == {name}, names[number]


def test_who_reads_french_gets_the_english_letter_where_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.en.md").write_text('+++\nsubject = "Hello"\n+++\nHello.\n', encoding="utf-8")
    assert letter_of(tmp_path, "a", "fr").language == "en"
    with pytest.raises(BookError, match="no letter “b”"):
        letter_of(tmp_path, "b", "fr")
    with pytest.raises(BookError, match="no letter"):
        letter_of(tmp_path, "../letters/a", "en")


def test_a_link_that_stands_alone_is_a_button_with_its_address_in_the_text() -> None:
    said = rendered("[Open it](https://shop.example/a?b=1&c=2)\n\nOr [here](https://shop.example/).")
    assert said.html.count('class="press"') == 1
    assert "Open it\nhttps://shop.example/a?b=1&c=2\n\nOr here <https://shop.example/>." in said.text


def test_what_an_image_shows_is_spelt_as_it_was_written() -> None:
    assert 'alt="Du pain\u202f! \\ é"' in rendered("![Du pain\u202f! \\\\ é](https://shop.example/i.png)", language="fr").html


def test_the_text_keeps_lists_quotes_and_what_an_image_shows() -> None:
    said = rendered("# Head\n\n- one\n- two\n  - deep\n\n1. a\n2. b\n\n> said\n\n---\n\n![Two loaves](https://shop.example/i.png)\\\nend")
    assert said.text.split("\n\n-- \n")[0] == "Head\n\n- one\n- two\n\n  - deep\n\n1. a\n2. b\n\n> said\n\n* * *\n\n[Two loaves]\nend"
