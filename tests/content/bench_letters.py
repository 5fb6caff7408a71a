"""Letters a second and core, rendered, then made e-mails and signed twice; each read for somebody else's canary: `python -m tests.content.bench_letters`.

Beside them the same letters by mjml and nodemailer, which are given more than ours begin with: each letter as whole MJML, its gaps filled; they sign once.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import mrml
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from rich.console import Console

from habitue.channels.email.signing import Keys, signed
from habitue.channels.email.signing_keys import make_keys
from habitue.channels.email.touch_mail import Envelope, touch_mail
from habitue.content.letters import letter_of
from habitue.content.rendering import Frame, Rendered, render
from habitue.words.errors import HabitueError
from habitue.workshop.bench import Figure, figure, show, spending

LETTERS = ("set-aside", "recipe", "invitation", "thanks", "apology", "birthday", "letter", "order", "question")
ROUND = 1_000
BESIDE = Path(__file__).parent / "beside"
BESIDE_COUNT = 400
TO_BRING = "tools/clients tests/content/beside"
CANARY = re.compile(r"canary\d{7}")
FIRST_BOOK = Path(str(files("habitue.content") / "first_book"))


def bench_letters(count: int = 10_000) -> Iterator[Figure]:
    """How many a second of one processor, in rounds of a thousand; and how many of the letters name anybody else than whom they are for.

    Raises: AssertionError where a canary is in another person's letter, or is missing in her own; HabitueError where what is measured beside is not there.
    """
    if not (BESIDE / "node_modules").is_dir():
        raise HabitueError(f"mjml and nodemailer are not there; `{TO_BRING}` brings them.")
    with TemporaryDirectory() as made:
        folder = Path(made)
        keys = make_keys(folder, "shop@example.org", domain="example.org")
        one(0, keys)  # parses the letters and loads what renders
        rendered, left, strangers, read = [], [], 0, 0
        for first in range(0, count, ROUND):
            numbers = range(first, min(first + ROUND, count))
            with spending() as spent:
                letters = [written(number) for number in numbers]
                rendering = spent().cpu
            with spending() as more:
                mails = [posted(number, letter, keys) for number, letter in zip(numbers, letters, strict=True)]
                posting = more().cpu
            rendered.append(len(numbers) / rendering)
            left.append(len(numbers) / (rendering + posting))
            for number, raw in zip(numbers, mails, strict=True):
                found = set(CANARY.findall(words_of(raw)))
                assert canary(number) in found, number
                strangers, read = strangers + len(found - {canary(number)}), read + 1
        others = beside(folder, keys)
    yield figure("letters rendered", "a second and core", rendered, "aim: 1,000")
    yield figure("letters rendered, made e-mails and signed by RSA and Ed25519", "a second and core", left)
    yield figure("the same by mjml and nodemailer, signed by RSA alone", "a second and core", others, "whole MJML is given to them, and they sign once")
    yield figure(f"letters of {read:,} with somebody else's canary", "letters", [float(strangers)], "aim: 0")


def one(number: int, keys: Keys) -> bytes:
    return posted(number, written(number), keys)


def canary(number: int) -> str:
    return f"canary{number:07}"


def written(number: int) -> Rendered:
    """One of the letters that a shop begins with, for one reader, by turns in English and French."""
    her, language = canary(number), ("en", "fr")[number // len(LETTERS) % 2]
    values = {"name": her, "thing": f"bread of {her}", "because": f"tea of {her}", "since": f"March {her}", "order": f"A-{her}"}
    frame = Frame("Épicerie Martin", f"Because {her} comes often.", f"https://x.example/her/{her}", f"https://x.example/out/{her}")
    return render(letter_of(FIRST_BOOK, LETTERS[number % len(LETTERS)], language), values, frame)


def posted(number: int, letter: Rendered, keys: Keys) -> bytes:
    """The letter as the e-mail that leaves."""
    her = canary(number)
    back = f"shop+{her}@example.org"
    envelope = Envelope("Épicerie Martin", "shop@example.org", f"{her}@example.org", f"touch.{her}", 1_700_000_000, f"https://x.example/out/{her}", back, back)
    return signed(touch_mail(letter, envelope).raw, keys)


def beside(folder: Path, keys: Keys) -> list[float]:
    """How many of the same letters mjml and nodemailer make and sign a second of one processor, in rounds.

    Raises: HabitueError where they break; AssertionError where what they made is no such letter.
    """
    numbers = range(BESIDE_COUNT)
    made = [(page, letter.text, letter.subject, f"{canary(number)}@example.org") for number in numbers for letter, page in [with_its_page(number)]]
    (folder / "letters.json").write_text(json.dumps([dict(zip(("mjml", "text", "subject", "to"), each, strict=True)) for each in made]), encoding="utf-8")
    (folder / "key.pem").write_bytes(keys.rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    ran = subprocess.run(["node", "letters.mjs", folder], cwd=BESIDE, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise HabitueError(f"What runs beside ours failed: {ran.stderr.strip()[-600:]}")
    last = (folder / "last.eml").read_bytes()
    assert b"DKIM-Signature" in last
    assert words_of(last).count(canary(numbers[-1])) > 3, "both of its texts, and its head"
    return [float(line) for line in ran.stdout.split()]


def with_its_page(number: int) -> tuple[Rendered, str]:
    """A letter, and the MJML from which it was made."""
    pages: list[str] = []
    to_html = mrml.to_html

    def kept(page: str, *more: Any) -> Any:
        pages.append(page)
        return to_html(page, *more)

    with patch.object(mrml, "to_html", kept):
        letter = written(number)
    return letter, pages[-1]


def words_of(raw: bytes) -> str:
    """Everything in an e-mail: its head, and both of its texts."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return "\n".join([*map(str, mail.values()), *(str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text")])


def main() -> None:
    """Prints the figures as a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=10_000)
    show(bench_letters(asked.parse_args().count), Console())


if __name__ == "__main__":
    main()
