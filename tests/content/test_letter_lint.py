"""`habitue book check` reads the letters: what would break or lead nowhere is found before anything is sent, with its file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from habitue.content import BookErrors, Finding, check_book, read_book
from habitue.content.letter_liquid import FILTERS, TAGS
from habitue.content.letters import VALUES
from tests.content.images import png, put_image
from tests.content.writing import TO_HER, action_text, write_book

SHOP = "[attention]\nbase_cents = 6\n"
SOUND = "Hello{% if name %} {{ name }}{% endif %},\n\n{{ thing }} is in.\n"


NO_NAME = "No letter can show this file; an image is called as veal.jpg, with letters, digits and hyphens, and is a JPEG, PNG, GIF or WebP."


def letter_text(body: str, subject: str = "It is in: {{ thing }}") -> str:
    return f'+++\nsubject = "{subject}"\n+++\n{body}'


def found(tmp_path: Path, body: str, subject: str = "It is in: {{ thing }}", **changes: str | None) -> list[Finding]:
    """What is said of one letter, in English and the same in French, that one action names; of the English one."""
    write_book(tmp_path, action_text(**{"letter": '"coffee"', **changes}), shop=SHOP)
    write_letters(tmp_path, **{"coffee.en": letter_text(body, subject), "coffee.fr": letter_text(SOUND, "Hello")})
    return [finding for finding in check_book(tmp_path) if finding.file != "letters/coffee.fr.md"]


def write_letters(folder: Path, **letters: str) -> None:
    (folder / "letters").mkdir(exist_ok=True)
    for name, text in letters.items():
        (folder / "letters" / f"{name}.md").write_text(text, encoding="utf-8")


def test_a_sound_letter_leaves_nothing_to_say(tmp_path: Path) -> None:
    body = SOUND + "\nSee [the page](https://shop.example/a#b), [write](mailto:a@shop.example) or ![Two loaves](loaves.png)\n"
    put_image(tmp_path, "loaves.png", png(40, 30))
    assert found(tmp_path, body) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{{ thign }}", "Nothing fills {{ thign }}; known are"),
        ("{{ thign }}", "Did you mean “thing”?"),
        ("{% if nobody %}{% endif %}", "Nothing fills {{ nobody }}"),
        ("{{ thing.name }}", "has no parts"),
        ("{{ thing | upcsae }}", "no filter “upcsae”"),
        ("{% if false %}{{ thing | pop }}{% endif %}", "no filter “pop”"),
        ("{% fi thing %}", "There is no {% fi %}"),
        ("{% include 'x' %}", "There is no {% include %}"),
        ("{{ thing", "never closed"),
        ("{{ name }}", "{{ name }} is empty for some who would read this. Write {% if name %}"),
        ("{% if since %}{{ name }}{% endif %}", "{{ name }} is empty"),
        ("{{ because }}", "{{ because }} is empty"),
        ("{% for i in (1..99999) %}{{ i }}{% endfor %}", "goes round more than 1,000 times"),
        ("[here](shop.example)", "The link to “shop.example” leads nowhere"),
        ("[here](https:///a)", "leads nowhere"),
        ("[here]()", "its address is empty"),
        ("[here](#below)", "has no such place in it"),
        ("[here](javascript:alert(1))", "is no link"),
        ("![Two loaves](i.png)", "The image “i.png” cannot be shown. There is no such image."),
        ("![Two loaves](http://shop.example/i.png)", "is not shown to anybody: put it into letters/images"),
        ("![Two loaves](../i.png)", "is not shown to anybody"),
        ("![Two loaves](https://shop.example/{{ thing | size }}.png)", "An image is the same for everybody"),
        ("![Two loaves]({% if name %}i{% endif %}.png)", "An image is the same for everybody"),
    ],
)
def test_what_would_break_or_lead_nowhere_is_a_mistake_on_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    (finding,) = found(tmp_path, f"{SOUND}\n{line}\n")
    assert (finding.file, finding.line, finding.is_mistake) == ("letters/coffee.en.md", 8, True)
    assert sentence in finding.what


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("![Two loaves](https://shop.example/i.png)", "whoever keeps it sees who opens this letter, and when"),
        ("Please do not reply to this message.", "says “do not reply”"),
        ("Merci de ne pas répondre à ce courriel.", "says “ne pas répondre”"),
        ("Sent by no-reply@shop.example.", "says “no-reply”"),
        ("You get 20 % off.", "does not say until when"),
        ("-15 % ce mois-ci.", "does not say until when"),
        ("Un bon d’achat vous attend.", "does not say until when"),
        ("Our new campaign is out.", "says “campaign”; a shopkeeper would not"),
    ],
)
def test_what_can_be_sent_and_should_not_be_is_a_warning_on_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    (finding,) = found(tmp_path, f"{SOUND}\n{line}\n")
    assert (finding.line, finding.is_mistake) == (8, False)
    assert sentence in finding.what


@pytest.mark.parametrize(
    "line", ["20 % off until Saturday.", "Chocolate of 70 % cocoa.", "Une remise jusqu’au 12/11.", "A voucher, to be used by the 3rd of May."]
)
def test_a_promise_with_its_end_is_one(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, f"{SOUND}\n{line}\n") == []


def test_whom_the_shop_knows_it_may_greet_as_a_friend_and_nobody_else(tmp_path: Path) -> None:
    greeting = "Hello,\n\nCoucou, do come by again.\n"
    sentence = "“replenish-coffee” may reach somebody who came once"
    assert [finding.line for finding in found(tmp_path, greeting, "Hello", **TO_HER) if sentence in finding.what] == [6]
    assert not any(sentence in finding.what for finding in found(tmp_path, greeting, "Hello", **TO_HER, whom='"baskets_365 >= 5"'))
    assert found(tmp_path, f"{SOUND}\nCoucou !\n") == []


def test_an_address_with_a_value_in_it_is_none_where_the_value_has_a_space(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, f"{SOUND}\n[Here](https://shop.example/{{{{ thing }}}})\n")
    assert finding.is_mistake
    assert "is no link" in finding.what


def test_a_first_name_alone_is_not_acquaintance(tmp_path: Path) -> None:
    said = found(tmp_path, "Hello{% if name %} {{ name }}{% endif %},\n\nbuy coffee.\n", subject="Coffee")
    assert ["only thing in it that is about her" in finding.what for finding in said] == [True]


def test_a_long_subject_is_cut_off_on_a_telephone(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, SOUND, subject="x" * 71)
    assert (finding.line, finding.is_mistake) == (2, False)
    assert "past 70" in finding.what


def test_the_subject_is_read_too(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, SOUND, subject="For {{ nmae }}")
    assert (finding.line, finding.is_mistake) == (2, True)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("Hello", 1, "begins with a line of +++"),
        ("+++\n+++\nHello", 1, "lacks “subject”"),
        ('+++\nsubject = "x"\nfrom = "y"\n+++\nHello', 3, "unknown key “from”"),
        ('+++\nsubject = "x\n+++\nHello', 2, "cannot be read from here on"),
        ('+++\nsubject = "x"\n+++\n \n', 4, "says nothing"),
        ('+++\nsubject = "x"\n+++\n' + "x" * 20_000, 0, "20,000 are allowed"),
    ],
)
def test_what_stands_over_a_letter_is_read_with_its_lines(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    write_book(tmp_path, action_text(), shop=SHOP)
    write_letters(tmp_path, **{"coffee.en": text})
    (finding,) = check_book(tmp_path)
    assert (finding.file, finding.line, finding.is_mistake) == ("letters/coffee.en.md", line, True)
    assert sentence in finding.what


def test_a_thing_is_there_only_where_the_action_is_about_one(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, SOUND, subject="Hello", **TO_HER, relation_cents="60")
    assert "{{ thing }} is empty for some" in finding.what


def test_a_letter_that_is_missing_stops_the_book_on_the_line_of_its_action(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(letter='"coffee"'), shop=SHOP)
    with pytest.raises(BookErrors, match=r"letters/coffee\.en\.md is missing"):
        read_book(tmp_path)
    (finding,) = check_book(tmp_path)
    assert (tmp_path / "book.toml").read_text(encoding="utf-8").splitlines()[finding.line - 1] == 'letter = "coffee"'


def test_a_letter_without_its_french_is_doubted_where_it_is_named(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(letter='"coffee"'), shop=SHOP)
    write_letters(tmp_path, **{"coffee.en": letter_text(SOUND)})
    (finding,) = check_book(tmp_path)
    assert (finding.file, finding.is_mistake) == ("book.toml", False)
    assert "French readers will get the English letter" in finding.what


@pytest.mark.parametrize("name", ['"Coffee"', '"../coffee"', '"a_b"', "7", '""'])
def test_a_letter_is_named_by_small_letters(tmp_path: Path, name: str) -> None:
    assert [finding.is_mistake for finding in check_book(write_book(tmp_path, action_text(letter=name), shop=SHOP))] == [True]


def test_a_file_that_no_action_can_name_is_doubted(tmp_path: Path) -> None:
    write_book(tmp_path, action_text(), shop=SHOP)
    write_letters(tmp_path, thanks="Hello")
    assert [(finding.file, finding.is_mistake) for finding in check_book(tmp_path)] == [("letters/thanks.md", False)]


PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")


def test_the_letter_of_the_page_is_sound(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```text letter\n(.*?)```", PAGE, re.DOTALL)
    write_book(tmp_path, action_text(letter='"coffee"'), shop=SHOP)
    write_letters(tmp_path, **{"coffee.en": shown, "coffee.fr": letter_text(SOUND)})
    assert check_book(tmp_path) == []


def test_the_page_names_every_value_tag_and_filter() -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", PAGE, re.MULTILINE)) == dict(VALUES)
    (tags, filters) = re.findall(r"Tags: (.*?)\. Filters: (.*?)\.", PAGE, re.DOTALL)[0]
    assert set(re.findall(r"`(\w+)`", tags)) == TAGS
    assert set(re.findall(r"`(\w+)`", filters)) == FILTERS


def test_the_page_prints_what_the_check_says(tmp_path: Path) -> None:
    shown = [line for line in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0].splitlines() if ": mistake: " in line]
    one, other = (found(tmp_path, SOUND + more) for more in ("\n{{ thign }}\n", "\n\n[here](shop.example)\n"))
    assert [str(each).replace("coffee", name) for name, said in (("coffee", one), ("recipe", other)) for each in said] == shown


def test_an_image_without_words_says_nothing_to_whom_cannot_see_it(tmp_path: Path) -> None:
    put_image(tmp_path, "loaves.png", png(40, 30))
    (finding,) = found(tmp_path, f"{SOUND}\n![](loaves.png)\n")
    assert (finding.line, finding.is_mistake, "no alternative text" in finding.what) == (8, False, True)


def test_among_the_images_lies_nothing_that_no_letter_can_show(tmp_path: Path) -> None:
    put_image(tmp_path, "loaves.png", png(40, 30))
    for name, content in (("old.png", png(1, 1)), ("my loaf.png", png(1, 1)), ("big.png", png(1, 1) + b"x" * 1_000_000), ("false.jpg", b"<svg/>")):
        put_image(tmp_path, name, content)
    said = {(each.file, each.line, each.is_mistake, each.what) for each in found(tmp_path, f"{SOUND}\n![a](loaves.png)\n\n![b](big.png)\n\n![c](false.jpg)\n")}
    assert said == {
        ("letters/images/my loaf.png", 0, False, NO_NAME),
        ("letters/images/old.png", 0, False, "No letter shows this image. Letters that have left may, so keep it for some weeks more."),
        ("letters/coffee.en.md", 10, True, "The image “big.png” cannot be shown. The image has 1,000,069 bytes; 1,000,000 are allowed."),
        ("letters/coffee.en.md", 12, True, "The image “false.jpg” cannot be shown. This is no JPEG, PNG, GIF or WebP that mail shows; save it as one of them."),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{% if thing == "Veal" %}{{ name }}{% endif %}', "{{ name }} is empty"),
        ("{% case thing %}{% when 'Veal', 'Liver' %}[see](shop.example){% else %}.{% endcase %}", "leads nowhere"),
        ("{% unless thing contains 'Veal' %}.{% else %}[see](shop.example){% endunless %}", "leads nowhere"),
        ("{% if name %}.{% else %}[see](shop.example){% endif %}", "leads nowhere"),
        ('{% if thing == "Veal" %}.{% elsif thing == "Liver" %}[see](shop.example){% endif %}', "leads nowhere"),
        ('{% if thing == "Veal" and name == "Alma" %}[see](shop.example){% endif %}', "leads nowhere"),
        ('{% if thing == "Veal" %}{% if order == "7" %}{% if name == "Alma" %}[see](shop.example){% endif %}{% endif %}{% endif %}', "leads nowhere"),
        ('{% if thing == "Veal" %}{% unless name %}[see](shop.example){% endunless %}{% endif %}', "leads nowhere"),
        ('{% assign what = thing | downcase %}{% if what == "veal" %}[see](shop.example){% endif %}', "leads nowhere"),
        ("{% assign long = thing | size %}{% if long > 30 %}[see](shop.example){% endif %}", "leads nowhere"),
        (
            "{% if name %}{% for each in name %}.{% else %}.{% endfor %}{% else %}{% for each in name %}.{% else %}[see](shop.example){% endfor %}{% endif %}",
            "leads nowhere",
        ),
    ],
)
def test_every_branch_is_tried_whatever_it_depends_on(tmp_path: Path, line: str, sentence: str) -> None:
    (said,) = found(tmp_path, SOUND + f"\n\n{line}\n")
    assert said.is_mistake
    assert sentence in said.what
    assert said.line == 6 + SOUND.count("\n")


def test_conditions_that_go_together_are_no_mistake_and_a_thousand_of_them_end(tmp_path: Path) -> None:
    many = "".join(f'{{% if thing == "T{at}" and order == "O{at}" %}}.{{% endif %}}' for at in range(40))
    assert found(tmp_path, SOUND + '{% if order == "7" %}{{ order }}{% endif %}' + many) == []
