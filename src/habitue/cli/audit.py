"""`habitue audit`: what a brand sent and what its customers bought, in; how much of it was irrelevant, to whom and why, out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from habitue.app.audits.auditing import Asking, Understood, audit, understand
from habitue.app.understanding.forms import Asked
from habitue.app.understanding.recognised import Recognised
from habitue.app.understanding.understood import understood_text
from habitue.audit.figures import Figures
from habitue.audit.report_sentences import five_sentences
from habitue.audit.report_voice import voice_of
from habitue.audit.shelf import REPORT
from habitue.cli.options import Data, Json, Language, bars, console
from habitue.store import Settings, load_settings
from habitue.words.errors import BadInput, OverLimit
from habitue.workshop.audit_demo import audit_demo

OUT = Path("habitue-audit")
DEMO_OUT = Path("demo-audit")


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command("audit")(audit_files)


def audit_files(  # noqa: PLR0913 - a command has as many options as it has
    sends: Annotated[Path | None, typer.Argument(help="What was sent: one row a person and thing.", show_default=False)] = None,
    orders: Annotated[Path | None, typer.Argument(help="What was bought: one row a line of an order.", show_default=False)] = None,
    catalogue: Annotated[Path | None, typer.Option(help="What each product is, and of which lists it is part.", show_default=False)] = None,
    preferences: Annotated[Path | None, typer.Option(help="What customers said they like or cannot stand.", show_default=False)] = None,
    messages: Annotated[Path | None, typer.Option(help="What customers wrote, and what was answered.", show_default=False)] = None,
    consents: Annotated[Path | None, typer.Option(help="Who allowed what, and who took it back.", show_default=False)] = None,
    stock: Annotated[Path | None, typer.Option(help="What was counted in stock.", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the report (default: ./habitue-audit).", show_default=False)] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Audit the grocer's 27 campaigns.")] = False,
    mapping: Annotated[Path | None, typer.Option(help="A TOML file that says which column is what.", show_default=False)] = None,
    dates: Annotated[str, typer.Option(help="day-first or month-first, where 03/04 may be both.", show_default=False)] = "",
    decimals: Annotated[str, typer.Option(help="point or comma, where 1,234 may be two numbers.", show_default=False)] = "",
    zone: Annotated[str, typer.Option(help="The time zone of the shop, as Europe/Paris.", show_default=False)] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether the columns were understood.")] = False,
    fail_over: Annotated[float | None, typer.Option(help="End with exit code 8 where a larger part of sends is wrong.", show_default=False)] = None,
    data: Data = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Show how much of what was sent was irrelevant, to whom, why, and what it cost; with two files and nothing set up."""
    if fail_over is not None and not 0 <= fail_over <= 1:
        raise BadInput(f"--fail-over is a part of the sends, from 0 to 1, and not {fail_over:g}.")
    settings = load_settings(data)
    settings = msgspec.structs.replace(settings, zone=zone or settings.zone, language=_language(language or settings.language))
    if demo and sends is not None:
        raise BadInput("--demo audits the grocer's campaigns and no other file: leave either --demo or the files away.")
    if demo:
        asking, settings = audit_demo(out or DEMO_OUT, settings)
    else:
        given = {"sends": sends, "orders": orders, "catalogue": catalogue, "preferences": preferences, "messages": messages}
        given |= {"consents": consents, "stock": stock}
        asking = Asking(_files(given), out or OUT, mapping, asked_of(dates, decimals, zone), settings.language)
    understood = understand(asking, settings)
    if not as_json:
        _tell(understood, settings, is_asking=not (yes or demo) and sys.stdin.isatty())
    with bars() as progress:
        figures = audit(asking, understood, settings, progress)
    _show(figures, asking, settings, as_json)
    if fail_over is not None and figures.at_fault > fail_over * figures.sends:
        part = figures.at_fault / figures.sends
        raise OverLimit(f"{figures.at_fault:,} of {figures.sends:,} sends are at fault, {part:.1%}; --fail-over allows {fail_over:.1%}.")


def summary(figures: Figures) -> dict[str, object]:
    """The one object of `--json`: counts of sends, wrongs by reason, and how well the score foretold answers (null where it could not be tried)."""
    score = figures.score
    quarter = next((point.kept.value for point in score.curve if point.percent == 25), None) if score else None
    return {
        "sends": figures.sends,
        "judged": figures.judged,
        "at_fault": figures.at_fault,
        "faults": {fault.fault: fault.sends for fault in figures.faults if fault.looked_for},
        "score_auc": {"value": score.auc.value, "low": score.auc.low, "high": score.auc.high} if score else None,
        "kept_at_quarter": quarter,
    }


def asked_of(dates: str, decimals: str, zone: str) -> Asked:
    """What the reader says of how dates, numbers and times are written. Raises: BadInput for another word."""
    if dates not in ("", "day-first", "month-first") or decimals not in ("", "point", "comma"):
        raise BadInput("--dates is day-first or month-first, --decimals is point or comma.")
    return Asked(dates=dates, decimals=decimals, zone=zone)  # type: ignore[arg-type]


def _language(language: str) -> str:
    if language not in ("en", "fr"):
        raise BadInput(f"“{language}” is not spoken here; use en or fr.")
    return language


def _files(given: dict[str, Path | None]) -> dict[str, Path]:
    """The files by kind. Raises: BadInput where sends or orders are missing, with what each alone could not show."""
    if given["sends"] is None:
        raise BadInput("Name two files: what was sent, and what was bought, as in `habitue audit sends.csv orders.csv`; or `habitue audit --demo`.")
    if given["orders"] is None:
        raise BadInput(f"{given['sends']} alone does not show whom it suited: name the file of orders after it, as in `habitue audit sends.csv orders.csv`.")
    return {kind: path for kind, path in given.items() if path is not None}


def _tell(understood: Understood, settings: Settings, *, is_asking: bool) -> None:
    """Says what was understood, and asks whether it is right where somebody can answer and anything is in doubt."""
    out = console()
    for one in understood.files:
        for line in understood_text(one, settings.language):
            out.print(line)
    if is_asking and any(_is_doubtful(one) for one in understood.files):
        question = "Est-ce bien cela ?" if settings.language == "fr" else "Is that right?"
        if not typer.confirm(question, default=True):
            raise BadInput("Nothing was read. Write the right columns in a mapping file and name it with --mapping (docs/audit.md).")


def _is_doubtful(one: Recognised) -> bool:
    return bool(one.doubts) or any(found.sureness in ("likely", "guess") for found in one.found)


def _show(figures: Figures, asking: Asking, settings: Settings, as_json: bool) -> None:
    if as_json:
        print(msgspec.json.encode(summary(figures)).decode())
        return
    out = console()
    out.print()
    for _, sentence in five_sentences(figures, voice_of(settings.language)):
        out.print(sentence.striptags())
    out.print(f"\n{'Le rapport' if settings.language == 'fr' else 'The report'}: {asking.out / REPORT}")
