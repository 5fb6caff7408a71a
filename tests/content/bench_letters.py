"""Letters a second and core, rendered, then made e-mails and signed twice; each read for somebody else's canary: `python -m tests.content.bench_letters`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from habitue.channels.email.signing import Keys, signed
from habitue.channels.email.signing_keys import make_keys
from habitue.channels.email.touch_mail import Envelope, touch_mail
from habitue.content.letters import letter_of
from habitue.content.rendering import Frame, Rendered, render
from habitue.workshop.bench import Figure, figure, show, spending

LETTERS = ("set-aside", "recipe", "invitation", "thanks", "apology", "birthday", "letter", "order", "question")
ROUND = 1_000
CANARY = re.compile(r"canary\d{7}")
FIRST_BOOK = Path(str(files("habitue.content") / "first_book"))


def bench_letters(count: int = 10_000) -> Iterator[Figure]:
    """How many a second of one processor, in rounds of a thousand; and how many of the letters name anybody else than whom they are for.

    Raises: AssertionError where a canary is in another person's letter, or is missing in her own.
    """
    with TemporaryDirectory() as folder:
        keys = make_keys(Path(folder), "shop@example.org", domain="example.org")
        one(0, keys)  # parses the letters and loads what renders
        rendered, left, strangers, read = [], [], 0, 0
        for first in range(0, count, ROUND):
            numbers = range(first, min(first + ROUND, count))
            with spending() as spent:
                letters = [written(number) for number in numbers]
            rendered.append(len(numbers) / spent().cpu)
            with spending() as more:
                mails = [posted(number, letter, keys) for number, letter in zip(numbers, letters, strict=True)]
            left.append(len(numbers) / (spent().cpu + more().cpu))
            for number, raw in zip(numbers, mails, strict=True):
                found = set(CANARY.findall(words_of(raw)))
                assert canary(number) in found, number
                strangers, read = strangers + len(found - {canary(number)}), read + 1
    yield figure("letters rendered", "a second and core", rendered, "aim: 1,000")
    yield figure("letters rendered, made e-mails and signed by RSA and Ed25519", "a second and core", left)
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
