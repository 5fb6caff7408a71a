"""An e-mail as we write it is what the library of the language would write: the same heads, byte by byte, and the same words in both parts."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from habitue.channels.email.mail import OF_CONTENT, _as_set, address_of, compose, heads_of
from habitue.words.errors import Refused

HEAD_SIGNS = [*"aZ0 .,:;=?-_éè\u202f’“”<>\"'()@\\🥖", "=?utf-8?q?", "x" * 30, "word "]
BODY_SIGNS = [*"aé=. \t\n-\u2028", "\r\n", "\r", "-- \n", "--=_", "x" * 90, "\n.\n", "From "]
ADDRESSES = [
    "jeanne@example.org",
    "a.b+c@x.example",
    "é@x.example",
    f"{'x' * 60}@{'y' * 50}.example.org",
    "o'neil@x.example",
    "shop+reply.abcDEF-123_x=9@x.example",
]


def words(signs: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(signs), max_size=25).map("".join)


def by_the_library(heads: Mapping[str, str | Address], text: str, html: str, language: str) -> bytes:
    mail = EmailMessage(policy=SMTP if all(each.addr_spec.isascii() for each in heads.values() if isinstance(each, Address)) else SMTPUTF8)
    for name, value in heads.items():
        mail[name] = value
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language
    return _as_set(mail.as_bytes(), (*heads, *OF_CONTENT))


def outcome(heads: Mapping[str, str | Address], text: str, html: str, *, is_ours: bool) -> object:
    """The heads but the boundary, and each part's type and words; or that it is refused."""
    try:
        raw = (compose if is_ours else by_the_library)(heads, text, html, "fr")
    except Refused:
        return "refused"
    lines = sorted(line for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n") if b"boundary" not in line and not line.startswith(b"Content-Type"))
    mail = message_from_bytes(raw, policy=default)
    assert mail.get_content_type() == "multipart/alternative"
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return lines, [(part.get_content_type(), part.get_content_charset(), part.get_payload(decode=True)) for part in mail.iter_parts()]


@settings(max_examples=100, deadline=None)
@given(words(HEAD_SIGNS), words(HEAD_SIGNS), st.sampled_from(ADDRESSES), words(BODY_SIGNS), words(BODY_SIGNS))
@example("Martin", "It is in: veal", "jeanne@example.org", "Hello,\n", "<p>Hello,</p>")
@example("Martin", "word " * 30 + "end", "jeanne@example.org", "x" * 500, ".\n")
@example("Élise", "=?utf-8?q?x?=", "jeanne@example.org", " ", "")
def test_heads_and_words_are_those_of_the_library(brand: str, subject: str, to: str, text: str, html: str) -> None:
    heads = heads_of(brand, "shop@example.org", to, subject, "touch.1", 1_700_000_000) | {"Reply-To": address_of(to)}
    assert outcome(heads, text, html, is_ours=True) == outcome(heads, text, html, is_ours=False)


ENDLESS = ["x" * 1_200, "é" * 1_200, 'a"\\' * 400, "a." * 600, "(" * 1_200, "a\u202f" * 600, "ab " * 10 + "x" * 1_500 + " é", "🥖" * 400]


@pytest.mark.parametrize("to", ["jeanne@example.org", "zoé@example.org"])
@pytest.mark.parametrize("said", ENDLESS, ids=range(8))
def test_one_word_without_an_end_is_a_head_that_a_mail_server_takes_and_a_reader_reads(said: str, to: str) -> None:
    raw = compose(heads_of(said, "shop@example.org", to, said, "touch.1", 1_700_000_000), "", "", "fr")
    head = message_from_bytes(raw, policy=default)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    ((sender,), subject) = (head["From"].addresses, head["Subject"])
    assert (sender.display_name.replace(" ", ""), sender.addr_spec, subject) == (
        said.replace(" ", ""),
        "shop@example.org",
        said,
    )  # Python reads spaces into names


def test_a_line_for_machines_that_no_mail_server_takes_does_not_leave() -> None:
    with pytest.raises(Refused, match="998"):
        compose(heads_of("Martin", "shop@example.org", "a@b.example", "Hello", "touch.1", 1_700_000_000), "", "", "fr", {"X-Long": "x" * 998})
