"""What makes a letter arrive: `habitue mail keys`, `habitue mail doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from habitue.channels.email.signing_keys import FILE, SELECTOR, make_keys
from habitue.cli.mail_doctor import doctor
from habitue.cli.options import Data, Json, console, json_line
from habitue.store import load_settings


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    group = typer.Typer(no_args_is_help=True, help="What makes a letter arrive.")
    group.command("keys")(keys)
    group.command("doctor")(doctor)
    app.add_typer(group, name="mail")


def keys(
    selector: Annotated[str, typer.Option("--selector", help=f"The name of the keys in the DNS (default: {SELECTOR}).", show_default=False)] = "",
    domain: Annotated[str, typer.Option("--domain", help="The domain that signs (default: that of the sender).", show_default=False)] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make the keys that sign every letter (DKIM), once, and print the two DNS records to publish; run again, it prints them again."""
    settings = load_settings(data)
    made = make_keys(settings.data, settings.sender, selector, domain)
    if as_json:
        print(json_line({"domain": made.domain, "selector": made.selector, "records": made.records}))
        return
    out = console()
    out.print(f"Every letter is signed for {made.domain} from now on. The keys are in {settings.data / FILE}: keep that file to yourself.")
    out.print(f"Publish these two TXT records in the DNS of {made.domain}; until they are there, nobody can check a signature.")
    for name, said in made.records.items():
        out.print(f"\nName   {name}\nValue  {said}")
    out.print("\nWhere the DNS takes at most 255 signs at once, cut the long value into two pieces in quotes: “…” “…”. docs/mail.md says what else arrives by.")
