"""What somebody wrote herself, out of a mail that quotes, forwards or is signed: where it stands, and what a person must look at."""

from __future__ import annotations

import pytest

from habitue.dialogue.mail import Mail, read_mail
from habitue.dialogue.quotes import Own, own_words, page_text

WROTE = "On Thu, 2 Nov 2017 at 08:00, Camille <b@shop.test> wrote:"
ECRIT = "Le jeu. 2 nov. 2017 à 08:00, Camille <b@shop.test> a écrit\u00a0:"
LETTER = "Date : 2 novembre\nObjet : Demande d’effacement\n\nJe vous prie d’effacer mes données"
SENT = "De : Camille <b@shop.test>\nEnvoyé : samedi 21 novembre 2026 20:40\nÀ : Zoé <z@c.test>\nObjet : Le bar\n\nStop"


def read(body: str, kind: str = "plain", sender: str = "jeanne@example.org") -> Mail:
    return read_mail(f"From: {sender}\nSubject: Re: x\nContent-Type: text/{kind}; charset=utf-8\n\n{body}".encode())


@pytest.mark.parametrize("head", [WROTE, ECRIT])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{head}\n> Hello\n> bye\n\nSTOP", "STOP"),
        ("Bonjour\n\n{head}\n> Hello\n\nSTOP\n\n> bye\n\nmerci", "Bonjour\nSTOP\nmerci"),
        ("{head}\n> Hello\n\nSTOP\n\n" + SENT, "STOP"),
    ],
)
def test_what_stands_below_or_between_quotes_is_read(head: str, body: str, words: str) -> None:
    assert own_words(body.format(head=head)) == Own(words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"<div>{WROTE}</div><blockquote>unsubscribe</blockquote><div>STOP</div>", "STOP"),
        (f"Oui<div>merci</div><blockquote>{ECRIT}<br><p>a</p><blockquote>b</blockquote></blockquote><p>Zoé</p>", "Oui\nmerci\nZoé"),
        ("<table><tr><td>STOP</td><td>Anne</td></tr><tr><th>a</th><th>b</th></tr></table>", "STOP\nAnne\na\nb"),
        ("<h1>STOP</h1><p>Anne\n Petit</p>", "STOP\nAnne Petit"),
        ("<pre>STOP\nAnne <b>x\n</b>y</pre>Zoé", "STOP\nAnne x\ny\nZoé"),
        ("<div>" * 1_000 + "STOP", "STOP"),
        ("<p>STOP\x0b<b>!</b></p>", "STOP !"),
        ("<p>Merci</p><div style='color: red; DISPLAY : none!important'>STOP <b hidden>x</b></div>Zoé<p hidden>STOP</p>", "Merci\nZoé"),
        ("<p style='--display: nonesuch'>STOP</p><!-- display: none --><p>Anne</p>", "STOP\nAnne"),
    ],
)
def test_a_page_is_read_line_by_line(body: str, words: str) -> None:
    assert own_words(page_text(body)) == Own(words)


@pytest.mark.parametrize("letter", [LETTER, f"Anne Petit\n3 rue Haute\n{LETTER}", f"Date : samedi\nPour : 4 personnes\n\n{LETTER}"])
def test_the_head_of_a_letter_forwards_nothing(letter: str) -> None:
    own = own_words(f"{letter}\n\n{ECRIT}\n> STOP\n")
    assert own.words.split("\n") == [line for line in letter.split("\n") if line]
    assert own.is_whole


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"{WROTE}\n\nSTOP\n", "plain"),
        (f"Hello\n\n{WROTE}\n\nSTOP\n\n> Hello\n> bye\n", "plain"),
        (f"{WROTE}\n> STOP\n", "plain"),
        (SENT, "plain"),
        ("Envoyé de mon iPhone\n\nSTOP", "plain"),
        ("Bonjour\nEnvoyé de mon iPhone\n\nSTOP", "plain"),
        ("-- \nAnne Petit", "plain"),
        ("<blockquote>STOP</blockquote>", "html"),
        ("Merci" + "<div>" * 3_000 + "STOP", "html"),
    ],
)
def test_what_may_be_hers_and_is_not_read_is_for_a_person(body: str, kind: str) -> None:
    assert "STOP" not in read(body, kind).words
    assert not read(body, kind).is_whole


