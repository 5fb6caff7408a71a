"""The door at which a mail server of this very machine hands over mail by LMTP: one mail at a time, and one answer for each of its recipients.

It knows nothing of mail: what is handed over goes to whoever takes it in, and what he says is answered. Who says nothing, listens to nothing or does not
end is hung up on, and so many talk at once.
Source: RFC 2033 (LMTP); RFC 5321, 4.4 (Return-Path), 4.5.2 (dots), 4.5.3.1.10 (too many recipients) and 4.5.3.2 (patience); RFC 1870 (SIZE);
RFC 6152 (8BITMIME); RFC 6531 (SMTPUTF8); RFC 3463 (codes).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiosmtpd.lmtp import LMTP

from habitue.dialogue.mail import MOST_BYTES

MOST_TAKEN = MOST_BYTES - 1_000
"""Bytes of a mail that are taken; the line that says who sent it is written above it."""
MOST_RECIPIENTS = 1_000
HANG_UP_AGAIN_SECONDS = 0.01
MOST_AT_ONCE = 30
"""Postfix opens up to 20 lines to one place."""
SILENT_SECONDS = 60.0
"""How long a line may go without a command, or a mail without its end."""
END = b"\r\n.\r\n"
TOO_LARGE = f"552 5.3.4 It is larger than {MOST_BYTES // 1_000_000} MB."
TOO_MANY = "452 4.5.3 These are recipients enough for once; name the others with the same mail again."
FULL = b"421 4.3.2 So many talk here already; come again.\r\n"
BROKE = "451 4.3.0 Something broke here; try again."
Take = Callable[[bytes, tuple[str, ...]], Awaitable[str]]
"""Takes a mail in that came to these recipients, and gives the answer to each."""

logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd's: it would write down who wrote to whom, and whatever a stranger says


class Doors:
    """Every line that is open. As a protocol factory of asyncio it makes one for whoever comes, or turns him away where too many are open."""

    def __init__(self, take: Take) -> None:
        self.take = take
        self.open: set[Door] = set()

    def __call__(self) -> asyncio.Protocol:
        return Door(self) if len(self.open) < MOST_AT_ONCE else _Full()

    async def shut(self, server: asyncio.Server) -> None:
        """Lets nobody in any more, hangs up on everybody, and closes; what was not answered is handed over again.

        It has its loop to itself. Who is let in at this very moment has a task there and yet no door: closed before he came through it, asyncio would
        forget his line and leave it open.
        """
        for listening in server.sockets:
            asyncio.get_running_loop().remove_reader(listening.fileno())
        while self.open or len(asyncio.all_tasks()) > 1:
            for each in tuple(self.open):
                each.hang_up()
            await asyncio.sleep(HANG_UP_AGAIN_SECONDS)
        server.close()


class Door(LMTP):
    """One line of a mail server's."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(None, data_size_limit=MOST_TAKEN, enable_SMTPUTF8=True, hostname="habitue", ident="LMTP", timeout=SILENT_SECONDS)
        self._doors = doors

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._doors.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._doors.open.discard(self)
        super().connection_lost(error)

    def hang_up(self) -> None:
        """Ends the line at once: who does not read what we say would never be rid of it."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    _timeout_cb = hang_up

    async def handle_exception(self, _error: Exception) -> str:
        return BROKE

    async def check_helo_needed(self, helo: str = "LHLO") -> bool:
        return await super().check_helo_needed(helo)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's way
        if self.envelope and len(self.envelope.rcpt_tos) >= MOST_RECIPIENTS:
            await self.push(TOO_MANY)
        else:
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - as above
        """Instead of aiosmtpd's, which answers once, refuses long lines and keeps each line of a mail by itself."""
        if not self.envelope or not self.envelope.rcpt_tos or arg:
            await self.push("501 5.5.4 Syntax: DATA" if arg else "503 5.5.1 Error: need RCPT command")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        raw, came_to = await self._mail(), tuple(self.envelope.rcpt_tos)
        if self._timeout_handle:
            self._timeout_handle.cancel()  # from here on he waits for us
        answer = TOO_LARGE if raw is None else await self._taken(_from(self.envelope.mail_from) + raw, came_to)
        self._reset_timeout()
        self.envelope = self._create_envelope()
        for _ in came_to:
            await self.push(answer)

    async def _taken(self, raw: bytes, came_to: tuple[str, ...]) -> str:
        try:
            return await self._doors.take(raw, came_to)
        except Exception:  # noqa: BLE001 - each recipient has its answer, whatever happens
            return BROKE

    async def _mail(self) -> bytes | None:
        """What is told until a dot stands alone, without the dots that keep others from it; it is read to its end, and none where that is too much."""
        told, tail = bytearray(), END[:2]
        most = MOST_TAKEN * 4 // 3 + len(END)  # as it is told, were each line of it a dot
        while tail != END:
            try:
                piece = await self._reader.readuntil(END[2:])
            except asyncio.LimitOverrunError as longer:
                piece = await self._reader.read(longer.consumed)
            tail = (tail + piece[-len(END) :])[-len(END) :]
            if len(told) <= most:
                told += piece
        if len(told) > most:
            return None
        raw = (END[:2] + told[: -len(END[2:])]).replace(b"\r\n.", b"\r\n")[2:]
        return bytes(raw) if len(raw) <= MOST_TAKEN else None


class _Full(asyncio.Protocol):
    """Turns somebody away."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(FULL)
        transport.close()


def _from(address: str | None) -> bytes:
    """The line that says who sent it, as who delivers it at last writes it; of a report it is nobody."""
    shown = "".join(sign for sign in (address or "").strip("<>") if sign.isprintable())
    return f"Return-Path: <{shown}>\r\n".encode()
