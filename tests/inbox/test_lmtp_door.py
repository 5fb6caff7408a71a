"""The door at which mail is handed over, against whoever talks as he likes: every mail byte by byte, an answer for each recipient, and an end to each line."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from habitue.app.inbox import lmtp_door
from habitue.app.inbox.lmtp_door import BROKE, FULL, MOST_TAKEN, TOO_LARGE, TOO_MANY, Doors

GREETING = b"LHLO post.example.org\r\nMAIL FROM:<jeanne@example.org>\r\n"
TO_TWO = GREETING + b"RCPT TO:<answers@example.org>\r\nRCPT TO:<shop@example.org>\r\nDATA\r\n"
FROM_HER = b"Return-Path: <jeanne@example.org>\r\n"
Talk = Callable[["Told", int], Awaitable[Any]]


class Told:
    """What was handed over, and to whom; `answer` is what is said to it."""

    def __init__(self, answer: str = "250 yes") -> None:
        self.mails: list[tuple[bytes, tuple[str, ...]]] = []
        self.answer = answer
        self.doors = Doors(self.take)

    async def take(self, raw: bytes, came_to: tuple[str, ...]) -> str:
        self.mails.append((raw, came_to))
        if not self.answer:
            raise ValueError("a surprise")
        return self.answer


def at_the_door(talk: Talk, told: Told | None = None) -> Told:
    """Lets somebody talk to a door, which lives on afterwards; gives what it was told."""
    made = told or Told()

    async def both() -> None:
        server = await asyncio.get_running_loop().create_server(made.doors, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        await asyncio.wait_for(talk(made, port), 20)
        assert (await says(port, b"NOOP\r\nQUIT\r\n"))[-2:] == [b"250 OK", b"221 Bye"]
        await made.doors.shut(server)

    with ThreadPoolExecutor(1) as aside:  # a browser test before it has a loop of its own in this thread
        aside.submit(lambda: asyncio.run(both())).result()
    return made


async def says(port: int, *pieces: bytes) -> list[bytes]:
    """What is answered until the line is ended, line by line."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return (await reader.read()).split(b"\r\n")[:-1]
    except ConnectionError:
        return []
    finally:
        writer.close()


def heard(*pieces: bytes, told: Told | None = None) -> tuple[list[bytes], Told]:
    """The answers to what is said before a QUIT, without the greeting."""
    answers: list[bytes] = []

    async def talk(_told: Told, port: int) -> None:
        answers.extend(await says(port, *pieces, b"QUIT\r\n"))

    made = at_the_door(talk, told)
    assert answers[-1] == b"221 Bye"
    return answers[1:-1], made


def test_each_recipient_has_an_answer_and_the_mail_is_byte_for_byte_what_was_told() -> None:
    body = b"Subject: x\r\n\r\n..\r\n.. two dots\r\n\r\n.\n.\r.\nbare\r\n" + b"a" * 300_000 + b"\r\nend.\r\n"
    dotted = b"Subject: x\r\n\r\n...\r\n... two dots\r\n\r\n..\n.\r.\nbare\r\n" + b"a" * 300_000 + b"\r\nend.\r\n"
    answers, told = heard(TO_TWO, dotted + b".\r\n")
    assert told.mails == [(FROM_HER + body, ("answers@example.org", "shop@example.org"))]
    assert [each.decode() for each in answers] == [
        "250-habitue",
        f"250-SIZE {MOST_TAKEN}",
        "250-8BITMIME",
        "250-SMTPUTF8",
        "250 HELP",
        *["250 OK"] * 3,
        "354 End data with <CR><LF>.<CR><LF>",
        *["250 yes"] * 2,
    ]
    for piece in (b".\r\n", b"a.\r\n.\r\n", b"\r\n.\r\n"):
        assert heard(TO_TWO, *(bytes([each]) for each in piece))[1].mails[0][0] == FROM_HER + piece[:-3]


def test_a_report_comes_from_nobody_and_no_letter_is_foreign() -> None:
    said = "LHLO x\r\nMAIL FROM:<> BODY=8BITMIME SMTPUTF8 SIZE=9\r\nRCPT TO:<réponses@exämple.org>\r\nDATA\r\n".encode()
    _, told = heard(said, b"x\r\n.\r\n", b"MAIL FROM:<z\xffo\r\x01@example.org>\r\nRCPT TO:<b@c.test>\r\nDATA\r\nx\r\n.\r\n")
    assert told.mails == [(b"Return-Path: <>\r\nx\r\n", ("réponses@exämple.org",)), (b"Return-Path: <zo@example.org>\r\nx\r\n", ("b@c.test",))]


