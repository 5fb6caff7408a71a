"""Requests of the law: `habitue cases` and what is done in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.text import Text

from habitue.app.house import House
from habitue.app.law.request_words import ASKED
from habitue.app.law.requesting import CaseLine, Opening, act, case_line, due_cases, finish, hand_over, identify, make_longer, open_case, past_cases, seek
from habitue.cli.options import HIGHEST, Data, Json, Language, console, day_of, harmless, json_line, opened, tongue
from habitue.consent.law.model import Asked, Did, Door, Known
from habitue.words.asking import ASKING
from habitue.words.errors import BadInput

Named = TypeVar("Named", bound=IntEnum)
Number = Annotated[int, typer.Argument(max=HIGHEST, help="The number of the case.")]
Words = Annotated[str, typer.Option("--words", help="In words: hers, what was done, or the reason that she is told.", show_default=False)]
BY = {"counter": Door.COUNTER, "mail": Door.MAIL, "telephone": Door.TELEPHONE, "email": Door.EMAIL}
HOW = {"counter": Known.AT_THE_COUNTER, "address": Known.BY_HER_ADDRESS, "document": Known.BY_A_DOCUMENT}
group = typer.Typer(help="Requests of the law: access, rectification, erasure, portability, objection.")


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.add_typer(group, name="cases")


@group.command("list")
def listed(data: Data = None, as_json: Json = False, language: Language = "") -> None:
    """List the requests that wait for us, what is due next first; then the last of those that are over."""
    with opened(data) as house:
        spoken = tongue(house, language)
        due, past = due_cases(house, spoken), past_cases(house, spoken)
    if as_json:
        print(json_line({"due": due, "past": past}))
        return
    for case in (*due, *past):
        _print_line(case, spoken)
    if not due:
        console().print("Personne n’attend de réponse." if spoken == "fr" else "Nobody waits for an answer.")


@group.command("open")
def opening(
    customer: Annotated[str, typer.Argument(help="Her number, e-mail address or telephone number; none where you do not know her.")] = "",
    asked: Annotated[str, typer.Option("--asked", help="access, rectification, erasure, portability or objection.")] = "access",
    by: Annotated[str, typer.Option("--by", help="How she asked it: counter, mail, telephone or email.")] = "mail",
    received: Annotated[str, typer.Option("--received", help="The day on which she asked, as 2017-11-02 (default: today).", show_default=False)] = "",
    words: Words = "",
    data: Data = None,
) -> None:
    """Open a case: from the day on which she asked there is a month to answer."""
    told = Opening(_one(Asked.__members__, asked.upper(), "something that the law lets her ask"), _one(BY, by, "a way to ask it"), words, day_of(received))
    with opened(data) as house:
        number = open_case(house, customer, told, ASKING.get().who)
        case = case_line(house, number)
    console().print(f"Case {number} is open, to be answered by {case.due_on}: {case.left}." + ("" if case.key else f" {case.to_do}"))


@group.command("find")
def found(
    number: Number,
    called: Annotated[str, typer.Argument(help="What she told of herself: her number, e-mail address or telephone number.")],
    data: Data = None,
) -> None:
    """Look for whoever asks in a case that is nobody's yet; found, it is hers, and it is still to be made sure that it is she."""
    _do(data, number, lambda house, who: seek(house, number, called, who))


@group.command("show")
def show(number: Number, data: Data = None, as_json: Json = False, language: Language = "") -> None:
    """Show one case, with who did what in it."""
    with opened(data) as house:
        spoken = tongue(house, language)
        case = case_line(house, number, spoken)
    if as_json:
        print(json_line(case))
        return
    _print_line(case, spoken)
    for step in case.steps:
        words = f" “{harmless(step.words)}”" if step.words else ""
        console().print(Text.assemble("  ", step.sentence, words, (f"  {harmless(step.who)}", "dim")))


@group.command("identify")
def identified(
    number: Number,
    how: Annotated[str, typer.Option("--how", help="counter (we know her), address (she answered from her own), document (seen, and no copy kept).")],
    words: Words = "",
    data: Data = None,
) -> None:
    """Write down how it was made sure that it is she."""
    known = _one(HOW, how, "a way to make sure")
    _do(data, number, lambda house, who: identify(house, number, known, who, words))


@group.command("longer")
def longer(number: Number, words: Words = "", data: Data = None) -> None:
    """Take two months more, once, for a reason that she is told within the first."""
    _do(data, number, lambda house, who: make_longer(house, number, who, words))


@group.command("data")
def her_zip(
    number: Number,
    to: Annotated[Path, typer.Option("--to", help="The file to write, which must not exist yet.")],
    data: Data = None,
    language: Language = "",
) -> None:
    """Take her data out as a zip: a page that she can read, and a file for machines."""
    if to.exists():
        raise BadInput(f"{to} exists already; name another file.")
    with opened(data) as house:
        body = hand_over(house, number, ASKING.get().who, tongue(house, language))
    to.touch(mode=0o600)
    to.write_bytes(body)
    console().print(f"{to} is written. Give it to her, then `habitue cases done {number}`.")


@group.command("done")
def done(number: Number, words: Words = "", data: Data = None) -> None:
    """Do what she asks, where a machine can, and close the case."""
    _do(data, number, lambda house, who: finish(house, number, who, words))


@group.command("refuse")
def refuse(number: Number, words: Words = "", data: Data = None) -> None:
    """Close a case without doing what she asks, for a reason that she is told."""
    _do(data, number, lambda house, who: act(house, number, Did.REFUSED, who, words))


@group.command("withdraw")
def withdraw(number: Number, words: Words = "", data: Data = None) -> None:
    """Write down that she took her request back."""
    _do(data, number, lambda house, who: act(house, number, Did.WITHDRAWN, who, words))


@group.command("note")
def note(number: Number, words: Words, data: Data = None) -> None:
    """Note something in a case."""
    _do(data, number, lambda house, who: act(house, number, Did.NOTED, who, words))


def _do(data: Path | None, number: int, what: Callable[[House, str], object]) -> None:
    with opened(data) as house:
        what(house, ASKING.get().who)
        case = case_line(house, number)
    console().print(f"Case {number}: {case.steps[-1].sentence}")


def _print_line(case: CaseLine, language: str) -> None:
    stands = case.state if case.is_over else case.left
    place = int(language == "fr")
    asked = (("perhaps ", "peut-être ")[place] if case.is_doubtful else "") + ASKED[Asked[case.asked.upper()]][place]
    line = (f"{case.number:>6}  ", f"{stands:<22}", f"{case.key:>8}  {harmless(case.name)}  ", (f"{asked}. {case.to_do}", "dim"))
    console().print(Text.assemble(*line), style="red" if case.is_urgent else None)


def _one(names: Mapping[str, Named], name: str, what: str) -> Named:
    """The member of that name. Raises: BadInput where there is none."""
    if name not in names:
        raise BadInput(f"“{harmless(name[:40].lower())}” is not {what}; there are {', '.join(each.lower() for each in names)}.")
    return names[name]
