"""Letters that a marketer brings as MJML: the rules of all letters hold for them, and nothing in one runs, asks, or is fetched from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from habitue.content import BookErrors, Finding, check_book, read_book
from habitue.content.letters import Letter, letter_of
from habitue.content.mjml_rules import TAGS
from habitue.content.mjml_source import tidied
from habitue.content.rendering import WORDS, Rendered, render
from habitue.words.errors import BookError
from tests.content.images import png, put_image
from tests.content.test_letter_images import KINDS, SITE
from tests.content.test_letter_lint import SHOP, SOUND, letter_text, write_letters
from tests.content.test_letters import FRAMES, HOSTILE, Shape
from tests.content.writing import action_text, write_book

FRAME = FRAMES["en"]
HEAD = "<mj-title>It is in: {{ thing }}</mj-title>"


PAGE = (Path(__file__).parents[2] / "docs" / "mjml.md").read_text(encoding="utf-8")


def page(words: str, head: str = HEAD) -> str:
    """A letter in MJML; its words begin on line 5."""
    return f"<mjml>\n<mj-head>{head}</mj-head>\n<mj-body>\n<mj-section><mj-column>\n{words}\n</mj-column></mj-section>\n</mj-body>\n</mjml>\n"


def text(words: str) -> str:
    return page(f"<mj-text>{words}</mj-text>")


def put(book: Path, mjml: str, name: str = "coffee.en.mjml") -> None:
    (book / "letters").mkdir(exist_ok=True)
    (book / "letters" / name).write_text(mjml, encoding="utf-8")


def found(book: Path, mjml: str) -> list[Finding]:
    """What the check says of a letter in MJML that an action names, in English and (sound) in French."""
    write_book(book, action_text(letter='"coffee"'), shop=SHOP)
    write_letters(book, **{"coffee.fr": letter_text(SOUND, "Hello")})
    put(book, mjml)
    return check_book(book)


def sent(book: Path, mjml: str, **values: str) -> Rendered:
    put(book, mjml)
    return render(letter_of(book, "coffee", "en"), {"thing": "Coffee", **values}, replace(FRAME, site=SITE))


def test_a_sound_letter_leaves_nothing_to_say(tmp_path: Path) -> None:
    put_image(tmp_path, "loaves.png", png(40, 30))
    words = (
        "<mj-text><p>Hello{% if name %} {{ name }}{% endif %},</p>{{ thing }} is in.</mj-text><mj-image src='loaves.png' alt='Two loaves' />"
        "<mj-button href='https://shop.example/a'>See it</mj-button>"
    )
    assert found(tmp_path, page(words)) == []
    assert read_book(tmp_path).actions[0].letter == "coffee"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("<mj-raw><b>x</b></mj-raw>", "has no <mj-raw>: it runs past every check"),
        ("<mj-include path='/etc/passwd' />", "has no <mj-include>"),
        ("<mj-social><mj-social-element name='facebook'>x</mj-social-element></mj-social>", "has no <mj-social>: its icons lie elsewhere"),
        ("<mj-txet>x</mj-txet>", "has no <mj-txet>. Did you mean “mj-text”?"),
        ("<mj-section></mj-section>", "<mj-section> cannot stand in <mj-column>; its place is <mj-body>"),
        ("<mj-body></mj-body>", "<mj-body> cannot stand in <mj-column>"),
        ("<mj-font name='x' href='https://fonts.example' />", "has no <mj-font>: whoever keeps the font sees who opens"),
        ("<mj-text><script>x</script></mj-text>", "has no <script>: nothing runs in a letter"),
        ("<mj-text><form action='https://x.example'><input /></form></mj-text>", "has no <form>: mailboxes stop it"),
        ("<mj-text><link href='https://x.example/a.css' /></mj-text>", "has no <link>: nothing is fetched"),
        ("<mj-text><style>p {}</style></mj-text>", "has no <style>"),
        ("<mj-text><iframe></iframe></mj-text>", "has no <iframe>"),
        ("<mj-text onclick='x'>x</mj-text>", "“onclick” would run something"),
        ("<mj-text colour='red'>x</mj-text>", "has no “colour” in a letter. Did you mean “color”?"),
        ("<mj-text><p style='background: url(https://x.example)'>x</p></mj-text>", "A style with “url(” is not sent"),
        ("<mj-text><p style='background: u\\72l(x)'>x</p></mj-text>", "A style with “\\” is not sent"),
        ("<mj-text color='{{ thing }}'>x</mj-text>", "Nothing can be filled into “color”"),
        ("<mj-{% if name %}raw{% else %}text{% endif %}></mj-{% if name %}raw{% else %}text{% endif %}>", "has no <mj-raw>"),
        ("<mj-image src='https://x.example/p.gif' alt='x' width='1px' />", "“https://x.example/p.gif” lies elsewhere: whoever keeps it sees who opens"),
        ("<mj-text><img src='http://x.example/p.gif' alt='x'></mj-text>", "is not shown to anybody: put it into letters/images"),
        ("<mj-image src='no.png' alt='x' />", "The image “no.png” cannot be shown"),
        ("<mj-image src='{{ thing }}.png' alt='x' />", "An image is the same for everybody"),
        ("<mj-image alt='x' />", "<mj-image> names no image"),
        ("<mj-text><a href='javascript:alert(1)'>x</a></mj-text>", "The link to “javascript:alert(1)” leads nowhere"),
        ("<mj-button href='*|UNSUB|*'>x</mj-button>", "The link to “*|UNSUB|*” leads nowhere"),
        ("<mj-text><a href=''>x</a></mj-text>", "its address is empty"),
        ("<mj-text>{{ unsubscribe }}</mj-text>", "Nothing fills {{ unsubscribe }}"),
        ("<mj-text>{{ because }}</mj-text>", "{{ because }} is empty"),
        ("<mj-text>{% for i in (1..99999) %}{{ i }}{% endfor %}</mj-text>", "goes round more than 1,000 times"),
        ("<mj-text>a <b>c</mj-text>", "<b>, opened on line 5, is not closed before this."),
        ("<mj-text>{% if name %}<b>{% endif %}c</mj-text>", "<b>, opened on line 5, is not closed"),
        ("<mj-text><p a='1' a='2'>c</p></mj-text>", "This is no MJML from here on"),
        ("<mj-text>" + "<b>" * 60 + "c" + "</b>" * 60 + "</mj-text>", "more than 40 deep"),
        ("some words", "Nobody sees “some words” in <mj-column>"),
    ],
)
def test_what_would_break_run_or_tell_who_reads_is_a_mistake_on_its_line_and_does_not_leave(tmp_path: Path, line: str, sentence: str) -> None:
    put_image(tmp_path, "Coffee.png", KINDS["png"])
    said = [each for each in found(tmp_path, page(line)) if each.file != "letters/images/Coffee.png"]
    assert {(each.file, each.line, each.is_mistake) for each in said} == {("letters/coffee.en.mjml", 5, True)}
    assert any(sentence in each.what for each in said)
    assert len(said) == 1 or "{" in line, "what stands in a refused part is not told, too"
    with pytest.raises(BookError):
        sent(tmp_path, page(line), name="Alma")


@pytest.mark.parametrize(
    ("mjml", "line", "sentence"),
    [
        (page("<mj-text>x</mj-text>", ""), 1, "A letter needs its subject: write <mj-title>"),
        (page("<mj-text>x</mj-text>", HEAD + "<mj-style>@import 'https://x.example';</mj-style>"), 2, "A style with “@import” is not sent"),
        (page("<mj-text>x</mj-text>", HEAD + "<mj-style>p { color: {{ thing }}; }</mj-style>"), 2, "Nothing can be filled into a style"),
        (page("<mj-text>x</mj-text>", HEAD + "<mj-attributes><mj-image src='https://x.example/i.png' /></mj-attributes>"), 2, "“src” cannot stand in <mj-attr"),
        (page("<mj-text>x</mj-text>", "<mj-title>It is {{ nmae }}</mj-title>"), 2, "Nothing fills {{ nmae }}"),
        (page("<mj-text>x</mj-text>", HEAD + HEAD), 2, "There is a second <mj-title>"),
        ("<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]>" + text("&d;"), 1, "not with <!DOCTYPE"),
        (page(""), 1, "The letter says nothing"),
        (page("<mj-text>x</mj-text>") + "<p>y</p>", 9, "Something stands after </mjml>"),
        (text("x" * 20_000), 0, "20,000 are allowed"),
        (text("x").replace("<mj-section>", "<mj-section padding='1px;x'>"), 0, "This becomes no page; look at the sizes and colours in it"),
        (page("{% for i in (1..400) %}<mj-text>x</mj-text>{% endfor %}"), 0, "past 102,000 a mailbox cuts it off, and its ways out"),
    ],
)  # fmt: skip
def test_so_is_what_stands_wrong_around_the_words(tmp_path: Path, mjml: str, line: int, sentence: str) -> None:
    said = found(tmp_path, mjml)
    assert (line, True) in {(each.line, each.is_mistake) for each in said if sentence in each.what}
    with pytest.raises(BookError):
        sent(tmp_path, mjml)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("<mj-image src='loaves.png' />", "no alternative text: write what is to be seen into its alt"),
        ("<mj-text>Please do not reply to this.</mj-text>", "says “do not reply”"),
        ("<mj-text>You get 20 % off.</mj-text>", "does not say until when"),
    ],
)
def test_what_can_be_sent_and_should_not_be_is_a_warning_as_in_every_letter(tmp_path: Path, words: str, sentence: str) -> None:
    put_image(tmp_path, "loaves.png", png(40, 30))
    said = [each for each in found(tmp_path, page(words)) if each.file.endswith(".mjml")]
    assert [(each.line, each.is_mistake, sentence in each.what) for each in said] == [(5, False, True)]


def test_lines_are_those_of_the_file_whichever_branches_and_rounds_came_before(tmp_path: Path) -> None:
    words = "{% if name %}\n<mj-text>a</mj-text>\n{% endif %}\n{% for i in (1..3) %}\n<mj-text>b</mj-text>\n{% endfor -%}\n\n<mj-raw>c</mj-raw>"
    assert {(each.line, each.is_mistake) for each in found(tmp_path, page(words))} == {(12, True)}


@pytest.mark.parametrize("hostile", [*HOSTILE, "</mj-text></mj-column><mj-raw><b>x</b></mj-raw>", "' onerror='alert(1)", "Tom & Jerry &copy;", "\x02 3\x03"])
def test_nothing_that_she_or_the_catalogue_is_called_becomes_markup(hostile: str) -> None:
    mjml = page(
        "<mj-text>Hello <b>{{ name }}</b>, {{ name | append: '!' }} <a href='https://shop.example/' title='{{ name }}'>{{ name }}</a></mj-text>"
        "<mj-button href='https://shop.example/b'>{{ name }}</mj-button><mj-table><tr><td>{{ name }}</td></tr></mj-table>",
        "<mj-title>For {{ name }}</mj-title><mj-preview>{{ name }}</mj-preview>",
    )
    letter = Letter("a", "en", "For {{ name }}", "{{ name }}", tidied(mjml), "letters/a.en.mjml")
    plain, tried = (render(letter, {"name": name}, FRAME) for name in ("Alma", hostile))
    name = " ".join(re.sub(r"[\x00-\x1f]", " ", hostile).split())
    assert [str(tag).replace("'Alma'", "HER") for tag in Shape(plain.html).tags] == [str(tag).replace(repr(name), "HER") for tag in Shape(tried.html).tags]
    assert Shape(tried.html).words.count(name) == Shape(plain.html).words.count("Alma") == 7
    assert tried.text == plain.text.replace("Alma", name)


def test_of_a_thousand_people_each_gets_her_own_letter(tmp_path: Path) -> None:
    put(tmp_path, page("<mj-text>Hello {{ name }}, <b>{{ thing }}</b></mj-text>", "<mj-title>For {{ name }}</mj-title><mj-preview>{{ thing }}</mj-preview>"))
    letter = letter_of(tmp_path, "coffee", "en")
    for number in range(1_000):
        name = f"canary{number:05}"
        said = render(letter, {"name": name, "thing": f"thing-{name}"}, FRAME)
        assert set(re.findall(r"canary\d{5}", said.subject + said.html + said.text)) == {name}


def test_below_it_stands_what_no_letter_leaves_without_however_it_is_dressed(tmp_path: Path) -> None:
    head = HEAD + "<mj-attributes><mj-all color='#ffffff' padding='90px' /></mj-attributes><mj-style>a, p { color: #ffffff; display: none }</mj-style>"
    said = sent(tmp_path, page("<mj-text>Hello</mj-text>", head))
    below = said.html[said.html.rindex("Hello") :]
    for words in (f"{WORDS['en']['why']} {FRAME.why}", WORDS["en"]["answer"], WORDS["en"]["rhythm"], WORDS["en"]["leave"]):
        assert words in below
        assert words in said.text
    for address in (FRAME.her_page, FRAME.way_out):
        assert f'href="{address}"' in below
    assert "display: none" not in below
    assert "color: #ffffff" not in below


@pytest.mark.parametrize("inline", ["", ' inline="inline"'])
@pytest.mark.parametrize("style", ["p { display: none !important; }", "a { color: #fffdf8 !important; font-size: 0; }"])
def test_what_a_letter_says_of_every_line_hides_no_way_out(tmp_path: Path, style: str, inline: str) -> None:
    mjml = page("<mj-text>It is in: {{ thing }}.</mj-text>", f"{HEAD}<mj-style{inline}>{style}</mj-style>")
    assert not found(tmp_path, mjml)
    letter = sent(tmp_path, mjml)
    for tag in "pa":
        styles = re.findall(rf'<{tag} [^>]*style="([^"]*)"', letter.html[letter.html.rindex('class="habitue-after"') :])
        assert styles
        assert all("color: #5f5548" in each and "font-size: 14px" in each and "none" not in each and "fffdf8" not in each for each in styles)


def test_a_letter_says_nothing_of_what_is_put_below_it(tmp_path: Path) -> None:
    (said,) = found(tmp_path, page("<mj-text>It is in: {{ thing }}.</mj-text>", f"{HEAD}<mj-style>.habitue-after {{ display: none !important; }}</mj-style>"))
    assert said.is_mistake
    assert "no letter says how it looks" in said.what


def test_it_is_dark_by_night_only_where_it_was_written_so(tmp_path: Path) -> None:
    day = sent(tmp_path, text("Hello"))
    night = sent(
        tmp_path, page("<mj-text>Hello</mj-text>", HEAD + "<mj-style>@media screen and (prefers-color-scheme:dark) { body { color: #fff } }</mj-style>")
    )
    assert "color-scheme" not in day.html
    assert 'content="light dark"' in night.html
    assert "screen and (min-width: 0)" in night.by("dark")
    assert "screen and (max-width: 0)" in night.by("light")


def test_what_tools_write_is_read(tmp_path: Path) -> None:
    words = (
        "<mj-text>\n<!-- [if mso]><b>hidden {{ of_the_tool }}</b><![endif] -->\nOne&nbsp;two &amp; three & four<br>l&#39;ami<hr>&eacute; &LT;b&GT;\n"
        "<img src=\"i.png\" alt='a > b'></mj-text>"
    )
    put_image(tmp_path, "i.png", png(40, 30))
    said = sent(tmp_path, "\ufeff<?xml version='1.0'?>" + page(words).replace("<mj-section>", "<mj-section id='of-the-tool' data-of='the-tool'>"))
    assert said.text.split("\n\n-- \n")[0] == "One\u00a0two & three & four\nl’ami\n\n* * *\n\né <b> [a > b]"
    assert ">hidden" not in said.html
    assert "the-tool" not in said.html
    assert "<b>" not in said.html


def test_what_an_image_shows_is_spelt_as_it_was_written(tmp_path: Path) -> None:
    put_image(tmp_path, "i.png", png(40, 30))
    letter = Letter("a", "fr", "x", "", tidied(text("<img src='i.png' alt='Du pain ! \\ é'>")), "letters/a.fr.mjml", folder=tmp_path)
    said = render(letter, {"thing": "x"}, replace(FRAME, site=SITE))
    assert 'alt="Du pain\u202f! \\ é"' in said.html


def test_an_image_is_ours_and_the_same_for_everybody(tmp_path: Path) -> None:
    put_image(tmp_path, "i.png", png(40, 30))
    mjml = page("<mj-text>{{ name }}</mj-text><mj-image src='i.png' alt='Two loaves'/>").replace("<mj-section>", "<mj-section background-url='i.png'>")
    pages = [sent(tmp_path, mjml, name=name) for name in ("Alma", "Bea")]
    shown = [re.findall(rf"{SITE}/images/\w+\.png", each.html) for each in pages]
    assert len(set(shown[0])) == 1
    assert len(shown[0]) >= 2
    assert shown[0] == shown[1]
    assert "[Two loaves]" in pages[0].text
    assert [each.what for each in found(tmp_path, page("<mj-image src='i.png' alt='x'/>")) if "images" in each.file] == []


def test_a_link_made_for_her_alone_leads_straight_and_one_for_everybody_where_it_is_led(tmp_path: Path) -> None:
    put(tmp_path, text("<a href='https://shop.example/?a=1&amp;b=2'>x</a> <a href='https://shop.example/{{ order }}'>y</a>"))
    asked: list[str] = []
    said = render(
        letter_of(tmp_path, "coffee", "en"), {"thing": "x", "order": "A-1"}, FRAME, lambda address: asked.append(address) or f"https://go.example/{len(asked)}"
    )
    assert asked == ["https://shop.example/?a=1&b=2"]
    assert 'href="https://go.example/1"' in said.html
    assert 'href="https://shop.example/A-1"' in said.html


def test_a_link_filled_with_what_is_no_address_keeps_the_letter_back(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="leads nowhere"):
        sent(tmp_path, text("<a href='{{ name }}'>x</a>"), name="javascript:alert(1)")


@pytest.mark.parametrize("asked", ['thing == "Veal"', "thing == 'Veal' and order == 'R 7'", "name == nil and thing contains 'Veal'"])
def test_a_branch_that_one_thing_alone_takes_is_tried_too(tmp_path: Path, asked: str) -> None:
    (said,) = found(tmp_path, text(f"{{{{ thing }}}}\n{{% if {asked} %}}\n<p>Not closed\n{{% endif %}}"))
    assert said.is_mistake
    assert said.line in (7, 8)
    assert "not closed" in said.what


def test_a_part_that_opens_and_closes_on_the_same_condition_is_sound(tmp_path: Path) -> None:
    asked = '{% if thing == "Veal" %}'
    assert not found(tmp_path, text(f"{{{{ thing }}}} {asked}<b>{{% endif %}}word{asked}</b>{{% endif %}}"))


def test_two_files_for_one_letter_are_none(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(letter='"coffee"'), shop=SHOP)
    write_letters(tmp_path, **{"coffee.en": letter_text(SOUND), "coffee.fr": letter_text(SOUND)})
    assert letter_of(tmp_path, "coffee", "en").file == "letters/coffee.en.md"
    put(tmp_path, text("Hello"))
    assert {(each.file, each.is_mistake) for each in check_book(tmp_path)} == {("letters/coffee.en.mjml", True)}
    with pytest.raises(BookError, match=r"letters/coffee\.en\.md is the same letter"):
        letter_of(tmp_path, "coffee", "en")


def test_the_letter_of_an_action_may_be_in_mjml_alone(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(letter='"coffee"'), shop=SHOP)
    with pytest.raises(BookErrors, match="is missing"):
        read_book(tmp_path)
    put(tmp_path, text("Hello"))
    assert read_book(tmp_path).actions


def test_the_letter_of_the_page_is_sound_and_the_page_names_what_a_letter_has(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
    assert found(tmp_path, shown) == []
    named = set(re.findall(r"`(mj-[a-z]+)`", PAGE))
    laid_out = {tag for tag in TAGS if tag.startswith("mj-")} - {"mj-head", "mj-body", "mj-all", "mj-class", "mj-title", "mj-preview"}
    assert named - {"mj-raw", "mj-include", "mj-font", "mj-social"} == laid_out