@pytest.mark.parametrize("answer", ["250 yes", ""], ids=["all is well", "something breaks"])
def test_of_many_recipients_none_waits_for_its_answer(answer: str) -> None:
    to = b"".join(b"RCPT TO:<answers+%d@example.org>\r\n" % n for n in range(1_002))
    answers, told = heard(GREETING, to, b"DATA\r\nx\r\n.\r\n", told=Told(answer))
    assert (len(told.mails), len(told.mails[0][1])) == (1, 1_000)
    assert answers.count(TOO_MANY.encode()) == 2
    assert answers.count(answer.encode() or BROKE.encode()) == 1_000


def test_what_is_too_large_is_announced_refused_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(b"LHLO x\r\nMAIL FROM:<a@b.test> SIZE=%d\r\n" % (MOST_TAKEN + 1))[0][-1].startswith(b"552")
    monkeypatch.setattr(lmtp_door, "MOST_TAKEN", 300_000)
    for piece, fits in ((b"x" * 998 + b"\r\n", 300), (b"..\r\n", 100_000), (b"x" * 10_000, 29)):
        _, told = heard(TO_TWO, piece * fits, b"\r\n.\r\n" if piece[-1:] == b"x" else b".\r\n")
        assert 290_000 <= len(told.mails[0][0]) - len(FROM_HER) <= 300_000
        answers, told = heard(TO_TWO, piece * 3 * fits, b"\r\n.\r\n", b"RSET\r\n")
        assert (told.mails, answers[-3:]) == ([], [*[TOO_LARGE.encode()] * 2, b"250 OK"])
        assert heard(TO_TWO, piece * (fits + 2), b"\r\n.\r\n" if piece[-1:] == b"x" else b".\r\n")[1].mails == []


def test_whoever_talks_nonsense_is_told_so_or_hung_up_on() -> None:
    dice = random.Random(7)
    noise = [bytes(dice.randrange(256) for _ in range(dice.randrange(1, 3_000))) + b"\r\n" for _ in range(60)]
    words = [
        b"MAIL",
        b"RCPT",
        b"DATA",
        b"LHLO",
        b"AUTH PLAIN =",
        b"VRFY",
        b"STARTTLS",
        b"HELO x",
        b"BDAT 3 LAST",
        b"FROM:",
        b"TO:",
        b"<",
        b">",
        b"(" * 300,
        b"\0",
    ]
    noise += [b" ".join(dice.choices(words, k=dice.randrange(1, 5))) + b"\r\n" for _ in range(200)]
    noise += [b"MAIL FROM:<a@b> SIZE=" + b"9" * 40 + b"\r\n", "MAIL FROM:<a@b> SIZE=²\r\n".encode(), b"A" * 70_000 + b"\r\n"]

    async def talk(_told: Told, port: int) -> None:
        for each in noise:
            await says(port, b"LHLO x\r\n" + each + b"QUIT\r\nQUIT\r\n")
        assert b"goodbye" in (await says(port, *[b"GET / HTTP/1.1\r\n"] * 9))[-1]

    assert at_the_door(talk).mails == []


def test_who_is_silent_stops_within_a_mail_or_reads_nothing_is_hung_up_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def talk(told: Told, port: int) -> None:
        with monkeypatch.context() as hurried:
            hurried.setattr(lmtp_door, "SILENT_SECONDS", 0.1)
            assert len(await says(port)) <= 1
            await says(port, TO_TWO, b"half a ma")
            near = await asyncio.get_running_loop().create_unix_server(told.doors, tmp_path / "lmtp")  # whose lines hold little that nobody reads
            reader, writer = await asyncio.open_unix_connection(tmp_path / "lmtp", limit=1)
            writer.write(b"HELP\r\n" * 20_000)
            await reader.read(1)
            while told.doors.open:
                await asyncio.sleep(0.02)
            writer.transport.abort()
            near.close()

    assert at_the_door(talk).mails == []


def test_whoever_waits_for_us_is_never_hung_up_on() -> None:
    class Slow(Told):
        async def take(self, raw: bytes, came_to: tuple[str, ...]) -> str:
            (door,) = self.doors.open
            assert door._timeout_handle
            assert door._timeout_handle.cancelled()
            return await super().take(raw, came_to)

    answers, _ = heard(TO_TWO, b"x\r\n.\r\n", told=Slow())
    assert answers[-2:] == [b"250 yes"] * 2


def test_so_many_talk_at_once_and_the_next_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lmtp_door, "MOST_AT_ONCE", 3)

    async def talk(told: Told, port: int) -> None:
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        for reader, _ in lines:
            await reader.readline()
        assert await says(port) == [FULL.strip()]
        for _, writer in lines:
            writer.close()
        while told.doors.open:
            await asyncio.sleep(0.01)

    at_the_door(talk)