@pytest.mark.parametrize(
    "body",
    [
        f"Non merci.\n\nEnvoyé de mon iPhone\n\n{ECRIT}\n\n> STOP",
        "Non merci.\n-- \nAnne Petit\nSTOP avenue",
        f"Non merci.\n\n{WROTE}\n\n> STOP\n" + "> STOP\n" * 2_000,
        f"Non merci.\n\n{SENT}\n" + "STOP\n" * 2_000,
    ],
)
def test_what_is_plainly_quoted_or_signed_with_is_left_out(body: str) -> None:
    assert own_words(body) == Own("Non merci.")


@pytest.mark.parametrize("line", ["De : Camille", "Plus de mails", "2017/1/1 <@ <@ <@", "-" * 400 + "x"])
@pytest.mark.parametrize(("kind", "around"), [("plain", "{}\n"), ("html", "<div>{}</div>\n")])
def test_a_mail_of_20_000_lines_is_read_and_is_for_a_person(line: str, kind: str, around: str) -> None:
    mail = read(around.format(line.replace("<", "&lt;" if kind == "html" else "<")) * 20_000 + "STOP", kind)
    assert mail.words.split("\n")[:100] == [line] * 100
    assert not mail.is_whole


def test_a_long_line_of_hers_is_read_to_its_end() -> None:
    long = "Bonjour, " + "je vous écris " * 100 + "STOP"
    assert own_words(f"{long}\n\n{WROTE}\n> {long}\n{long}") == Own(f"{long}\n{long}")
    many = "À : " + ", ".join(f"zoe{n}@c.test" for n in range(50))
    assert own_words(f"Oui\n\nDe : Camille\n{many}\nDate : samedi\nObjet : x\n\nSTOP") == Own("Oui")


@pytest.mark.parametrize(("sender", "read"), [(b"a\0b@x.org", ""), (b"a@x.org\0", "a@x.org"), (b"(jos\xe9@x.org", "josé@x.org")])
def test_no_sender_has_a_sign_that_no_database_keeps(sender: bytes, read: str) -> None:
    assert read_mail(b"From: " + sender + b"\nSubject: x\n\nSTOP\n").sender == read


PLAIN, PICTURE, PAGE = (
    "Content-Type: text/plain\n\n{}\n",
    "Content-Type: image/png\nContent-Disposition: inline\n\n{}\n",
    "Content-Type: text/html\n\n<p>{}</p>\n",
)
ALONG = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\n{}\n'
PASSED_ON = "Content-Type: message/rfc822\n\nSubject: x\n\n{}\n"


@pytest.mark.parametrize(
    ("kind", "parts", "is_whole"),
    [
        ("mixed", (PLAIN, PICTURE, PLAIN), False),
        ("mixed", (PAGE, PLAIN), False),
        ("mixed", (PLAIN, PICTURE, "Content-Type: text/plain\n\n \n"), True),
        ("mixed", (PLAIN, ALONG), True),
        ("mixed", (PLAIN, PASSED_ON), True),
        ("alternative", (PLAIN, PAGE), True),
        ("related", (PAGE, PICTURE), True),
    ],
)
def test_a_mail_of_several_texts_is_for_a_person(kind: str, parts: tuple[str, ...], is_whole: bool) -> None:
    told = "".join(f"--b\n{part.format('Oui')}" for part in parts)
    mail = read_mail(f"From: a@b.c\nSubject: Re: x\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n\n{told}--b--\n".encode())
    assert (mail.words, mail.is_whole) == ("Oui", is_whole)
