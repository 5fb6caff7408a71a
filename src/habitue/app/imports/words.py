"""What became of a file, as sentences in English and in French."""

from __future__ import annotations

from collections.abc import Iterator

from habitue.app.imports.report import ImportReport
from habitue.app.understanding.remarks import KINDS

ROWS = (
    "{kind}: {accepted} rows taken in, {repeated} known already, {rejected} set aside.",
    "{kind} : {accepted} lignes prises, {repeated} déjà connues, {rejected} écartées.",
)
PEOPLE = ("  Customers: {new} new, {changed} changed.", "  Clients : {new} en plus, {changed} modifiés.")
LEAVES = ("  Leave to write: {given} given, {narrowed} taken back.", "  Accords : {given} donnés, {narrowed} retirés.")
REFUSED = (
    "  {refused} opt-ins not taken in, because the customer had opted out: an import never gives a leave back.",
    "  {refused} accords non repris, car la personne s'était désinscrite : un import ne rend jamais un accord.",
)
CHANGED = (
    "  {changed} orders are told differently than before; the earlier telling is taken back.",
    "  {changed} commandes sont dites autrement ; l'ancienne version est reprise.",
)
LINE = ("  line {line}: {reason}", "  ligne {line} : {reason}")
MORE = ("  … and {more} more; --every lists them.", "  … et {more} autres ; --every les donne toutes.")
TAKEN_AWAY = (
    "This file was taken away: it tells of somebody who was forgotten here. What was said of its rows, without what stood in them:",
    "Ce fichier a été retiré : il parle de quelqu'un qui a été oublié ici. Ce qui a été dit de ses lignes, sans ce qu'elles contenaient :",
)


def taken_away(language: str) -> str:
    """Why a file is not there any more, of which the report is."""
    return TAKEN_AWAY[int(language == "fr")]


def report_lines(report: ImportReport, language: str, shown: int) -> Iterator[str]:
    """The books of one import in words, with the first `shown` rows that were set aside."""
    which = int(language == "fr")

    def words(pair: tuple[str, str], **told: object) -> str:
        return pair[which].format(**{name: f"{value:,}" if isinstance(value, int) else value for name, value in told.items()})

    kind = KINDS.get(report.kind, (report.kind, report.kind))[which]
    yield words(ROWS, kind=kind.capitalize(), accepted=report.accepted, repeated=report.repeated, rejected=report.rejected_rows)
    if report.people_new or report.people_changed:
        yield words(PEOPLE, new=report.people_new, changed=report.people_changed)
    if report.leaves_given or report.leaves_narrowed:
        yield words(LEAVES, given=report.leaves_given, narrowed=report.leaves_narrowed)
    if report.leaves_refused:
        yield words(REFUSED, refused=report.leaves_refused)
    if report.changed:
        yield words(CHANGED, changed=report.changed)
    for line, reason in report.rejected[:shown]:
        yield words(LINE, line=line, reason=reason)
    if report.rejected_rows > min(shown, len(report.rejected)):
        yield words(MORE, more=report.rejected_rows - min(shown, len(report.rejected)))
    yield from (f"  {note}" for note in report.notes)
