"""What she said by telephone, in the shop or on paper: `habitue inbox note-call`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from habitue.app.inbox.noting import Stands, note_words
from habitue.app.inbox.talking import conversation
from habitue.cli.inbox import group, print_line
from habitue.cli.look import Customer
from habitue.cli.options import Data, Json, Language, harmless, json_line, opened, tongue
from habitue.words.asking import ASKING
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel

WAYS = {"phone": Channel.PHONE, "visit": Channel.SHOP, "post": Channel.POST}


def register(_app: typer.Typer) -> None:
    """Adds this page's command to those of the inbox."""
    group.command("note-call")(note_call)


def note_call(
    customer: Customer,
    words: Annotated[str, typer.Option("--words", help="What she said, as she said it; - reads it from the pipe.")],
    by: Annotated[str, typer.Option("--by", help="How she said it: phone, visit or post.")] = "phone",
    stands: Annotated[Stands, typer.Option("--stands", help="How it stands.")] = Stands.WAITS,
    data: Data = None,
    as_json: Json = False,
    language: Language = "",
) -> None:
    """Write down what she said by telephone, in the shop or in a letter: a stop and a refusal count at once, as in a mail of hers."""
    if by not in WAYS:
        raise BadInput(f"“{harmless(by[:40])}” is no way in which she may have said it; there are {', '.join(WAYS)}.")
    with opened(data) as house:
        spoken = tongue(house, language)
        noted = note_words(house, customer, WAYS[by], sys.stdin.read() if words == "-" else words, ASKING.get().who, stands)
        if as_json:
            print(json_line(noted))
        else:
            print_line(house, conversation(house, noted.number, spoken), spoken)
