"""The book of actions: `habitue book check`, `habitue book new`, `habitue book letter`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from habitue.app.looking import looked
from habitue.app.names import customer_of
from habitue.app.opening import open_up
from habitue.cli.options import Data, Language, console, opened, tongue
from habitue.content import check_book, item_keys, read_book
from habitue.content.laying_out import lay_out_first_book
from habitue.content.letters import FOLDER
from habitue.store import load_settings
from habitue.words.errors import BadInput, Refused
from habitue.words.vocabulary import Level


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    group = typer.Typer(no_args_is_help=True, help="The book of actions: what the shop could say.")
    group.command("check")(check)
    group.command("new")(new)
    group.command("letter")(letter)
    app.add_typer(group, name="book")


def check(data: Data = None) -> None:
    """Explain every mistake in the book, with file and line."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        known = {level: item_keys(truth, level) for level in Level}
    findings = check_book(settings.book_folder, lambda level: known[level])
    out = console()
    for finding in findings:
        out.print(str(finding), style="red" if finding.is_mistake else "yellow")
    wrong = [finding.file for finding in findings if finding.is_mistake]
    in_letters = sum(file.startswith((f"{FOLDER}/", "answers/")) for file in wrong)
    if mistakes := len(wrong) - in_letters:
        raise BadInput(f"The book has {mistakes} mistake{'s' if mistakes > 1 else ''}; nothing is judged by it until they are mended.")
    if in_letters:
        raise BadInput(f"The letters have {in_letters} mistake{'s' if in_letters > 1 else ''}; what is wrong does not leave until it is mended.")
    out.print(f"The book is in order: {len(read_book(settings.book_folder).actions)} actions, {len(findings)} warnings.")


def new(data: Data = None) -> None:
    """Lay out a first book for a shop of your own."""
    folder = load_settings(data).book_folder
    if folder.exists():
        raise Refused(f"There is a book in {folder} already; nothing was changed.")
    lay_out_first_book(folder)
    console().print(f"A first book is in {folder}: change its words, then `habitue book check`.")


def letter(
    action: Annotated[str, typer.Argument(help="The key of an action that names a letter.")],
    customer: Annotated[str, typer.Option("--for", help="A customer: her number, e-mail address or telephone number.", show_default=False)] = "",
    hard: Annotated[bool, typer.Option("--hardest", help="For the readers who are hardest to write to: the longest names, no name, no habits.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the letter as a page of HTML to this file.", show_default=False)] = None,
    data: Data = None,
    language: Language = "",
) -> None:
    """Show a letter as a customer would get it; nothing is sent, and its links are examples."""
    from habitue.app.post.previewing import hardest, preview  # what renders letters takes a fifth of a second to load

    if bool(customer) == hard:
        raise BadInput("Say whom the letter is for: --for CUSTOMER, or --hardest.")
    if out is not None and out.exists():
        raise Refused(f"There is a file {out} already; nothing was written.")
    with opened(data) as house:
        spoken = tongue(house, language)
        shown = hardest(house, action, spoken) if hard else [("", preview(house, action, customer, language and spoken))]
        if customer:
            looked(house, "why", [customer_of(house, customer)])
    for title, rendered in shown:
        if title:
            console().print(f"\n{title}", style="bold")
        console().print(f"\n{rendered.subject}\n", style="bold")
        console().print(rendered.text)
    if out is not None:
        out.write_text("\n".join(rendered.html for _, rendered in shown), encoding="utf-8")
        console().print(f"As a page: {out}.")
